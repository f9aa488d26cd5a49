import { type Family, FILE_TYPES, type FileType } from './types.ts';

/**
 * What becomes of a file with a finding: `refuse`: it is not taken; `settle`: it is not published until somebody has cleaned it or
 * said why it may be; `tick`: a reviewer has to have looked at it with their own eyes.
 */
export type FindingLevel = 'refuse' | 'settle' | 'tick';

interface FindingRule {
  label: string;
  level: FindingLevel;
  /** Whether it can be taken out without touching what readers see. */
  cleanable?: true;
}

/** What is looked for in a file beyond its words: what nobody sees who opens it, and what it tells of its makers. */
export const FINDING_RULES = {
  bomb: { label: '解压后过大', level: 'refuse' },
  damaged: { label: '文件已损坏或不完整', level: 'refuse' },
  doubleName: { label: '内含重名的部分', level: 'refuse' },
  hostileName: { label: '内含指向外部的路径', level: 'refuse' },
  polyglot: { label: '文件里藏有另一个文件', level: 'refuse' },
  macro: { label: '含有宏', level: 'refuse' },
  script: { label: '含有脚本或自动执行的动作', level: 'refuse' },
  external: { label: '含有外部引用', level: 'settle' },
  embedding: { label: '嵌有其他文件', level: 'settle' },
  hiddenSheet: { label: '隐藏的工作表', level: 'settle' },
  hiddenRow: { label: '隐藏的行', level: 'settle' },
  hiddenColumn: { label: '隐藏的列', level: 'settle' },
  hiddenSlide: { label: '隐藏的幻灯片', level: 'settle' },
  hiddenText: { label: '隐藏的文字', level: 'settle' },
  speakerNotes: { label: '演讲者备注', level: 'settle' },
  hiddenName: { label: '指向隐藏内容的名称', level: 'settle' },
  trackedChange: { label: '修订痕迹', level: 'settle', cleanable: true },
  comment: { label: '批注', level: 'settle', cleanable: true },
  property: { label: '文档属性', level: 'settle', cleanable: true },
  customData: { label: '自定义数据', level: 'settle' },
  exif: { label: '照片拍摄信息', level: 'settle', cleanable: true },
  gps: { label: '照片拍摄地点', level: 'settle', cleanable: true },
  trailing: { label: '图片末尾另有数据', level: 'settle', cleanable: true },
  earlierVersion: { label: '文件里留有修改前的版本', level: 'settle' },
  coveredText: { label: '被图形遮住的文字', level: 'settle' },
  tinyText: { label: '小到看不见的文字', level: 'settle' },
  whiteText: { label: '白色文字', level: 'settle' },
  invisibleText: { label: '不显示的文字', level: 'settle' },
  offPageText: { label: '页面之外的文字', level: 'settle' },
  scanned: { label: '没有文字的扫描页，无法自动审查', level: 'tick' },
  unreadable: { label: '内容无法自动审查', level: 'tick' },
} as const satisfies Record<string, FindingRule>;

export type FindingKind = keyof typeof FINDING_RULES;

/** Something in a file that is to be known before it is published. */
export interface Finding {
  kind: FindingKind;
  /** Where: a sheet, a page, a part of the file; '' for the whole. */
  place: string;
  /** What it is or says, shortened. */
  detail: string;
}

/** What an inspection says of a file. */
export interface Inspection {
  findings: Finding[];
  /** Everything that can be read in it, what cannot be seen included; cut at a length. */
  text: string;
}

/** Findings that keep a file from being taken at all. */
export const refusals = ({ findings }: Inspection): Finding[] =>
  findings.filter(({ kind }) => FINDING_RULES[kind].level === 'refuse');

/** What a finding is known by: the same for the same finding in the same file. */
export const findingKey = ({ kind, place, detail }: Finding): string => [kind, place, detail].join('\n');

/** A finding in words. */
export const describeFinding = ({ kind, place, detail }: Finding): string =>
  [FINDING_RULES[kind].label, place, detail].filter(Boolean).join('：');

/** Families whose files can be rewritten without what nobody sees. */
const CLEANED: readonly Family[] = ['office', 'picture'];

/** Can a finding in a file of a type be cleaned with one click? */
export const isCleanable = (type: FileType, { kind }: Finding): boolean =>
  'cleanable' in FINDING_RULES[kind] && CLEANED.includes(FILE_TYPES[type].family);
