/**
 * A place in the body of a notice: first character and the one behind the last, counted over characters that are no
 * blanks. Blanks are not counted because layout changes them; the same place is found in HTML and in plain text.
 */
export type TextSpan = readonly [start: number, end: number];

/** Rules by which a fact is found, in words for the reader. */
export const FACT_RULES = {
  field: '来源的结构化字段',
  line: '正文中的标签',
  pair: '表格中标签旁的单元格',
  column: '表格中表头下的单元格',
  section: '所在段落的标题',
  sentence: '正文中的语句',
  change: '更正前后对照',
  manual: '人工更正',
} as const;

export type FactRule = keyof typeof FACT_RULES;

/** Reasons for which a value is kept as text and counts nowhere. */
export const FACT_DOUBTS = {
  several: '有两个以上不同的值',
  unit: '没有写明单位，或单位前后不一',
  words: '大写与小写不一致',
  aboveCeiling: '高于最高限价或预算',
  contradiction: '正文与来源字段不一致',
  zero: '金额为零，可能是占位',
  currency: '外币',
  unreadable: '写法不能确切识读',
} as const;

export type FactDoubt = keyof typeof FACT_DOUBTS;

/** How far a fact can be relied on, in words for the reader. */
export const FACT_CONFIDENCES = {
  confirmed: '来源在两处以上写明，且一致',
  stated: '来源在一处写明',
  inferred: '从整句话中识读，没有标签',
  doubtful: '存疑，不计入任何数字',
  corrected: '工作人员对照原文更正',
} as const;

export type FactConfidence = keyof typeof FACT_CONFIDENCES;

/** Prices that are no sums of money, in words for the reader. */
export const FACT_FORMS = {
  rate: '费率或折扣，不是总价',
  unitPrice: '单价，不是总价',
} as const;

export type FactForm = keyof typeof FACT_FORMS;

const OTHER_BLANKS: ReadonlySet<number> = new Set([0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0xfeff]);

/** Zero-width characters: they neither count nor part words. */
export function isZeroWidth(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;
}

/** Is the character code one that spans do not count? */
export function isUncounted(code: number): boolean {
  if (code <= 0x20 || code === 0xa0 || code === 0x3000) return true;
  if (code < 0x1680) return code === 0xad || code === 0x85;
  return (code >= 0x2000 && code <= 0x200f) || OTHER_BLANKS.has(code);
}

/** How many characters of a text count. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (!isUncounted(text.charCodeAt(at))) count += 1;
  return count;
}
