import { type FactKey, factDefinition } from '#src/domain/facts/facts.ts';
import { type Candidate, candidatesOf, type Piece, pieceFrom } from './candidates.ts';
import { fitOf } from './cells.ts';
import type { Line } from './document.ts';
import { type LabelHead, labelHeads } from './label-heads.ts';
import { findLabel, isAnyLabel, type Labels } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { RANKED } from './vocabulary/entries.ts';

/** A label with the value behind it. */
export interface Labelled {
  label: string;
  value: Piece;
}

/** A price of which a part is a rate: what follows its first number belongs to it. */
const PARTLY_RATE = /费率|下浮率|折扣率|其中[^。]{0,200}[%％]/;
const LONGEST_LINE = 5_000;
/** Words before a colon that belong to the value of a price. */
const WITHIN =
  /^(?:人民币)?(?:大写|小写|人民币|金额|最终报价|价格单位|单位|其中|(?:现|拟)?(?:更正|变更|更改|修改|调整|延期|推迟)(?:为|至|到)?)$/;

/** Does a word before a colon belong to the value: a word for prices, or a bracket alone? */
function isWithin(word: string): boolean {
  return word === '' || WITHIN.test(word);
}

/** Every `label：value` of a line, also several in one line. */
export function labelledValues(line: Piece, labels: Labels): Labelled[] {
  if (line.text.length > LONGEST_LINE) return [];
  const isRate = PARTLY_RATE.test(line.text);
  const heads = labelHeads(line.text).filter(({ label }, index) => index === 0 || !isWithin(normaliseLabel(label)));
  return heads.flatMap(({ label, wide, end }, index) => {
    const to = isRate && /价/.test(label) ? undefined : startOf(heads[index + 1], labels);
    const value = pieceFrom(line, end, to);
    // `金额：（可填写下浮率）：5元`: the bracket and its colon belong to the label.
    const note = /^\s*[（(][^（）()]{0,40}[）)]\s*[：:]/.exec(value.text)?.[0].length;
    if (note) return [{ label, value: pieceFrom(value, note) }];
    // `报价：1、勘察费为：…` has a list for its value; the number of the first item is none.
    if (/^\s*\d{1,2}、\s*$/.test(value.text)) return [];
    return [{ label: wide !== label && findLabel(wide, labels) ? wide : label, value }];
  });
}

function startOf(head: LabelHead | undefined, labels: Labels): number | undefined {
  if (!head) return undefined;
  return head.wide !== head.label && findLabel(head.wide, labels) ? head.end - 1 - head.wide.length : head.start;
}

const PARTIES: ReadonlySet<string> = new Set(['buyer', 'agency', 'supplier']);

function isTyped(key: FactKey): boolean {
  return PARTIES.has(key) || factDefinition(key).kind !== 'text';
}

/** `供应商名称 甲公司；中标金额 5万元；`: a known label, a blank and a value of its kind, between marks. */
export function blankLabelled(line: Piece, labels: Labels): Labelled[] {
  if (line.text.length > LONGEST_LINE || !/\s|\d[\d,.]*\s*[万亿]?元/.test(line.text)) return [];
  return [...line.text.matchAll(/[^；;]+/g)].flatMap((match) => {
    const parts =
      /^(\s*(?:\d{1,2}\s*[：:、.．]\s*|[一二三四五六七八九十]{1,3}、\s*)?)([^\s：:]{2,30}?)(?:\s+|(?=[¥￥]?\d[\d,.]*\s*[万亿]?元))([^\s，。][^：:，。]{0,300})(?:[，。][^：:]{0,300})?$/s.exec(
        match[0],
      );
    const [, number = '', label, value] = parts ?? [];
    const key = label && findLabel(label, labels)?.known[0]?.key;
    if (!parts || !label || !value || !key || fitOf(key, value.trim()) < (number.trim() === '' ? 1 : 0.4)) return [];
    if (number.trim() === '' && !isTyped(key)) return [];
    return [
      {
        label,
        value: pieceFrom(
          line,
          match.index + match[0].indexOf(value, label.length),
          match.index + match[0].indexOf(value, label.length) + value.length,
        ),
      },
    ];
  });
}

const BRACKETED = /[（(]([^（）()：:]{2,14})[：:]([^（）()]{3,60}(?:[（(][^（）()]{1,12}[）)][^（）()]{0,30})?)[）)]/g;

