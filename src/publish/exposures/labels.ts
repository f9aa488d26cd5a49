import { NAMES, PATTERNS, RECORD_FIELDS, type RecordField } from './label-names.ts';

export type { RecordField } from './label-names.ts';

/** The field that a label names, and the unit that the label states for its amounts. */
export interface LabelReading {
  field: RecordField;
  unit: '元' | '万元' | undefined;
}

const LONGEST_LABEL = 40;
const STANDARD_AMOUNTS: ReadonlySet<string> = new Set(['cf_nr_fk', 'cf_nr_wfff']);

/** The form in which labels are compared: half-width, without blanks, marks, numbering and the words of brackets. */
function labelKeys(label: string): [whole: string, bare: string] {
  const plain = label
    .normalize('NFKC')
    .replace(/[\s\p{Cf}:*]/gu, '')
    .replace('做出', '作出')
    .replace(/^\(?[一二三四五六七八九十\d]{1,3}[、.)]/, '')
    .toLowerCase();
  return [plain.replace(/[()[\]]/g, ''), plain.replace(/\([^()]*\)|\[[^[\]]*\]/g, '')];
}

const FIELD_OF = new Map(
  RECORD_FIELDS.flatMap((field) =>
    NAMES[field].flatMap((name): [string, RecordField][] => labelKeys(name).map((key) => [key, field])),
  ),
);

/** What a label names; undefined for labels that are none of ours. */
export function readLabel(label: string): LabelReading | undefined {
  if (label.length > LONGEST_LABEL) return undefined;
  const keys = labelKeys(label);
  const listed = keys.map((key) => FIELD_OF.get(key)).find((field) => field !== undefined);
  const field = listed ?? keys.map(byPattern).find((found) => found !== undefined);
  return field && { field, unit: unitOf(label) };
}

/** The unit that a label states; the standard's own columns are in 万元. */
function unitOf(label: string): LabelReading['unit'] {
  if (STANDARD_AMOUNTS.has(label.trim().toLowerCase())) return '万元';
  const unit = /[（(](?:单位[:：]?)?(?:人民币)?(万元|元)[）)]/.exec(label)?.[1];
  return unit === '万元' || unit === '元' ? unit : undefined;
}

function byPattern(key: string): RecordField | undefined {
  return PATTERNS.find(([, words]) => words.test(key))?.[0];
}

/** The name by which people are told of a field. */
export function fieldName(field: RecordField): string {
  return NAMES[field].find((name) => /\p{Script=Han}/u.test(name)) ?? field;
}
