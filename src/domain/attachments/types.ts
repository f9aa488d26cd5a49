/** How the content of a file is looked into. */
export type Family = 'pdf' | 'office' | 'ofd' | 'oldOffice' | 'picture' | 'text' | 'archive' | 'media';

interface TypeDefinition {
  label: string;
  mediaType: string;
  /** Endings of names that go with this content; a name with another ending is refused. */
  extensions: readonly [string, ...string[]];
  family: Family;
}

/** What may be attached, by what the content is: everything else is refused, whatever it is called. */
export const FILE_TYPES = {
  pdf: { label: 'PDF', mediaType: 'application/pdf', extensions: ['pdf'], family: 'pdf' },
  docx: {
    label: 'Word 文档',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    family: 'office',
  },
  xlsx: {
    label: 'Excel 表格',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    family: 'office',
  },
  pptx: {
    label: 'PowerPoint 演示文稿',
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
    family: 'office',
  },
  ofd: { label: 'OFD 版式文件', mediaType: 'application/ofd', extensions: ['ofd'], family: 'ofd' },
  doc: { label: 'Word 97 文档', mediaType: 'application/msword', extensions: ['doc', 'wps'], family: 'oldOffice' },
  xls: {
    label: 'Excel 97 表格',
    mediaType: 'application/vnd.ms-excel',
    extensions: ['xls', 'et'],
    family: 'oldOffice',
  },
  ppt: {
    label: 'PowerPoint 97 演示文稿',
    mediaType: 'application/vnd.ms-powerpoint',
    extensions: ['ppt', 'dps'],
    family: 'oldOffice',
  },
  jpg: { label: 'JPEG 图片', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], family: 'picture' },
  png: { label: 'PNG 图片', mediaType: 'image/png', extensions: ['png'], family: 'picture' },
  txt: { label: '文本', mediaType: 'text/plain', extensions: ['txt', 'csv'], family: 'text' },
  vtt: { label: '字幕（WebVTT）', mediaType: 'text/vtt; charset=utf-8', extensions: ['vtt'], family: 'text' },
  mp4: { label: 'MP4 视频', mediaType: 'video/mp4', extensions: ['mp4', 'm4v'], family: 'media' },
  webm: { label: 'WebM 视频', mediaType: 'video/webm', extensions: ['webm'], family: 'media' },
  mp3: { label: 'MP3 音频', mediaType: 'audio/mpeg', extensions: ['mp3'], family: 'media' },
  wav: { label: 'WAV 音频', mediaType: 'audio/wav', extensions: ['wav'], family: 'media' },
  zip: { label: 'ZIP 压缩包', mediaType: 'application/zip', extensions: ['zip'], family: 'archive' },
} as const satisfies Record<string, TypeDefinition>;

export type FileType = keyof typeof FILE_TYPES;
export const FILE_TYPE_KEYS = Object.keys(FILE_TYPES) as [FileType, ...FileType[]];

/** Endings that a picker of files offers. */
export const ACCEPTED_EXTENSIONS: readonly string[] = Object.values(FILE_TYPES).flatMap(({ extensions }) =>
  extensions.map((extension) => `.${extension}`),
);

/** The ending of a name in small letters; '' without one. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** May content of a type go by a name? */
export function fitsName(type: FileType, name: string): boolean {
  const extensions: readonly string[] = FILE_TYPES[type].extensions;
  return extensions.includes(extensionOf(name));
}

const LONGEST_NAME = 120;

/**
 * A file's name as it may be kept and sent: the last part of a path, without control characters, marks that turn the direction of
 * writing, and characters that no file system takes; long ones keep their ending. '' for what is no name.
 */
export function toFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const extension = extensionOf(plain);
  const stem = extension === '' ? plain : plain.slice(0, -extension.length - 1);
  if (stem.trim() === '') return '';
  const cut = [...stem].slice(0, LONGEST_NAME - extension.length).join('');
  return extension === '' ? cut : `${cut}.${extension}`;
}