/** A project in words before a code that only says `编号`, or that no colon parts from its label. */
const BARE_CODE =
  /(?<=(?:项目|工程|采购|服务|标段|施工|监理|设备|系统|总承包|设计|勘察|维修|改造|养护|招标|建设|安装|一批|租赁|道路|公路|桥梁|大桥|管网|绿化|物业|物资|用房|厂房)[”"》]?\s{0,2})[（(](?:(编号|编码)\s*[：:]?|((?:项目|招标|采购|招标项目|采购项目|比选|询价|磋商)编号))\s*([A-Za-z][A-Za-z0-9\-_/.〔〕[\]]{4,40})[）)]/g;

/** `某某采购（编号：X）`, `（招标编号X）`. */
function bareCodes(line: Line, labels: Labels): Candidate[] {
  return [...line.text.matchAll(BARE_CODE)].flatMap((match) => {
    const code = match[3] ?? '';
    const from = match.index + match[0].lastIndexOf(code);
    return candidatesOf(match[2] ?? '项目编号', pieceFrom(line, from, from + code.length), labels, 'line').map(
      (candidate) => ({ ...candidate, tier: candidate.tier + 8 }),
    );
  });
}

/** `某某采购（项目编号：X）`: codes that stand in brackets behind a name. */
export function bracketedCodes(line: Line, labels: Labels): Candidate[] {
  if (line.text.length > LONGEST_LINE || !/[（(]/.test(line.text)) return [];
  return bareCodes(line, labels).concat(labelledCodes(line, labels));
}

function labelledCodes(line: Line, labels: Labels): Candidate[] {
  return [...line.text.matchAll(BRACKETED)].flatMap((match) => {
    const [, label = '', code = ''] = match;
    const from = match.index + 1 + label.length + 1;
    const read = candidatesOf(label, pieceFrom(line, from, from + code.length), labels, 'line');
    const codes = read.filter(({ key }) => key === 'projectCode' || key === 'lotCode' || key === 'supplierCode');
    return codes.map((candidate) => ({ ...candidate, tier: candidate.tier + 5 }));
  });
}

/** Lines that sources broke: a label from its value, a range of time in its middle. Places count on from line to line. */
export function joinBroken(lines: readonly Line[], labels: Labels): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last && /^原/.test(last.text) && last.text.length <= 120 && CHANGED_BELOW.test(line.text))
      joined[joined.length - 1] = { text: `${last.text} ${line.text}`, at: last.at };
    else if (last && continues(last.text, line.text, labels))
      joined[joined.length - 1] = { text: last.text + line.text, at: last.at };
    else joined.push(line);
  }
  return joined;
}

/** What is valid, on the line below what was: `原开标时间：A`, `现变更为：B`. A blank between them counts for no place. */
const CHANGED_BELOW = /^(?:现)?(?:更改|变更|更正|修改|调整|延期|推迟|顺延)(?:为|至|到)\s*[:：]/;

/** Pieces of a date that inline elements became lines. */
const DATE_PIECE: readonly (readonly [before: RegExp, text: RegExp])[] = [
  [/(?<!\d)(?:19|20)\d$/, /^\d(?:年|$)/],
  [/(?:年|月|至|于|自|[（(]|间[：:])\s*$/, /^\d{1,4}$/],
  [/(?<!\d)(?:\d{4}|\d{1,2})$/, /^[年月日时分]/],
  [/\d\s*[年月]$/, /^\s*\d{1,2}\s*(?:[月日]|$)/],
  [/日$/, /^(?:至|到|起|止|[—~-])/],
  [/[至到]$/, /^\d{4}/],
];

const DAY_ALONE = /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?$/;

function continues(before: string, text: string, labels: Labels): boolean {
  if (before.length > 300) return false;
  if (/^\d{1,2}$/.test(before) && /^[.．、]/.test(text)) return true;
  if (/^[名地电传邮]$/.test(before) && /^[称址话真编]\s*[：:]/.test(text)) return true;
  if (/^[.．]$/.test(text) && before.length <= 20) return true;
  if (/^第[一二三四五六七八九十]名[.．]$/.test(before)) return true;
  if (/(?:编号|编码)[：:]\s*[A-Z]{2,12}$/.test(before) && /^\d/.test(text)) return true;
  if (/^\d{1,2}[.．、]\p{Script=Han}{2,5}$/u.test(before) && text === '信息') return true;
  if (/^[:：]\s*\S?/.test(text) && before.length <= 40) return true;
  if (/^[，、；。)）%]/.test(text) && text.length <= 200) return true;
  if (/^[（(](?:或|如有|即|含|元|万元|单位|人民币)/.test(text) && text.length <= 16 && before.length <= 20) return true;
  if (/[至到~—-]$/.test(before) && /^\s*\d{4}\s*[年-]/.test(text)) return true;
  if (/^[至到~—]\s*(?:\d{4}|$)/.test(text) && /\d{4}.*\d/.test(before)) return true;
  if (DATE_PIECE.some(([end, start]) => end.test(before.slice(-12)) && start.test(text.slice(0, 12)))) return true;
  if (/\d$/.test(before) && /^[万亿]?元/.test(text) && (/[：:]/.test(before) || /^[\d,.]+$/.test(before))) return true;
  if (DAY_ALONE.test(before.slice(-16)) && /^\s*\d{1,2}\s*[:：时点]/.test(text)) return true;
  return (
    /[:：]$/.test(before) && before.length <= 60 && !/^[^：:，。]{2,14}[：:]/.test(text) && !isHeading(text, labels)
  );
}

function isHeading(text: string, labels: Labels): boolean {
  return (
    /^[一二三四五六七八九十]+、/.test(text) ||
    (text.length <= 20 &&
      (findLabel(text, labels) !== undefined || isAnyLabel(normaliseLabel(text)) || RANKED.test(normaliseLabel(text))))
  );
}
