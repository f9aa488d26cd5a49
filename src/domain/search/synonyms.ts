import { normaliseText } from './fold.ts';

/**
 * Words of the trade that mean the same, a group a line: whoever types one finds the others too. Operators add lines of their own
 * (docs/search.md). Single characters and words that say hardly anything do not belong here.
 */
const GROUPS = `
电脑 计算机 微机
笔记本电脑 便携式计算机
监控 安防
医用 医疗
充电桩 充电设施
旧改 老旧小区改造
棚改 棚户区改造
高标田 高标准农田
污水厂 污水处理厂
核磁 磁共振 mri
彩超 彩色多普勒超声
b超 超声诊断
维保 维护保养
运维 运行维护
体检 健康检查
净化器 净化设备
垃圾车 垃圾转运车
保安 安保
保洁 清扫保洁
租赁 出租 招租
`;

/** What people type → what notices print, for a body's or school's short name; not the other way round. */
const PRINTED: Record<string, string> = {
  教体局: '教育和体育局',
  教育局: '教育和体育局',
  卫健委: '卫生健康委员会',
  卫健局: '卫生健康局',
  卫计委: '卫生健康委员会',
  住建局: '住房和城乡建设局',
  住建委: '住房和城乡建设局',
  自规局: '自然资源和规划局',
  国土局: '自然资源和规划局',
  人社局: '人力资源和社会保障局',
  农业局: '农业农村局',
  水利局: '城乡水务局',
  水务局: '城乡水务局',
  交通局: '交通运输局',
  交运局: '交通运输局',
  文旅局: '文化和旅游局',
  市监局: '市场监督管理局',
  市场监管局: '市场监督管理局',
  工商局: '市场监督管理局',
  发改委: '发展和改革委员会',
  发改局: '发展和改革局',
  工信局: '工业和信息化局',
  退役局: '退役军人事务局',
  退役军人局: '退役军人事务局',
  医保局: '医疗保障局',
  应急局: '应急管理局',
  环保局: '生态环境局',
  执法局: '综合行政执法局',
  综合执法局: '综合行政执法局',
  城管局: '综合行政执法局',
  行政审批局: '行政审批服务局',
  机关事务局: '机关事务管理局',
  公管办: '公共资源交易管理办公室',
  疾控中心: '疾病预防控制中心',
  疾控: '疾病预防控制中心',
  妇幼保健院: '妇幼保健计划生育服务中心',
  妇保院: '妇幼保健院',
  中医院: '中医医院',
  附院: '附属医院',
  济医附院: '济宁医学院附属医院',
  市一院: '济宁市第一人民医院',
  市二院: '济宁市第二人民医院',
  一院: '第一人民医院',
  二院: '第二人民医院',
  一中: '第一中学',
  二中: '第二中学',
  三中: '第三中学',
  实小: '实验小学',
  职专: '职业中等专业学校',
  职院: '职业技术学院',
  高速交警: '高速公路交通警察',
  交警队: '交通警察大队',
  交警大队: '交通警察大队',
  交警支队: '公安局交通警察支队',
  镇政府: '镇人民政府',
  区政府: '区人民政府',
  县政府: '县人民政府',
  高新区管委会: '高新技术产业开发区管理委员会',
  管委会: '管理委员会',
};

