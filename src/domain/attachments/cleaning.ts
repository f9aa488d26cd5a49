import type { Family } from './types.ts';

/** What becomes of changes that somebody tracked in a text: they have to be decided, not guessed. */
export const CHANGE_CHOICES = { accept: '接受全部修订', refuse: '拒绝全部修订' } as const;
export type ChangeChoice = keyof typeof CHANGE_CHOICES;
export const CHANGE_CHOICE_KEYS = Object.keys(CHANGE_CHOICES) as [ChangeChoice, ...ChangeChoice[]];

/** What one click takes out of files of a family, and what has to be done where the file was made; shown wherever something is left. */
export const CLEANING_HELP: Readonly<Record<Family, string>> = {
  office:
    '一键清理去掉批注、修订痕迹和文档属性。隐藏的工作表、行、列、幻灯片和文字，备注，嵌入的文件和外部引用不会自动删，因为删了可能改变内容：请在 Office 或 WPS 里处理后重新上传，或者写明可以公开的理由。',
  oldOffice:
    '旧格式（.doc、.xls、.ppt、.wps、.et、.dps）不能在这里清理：请另存为 .docx、.xlsx、.pptx 后重新上传，就可以一键清理；或者另存为 PDF。',
  pdf: 'PDF 不能在这里清理，改写可能破坏签章和版式：文档属性、批注、隐藏或被遮住的文字，请回到原稿删除后重新导出；黑块遮盖不等于删除。只剩扫描页的由审核人人工审看。',
  ofd: 'OFD 不能在这里清理，改写可能破坏签章：请回到原稿处理后重新生成；不能自动审查的内容由审核人人工审看。',
  picture: '一键清理去掉拍摄信息、拍摄地点和图片末尾的数据，画面不变。画面里的证件、人脸和车牌须自行遮盖。',
  text: '文本没有隐藏的部分，不需要清理。',
  archive: '压缩包不能在这里清理：请解开后逐个上传，就可以分别检查和清理。',
  media: '音视频不能在这里清理：请在制作软件里去掉拍摄信息和元数据后重新导出。',
};
