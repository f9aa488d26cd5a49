import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import type { FieldFault } from '../errors.ts';
import { EXPOSURE_FILTERS } from '../exposures/filter.ts';
import { MISCONDUCT_KEYS, MISCONDUCT_TYPES } from '../exposures/misconduct.ts';
import { BOARD_KEYS, BOARDS, SUBJECT_TYPE_KEYS, SUBJECT_TYPES } from '../exposures/registry.ts';
import type { ParameterTable } from '../notices/filter-definition.ts';
import { NOTICE_FILTERS } from '../notices/notice-filter.ts';
import { AWARD_FILTERS, ORGANIZATION_FILTERS } from '../organizations/filter.ts';
import { ORGANIZATION_ROLES, ROLE_KEYS } from '../organizations/organization.ts';
import { STAGE_SLUGS, stageDefinition } from '../stages.ts';

/** A field of a form that is shown again, as it was filled in. */
export interface AskedField {
  name: string;
  label: string;
  value: string;
  /** What is wrong with it, in words. */
  fault: string | undefined;
  /** What can be chosen, where it is one of several. */
  choices: readonly { value: string; label: string }[] | undefined;
}

/** A form that was sent with something wrong in it. */
export interface AskedForm {
  action: string;
  fields: AskedField[];
  /** What is wrong with the address itself: no field can mend it. */
  others: string[];
}

/** Which filters the pages below a path take; the first that fits. */
const TABLES: readonly [path: RegExp, table: ParameterTable][] = [
  [/^\/(?:notices|search|county|subscribe)(?:\/|$)/, NOTICE_FILTERS],
  [/^\/(?:exposure|blacklist)$/, EXPOSURE_FILTERS],
  [/^\/companies$/, ORGANIZATION_FILTERS],
  [/^\/company\//, AWARD_FILTERS],
];

/** What can be chosen for a parameter, in words. */
const CHOICES: Record<string, { value: string; label: string }[]> = {
  category: CATEGORY_SLUGS.map((value) => ({ value, label: CATEGORIES[value].label })),
  stage: STAGE_SLUGS.map((value) => ({ value, label: stageDefinition(value).label })),
  county: COUNTY_SLUGS.map((value) => ({ value, label: COUNTIES[value].label })),
  status: [
    { value: 'open', label: '正在进行' },
    { value: 'closed', label: '已截止' },
  ],
  scope: [
    { value: 'subject', label: '题名、单位' },
    { value: 'all', label: '全文' },
  ],
  sort: [
    { value: 'relevance', label: '最相关' },
    { value: 'published', label: '最新发布' },
    { value: 'arrived', label: '最新收到' },
    { value: 'deadline', label: '最先截止' },
    { value: 'amount', label: '金额最高' },
  ],
  board: BOARD_KEYS.map((value) => ({ value, label: BOARDS[value].label })),
  subject: SUBJECT_TYPE_KEYS.map((value) => ({ value, label: SUBJECT_TYPES[value].label })),
  misconduct: MISCONDUCT_KEYS.map((value) => ({ value, label: MISCONDUCT_TYPES[value].label })),
  role: ROLE_KEYS.map((value) => ({ value, label: ORGANIZATION_ROLES[value] })),
};
/** What else stands in addresses, in the words of a reader. */
const LABELS: Readonly<Record<string, string>> = {
  ...{
    year: '年份',
    month: '月份',
    page: '页码',
    q: '要找的词',
    view: '列表',
    state: '状态',
    kind: '种类',
    version: '版本',
  },
  ...{
    need: '要办的事',
    code: '代码',
    number: '编号',
    subject: '对象',
    from: '起始日期',
    to: '截止日期',
    county: '县（市、区）',
  },
  ...{
    category: '类别',
    stage: '阶段',
    before: '较早的版本',
    after: '较晚的版本',
    notice: '公告',
    letter: '文书',
    file: '文件',
  },
};
/** Fields that are no one's to fill in: where a page begins, how long it is. */
const UNSEEN: ReadonlySet<string> = new Set(['cursor', 'limit']);
const LONGEST_NAME = 40;

/**
 * The form behind an address that could not be answered: every field as it was filled in, with what is wrong beside it, in the words of
 * the form. Undefined where no form leads to such an address, or where nothing is wrong with the address itself.
 */
export function toAskedForm({ pathname, searchParams }: URL, faults: readonly FieldFault[]): AskedForm | undefined {
  const table = TABLES.find(([path]) => path.test(pathname))?.[1];
  const isAsked = ({ name }: FieldFault) => Object.hasOwn(table ?? {}, name) || searchParams.has(name);
  if (!table || !faults.some(isAsked)) return undefined;
  const isField = (name: string) => Object.hasOwn(table, name) && !UNSEEN.has(name);
  const asked = new Set([...searchParams.keys(), ...faults.map(({ name }) => name)]);
  return {
    action: pathname,
    fields: Object.keys(table)
      .filter((name) => isField(name) && asked.has(name))
      .map((name) => toField(name, table[name]?.label ?? '', searchParams.get(name) ?? '', faults)),
    others: faults.filter(({ name }) => !isField(name)).map((fault) => describeOther(fault, table)),
  };
}

function toField(name: string, label: string, value: string, faults: readonly FieldFault[]): AskedField {
  const choices = CHOICES[name];
  const said = faults.filter((fault) => fault.name === name).map(({ message }) => message);
  // The codes that a program is told stand for choices that a reader sees.
  const fault = choices && said.length > 0 ? `没有这个选项，请重新选择${label}` : said.join('；');
  return { name, label, value, choices, fault: fault || undefined };
}

function describeOther({ name, message }: FieldFault, table: ParameterTable): string {
  if (name === 'cursor') return '翻页的位置已经失效，请从第一页看起';
  const label = Object.hasOwn(table, name) ? table[name]?.label : undefined;
  return label ? `${label}：${message}` : `地址中的“${name.slice(0, LONGEST_NAME)}”不是本页的条件，已经略去`;
}

const labelOf = (name: string): string | undefined =>
  (Object.hasOwn(LABELS, name) ? LABELS[name] : undefined) ??
  TABLES.flatMap(([, table]) => (Object.hasOwn(table, name) ? (table[name]?.label ?? []) : []))[0];

/** What is wrong with an address that no form leads to, in words: what is called in English stands there by its label. */
export function describeFaults(faults: readonly FieldFault[]): string {
  return faults.map(describeFault).join('；');
}

function describeFault({ name, message }: FieldFault): string {
  if (name === 'form') return message;
  const label = /^[\w.-]*$/.test(name) ? labelOf(name) : name;
  return label ? `${label}：${message}` : `地址中的“${name.slice(0, LONGEST_NAME)}”：${message}`;
}