/** Every word with what is looked for besides it. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** The groups of a list: a group a line, its words apart by blanks; `#` begins a comment, `a > b` is looked for one way only. */
export function parseSynonyms(list: string): [string, string][] {
  return list.split('\n').flatMap((line) => {
    const [words = '', printed = ''] = normaliseText(line.replace(/#.*/, '')).split('>');
    const own = words.split(/\s+/).filter(Boolean);
    const others = printed.split(/\s+/).filter(Boolean);
    const ways =
      others.length > 0 ? own.map((word) => [word, others] as const) : own.map((word) => [word, own] as const);
    return ways.flatMap(([word, all]) =>
      all.filter((other) => other !== word).map((other): [string, string] => [word, other]),
    );
  });
}

/** Synonyms of pairs `[typed, looked for too]`. */
function toSynonyms(pairs: readonly [string, string][]): Synonyms {
  const groups = new Map<string, string[]>();
  for (const [word, other] of pairs) {
    const others = groups.get(word) ?? [];
    if (!others.includes(other)) others.push(other);
    groups.set(word, others);
  }
  return groups;
}

const OWN_PAIRS: readonly [string, string][] = [
  ...parseSynonyms(GROUPS),
  ...Object.entries(PRINTED).filter(([typed, printed]) => typed !== printed),
];

/** The portal's own list. */
export const OWN_SYNONYMS: Synonyms = toSynonyms(OWN_PAIRS);

/** The portal's own list and an operator's, in the form of `parseSynonyms`. */
export const withSynonyms = (list: string): Synonyms => toSynonyms([...OWN_PAIRS, ...parseSynonyms(list)]);

/** Names as notices print them: never cut into words. */
export const PRINTED_NAMES = [...new Set(Object.values(PRINTED))];

/** One replacement that was made in a query, to be shown to the reader. */
export interface Rewriting {
  from: string;
  to: string;
}

/** Spellings of one text that are looked for: more would say little and cost a look at the index each. */
const MOST_SPELLINGS = 8;
const LONGEST_WORD = 12;

/**
 * Every spelling of a text, itself first: words replaced by their synonyms, longest first, and ordinals written the other way (三标段,
 * 3标段). Nothing inside a printed name is touched.
 */
export function spell(text: string, synonyms: Synonyms = OWN_SYNONYMS): { texts: string[]; rewritten: Rewriting[] } {
  const rewritten: Rewriting[] = [];
  let texts = [''];
  for (let at = 0; at < text.length; ) {
    const [own, others] = nextPiece(text, at, synonyms);
    for (const other of others) if (!isOrdinal(own)) rewritten.push({ from: own, to: other });
    const options = [own, ...others];
    texts = options.flatMap((option) => texts.map((before) => before + option)).slice(0, MOST_SPELLINGS);
    at += own.length;
  }
  return { texts: [...new Set(texts)], rewritten };
}

const PRINTED_BY_FIRST = Map.groupBy(
  PRINTED_NAMES.toSorted((a, b) => b.length - a.length),
  (name) => name.charAt(0),
);

function nextPiece(text: string, at: number, synonyms: Synonyms): [own: string, others: readonly string[]] {
  const printed = PRINTED_BY_FIRST.get(text.charAt(at))?.find((name) => text.startsWith(name, at));
  for (let length = Math.min(LONGEST_WORD, text.length - at); length > 1; length--) {
    const word = text.slice(at, at + length);
    // Inside a longer form of itself a word is left alone: 中医医院 holds no 中医院 that would be replaced.
    const others = synonyms.get(word)?.filter((other) => !text.startsWith(other, at));
    if (others && others.length > 0 && !(printed && printed.length >= length)) return [word, others];
  }
  if (printed) return [printed, []];
  const ordinal = findOrdinal(text, at);
  if (ordinal) return ordinal;
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return [char, []];
}

const NUMERALS = '零一二三四五六七八九十';
/** What is counted off in titles; the number may be written either way. */
export const COUNTED = '标段|标包|包|期|次|批次|批|标';
const ORDINAL = new RegExp(`^(第?)(\\d{1,2}|[一二三四五六七八九十]{1,3})(${COUNTED})`, 'u');
const isOrdinal = (text: string) => ORDINAL.test(text);

function findOrdinal(text: string, at: number): [string, string[]] | undefined {
  const before = text[at - 1] ?? '';
  if (/[\d一二三四五六七八九十第.]/.test(before)) return undefined;
  const match = ORDINAL.exec(text.slice(at, at + LONGEST_WORD));
  if (!match) return undefined;
  const [whole, prefix = '', number = '', noun = ''] = match;
  // 一批设备, 一次性: an amount or a manner, and no ordinal.
  if (prefix === '' && (/^批/.test(noun) || number === '一')) return undefined;
  const other = /\d/.test(number) ? toNumeral(Number(number)) : String(fromNumeral(number));
  return [whole, other === '0' || other === '' ? [] : [`${prefix}${other}${noun}`]];
}

/** 12 → 十二. */
function toNumeral(value: number): string {
  if (value < 1 || value > 99) return '';
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  return `${tens > 1 ? NUMERALS[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? NUMERALS[ones] : ''}`;
}

/** 十二 → 12; 0 for what is no number. */
function fromNumeral(text: string): number {
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text);
  if (!match || text === '') return 0;
  const [, first = '', ten, last = ''] = match;
  if (!ten) return last ? 0 : NUMERALS.indexOf(first);
  return (first ? NUMERALS.indexOf(first) : 1) * 10 + (last ? NUMERALS.indexOf(last) : 0);
}
