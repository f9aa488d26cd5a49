import type { CheerioAPI } from 'cheerio';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { parsePage } from '#src/formats/html.ts';
import { tidy } from '#src/formats/text.ts';
import type { NoticeDraft } from '../draft.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { fits, isArticle, isPenalty, looksLikeNumber } from './field-values.ts';
import { fieldName, type RecordField, readLabel } from './labels.ts';
import { type Pair, readTables } from './tables.ts';
import { readDay } from './values.ts';

/** Endings that are sure to end an organization's name, and what may still follow as a part of it. */
const NAME =
  /^[^\s，。；;、：:《》\d]{2,40}?(?:公司|集团|厂|医院|学校|大学|学院|合作社|供销社|事务所|商店|商行|超市|饭店|酒店|经营部|门市部|研究院|设计院)(?:[^\s，。；;、：:《》涉因未违擅]{0,20}?(?:分公司|分店|分行|支行|分厂|门店|店|分部))?/;

/** Where the organization's name ends with which words begin; 0 when they begin with none. */
function endOfName(words: string): number {
  return NAME.exec(words)?.[0].length ?? 0;
}

/** A case's name taken apart: `甲公司涉嫌未公示信息案` is about 甲公司 and 未公示信息. That it is called a suspicion means nothing once it is decided. */
function readCaseName(name: string): { party: string | undefined; matter: string | undefined } {
  const end = endOfName(name);
  const matter = name
    .slice(end)
    .replace(/^[\s，,：:]*(?:涉嫌)?/, '')
    .replace(/一?案$/, '')
    .trim();
  return { party: end > 0 ? name.slice(0, end) : undefined, matter: matter.length >= 4 ? matter : undefined };
}

type Found = Partial<Record<RecordField, string>>;

const TITLE = /^(?:行政)?(?:处罚|处理)决定书$|^关于.{2,80}的(?:行政)?(?:处罚|处理)决定$/;
const HEAD_LINES = 8;
const FACTS =
  /(?:经查明?|经调查|现查明|违法事实(?:如下)?)\s*[,，:：]\s*(.{6,2000}?)(?=(?:以上|上述)(?:违法)?(?:事实|行为)|$)/;
const BASIS = /(?:依据|根据)\s*(《[^》]{2,60}》.{0,120}?第[^，,；;。]{1,40}?[条款项])/;
const PENALTY = /(?:作出|给予|处以)(?:如下|以下)[^：:。]{0,16}[:：]\s*(.{2,1000})/;

/**
 * What a decision says that stands on a page as it was written (行政处罚决定书): the head names its authority, its number and the
 * party, the end its day. The form is prescribed; what is not where it belongs is not read. Empty for any other text.
 */
function readDecision(lines: readonly string[]): Found {
  const title = lines.slice(0, HEAD_LINES).findIndex((line) => TITLE.test(line.replace(/\s/g, '')));
  if (title < 0) return {};
  const head = lines.slice(0, HEAD_LINES + title);
  const number = head.findIndex((line, at) => at > title - 3 && looksLikeNumber(line) && line.length <= 40);
  const authority = lines.slice(0, title).findLast((line) => fits('authority', line));
  const found: Found = { ...(authority ? { authority } : {}), ...readEnd(lines, authority) };
  if (number >= 0) found.decisionNo = head[number] ?? '';
  const party = partyAt(lines, Math.max(title, number) + 1);
  if (party) found.partyName = party;
  const body = lines.slice(Math.max(title, number) + 1).join('\n');
  for (const [field, pattern] of [
    ['facts', FACTS],
    ['legalBasis', BASIS],
    ['penaltyContent', PENALTY],
  ] as const) {
    const words = pattern.exec(field === 'penaltyContent' ? body.replace(/\n/g, ' ') : body)?.[1];
    if (words) found[field] = words.trim();
  }
  return found;
}

/** The party stands alone at the head of the first line: `甲公司；法定代表人：…`, `甲公司：`. */
function partyAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at] ?? '';
  const name = line.split(/[；;，,：:（(\s]/, 1)[0] ?? '';
  const isAlone = name.length < line.length || name.length <= 40;
  return isAlone && endOfName(name) === name.length ? name : undefined;
}

/** The day at the end stands alone, below its authority. */
function readEnd(lines: readonly string[], authority: string | undefined): Found {
  const at = lines.findLastIndex((line) => line.length <= 20 && readDay(line) !== undefined && /日$/.test(line.trim()));
  const signed = lines[at - 1];
  if (at < 2 || !signed || !fits('authority', signed)) return {};
  const day = lines[at] ?? '';
  return authority ? { decisionDate: day } : { decisionDate: day, authority: signed };
}

/** What a feed says about a decision: its own words, by field. */
export type ExposureRecord = Partial<Record<RecordField, string>>;

const NOTHING = /^(?:无|暂无|空|null|undefined|未公示|未填写|详见.{0,12}|[/\\—\-*]*)$/i;
const LABEL = /(?:^([^：:；;，,。]{2,36})|[\s；;，,。]([^\s：:；;，,。]{2,36}))\s?[：:]|【([^】]{2,24})】/g;
/** A label that is none of ours ends a value too. */
const OTHER_LABEL = /[；;]\s?[^\s：:；;，,。]{2,16}[：:].*$/s;
const COMPANY = /公司(?:[（(][^（）()]*[）)])?$/;
/** Words of which a record may have several: they are put together. */
const JOINED: ReadonlySet<RecordField> = new Set([
  'violation',
  'facts',
  'legalBasis',
  'penaltyType',
  'penaltyContent',
  'caseName',
]);

/**
 * The record in a draft: its labelled values; what they lack, by the labels in tables and lines of the body, then by the prescribed
 * places of a decision's text. A value that cannot be what its label says is not taken for it.
 * @throws ItemRejectedError when a field has two different values, or the page is about several decisions.
 */
export function readRecord(draft: NoticeDraft): ExposureRecord {
  const record = collect(Object.entries(draft.fields));
  const { pairs, lines } = readBody(draft.bodyHtml ?? '');
  const body = collect(pairs);
  const decision = readDecision(lines);
  for (const field of ['decisionNo', 'partyName', 'decisionDate'] as const)
    assertSame(field, record[field], body[field]);
  return settle({ ...decision, ...body, ...record });
}

function collect(pairs: readonly Pair[]): ExposureRecord {
  const record: ExposureRecord = {};
  for (const [label, text] of pairs) {
    const reading = readLabel(label);
    const value = tidy(text);
    if (!reading || value === '' || NOTHING.test(value)) continue;
    const { field, unit } = reading;
    const known = record[field];
    const said = unit && /^[\d.,，]+$/.test(value) ? `${value}${unit}` : value;
    if (known !== undefined && JOINED.has(field)) record[field] = known.includes(said) ? known : `${known}；${said}`;
    else {
      assertSame(field, known, said);
      record[field] = known ?? said;
    }
  }
  return record;
}

function assertSame(field: RecordField, known: string | undefined, said: string | undefined): void {
  if (known === undefined || said === undefined || formOf(field, known) === formOf(field, said)) return;
  const message = `“${fieldName(field)}”有两个不同的值，需人工录入`;
  throw new ItemRejectedError([{ code: 'exposure-ambiguous', message, field }]);
}

/** The form in which two values of a field are compared. */
function formOf(field: RecordField, value: string): string {
  if (field === 'decisionNo') return normaliseDecisionNo(value);
  if (field === 'partyName') return nameKey(value) || value;
  return (field === 'decisionDate' ? readDay(value) : undefined) ?? value;
}

/** Values put where they belong: a case's name names the party, words in the place of a number name the matter. */
function settle(record: ExposureRecord): ExposureRecord {
  const settled = { ...record };
  const displaced: string[] = [];
  for (const field of ['decisionNo', 'partyName', 'authority'] as const) {
    const value = settled[field];
    if (value === undefined || !isElse(field, value)) continue;
    delete settled[field];
    if (field === 'decisionNo' && /\p{Script=Han}{6}/u.test(value)) displaced.push(value);
  }
  // `处罚单位` is who was punished as often as who punished.
  if (COMPANY.test(settled.authority ?? '')) {
    settled.partyName ??= settled.authority ?? '';
    delete settled.authority;
  }
  const { party, matter } = readCaseName(settled.caseName ?? '');
  if (!settled.partyName && party) settled.partyName = party;
  for (const field of ['violation', 'facts'] as const) if (isArticle(settled[field] ?? '')) delete settled[field];
  const words = settled.violation ?? settled.facts ?? displaced[0] ?? matter;
  if (words) settled.violation = words;
  return { ...settled, ...splitTypeAndBasis(settled) };
}

/** Names are written in many ways: only what is plainly something else is not taken for one. A number must be one. */
function isElse(field: 'decisionNo' | 'partyName' | 'authority', value: string): boolean {
  if (field === 'decisionNo') return !fits('decisionNo', value);
  return (
    fits('decisionNo', value) === true || readDay(value) !== undefined || (field === 'partyName' && isPenalty(value))
  );
}

/** `罚款，没收违法所得。依据《…》第…条的规定，予以处罚。`: the kinds stand before the articles. */
function splitTypeAndBasis({ typeAndBasis, penaltyType, legalBasis }: ExposureRecord): ExposureRecord {
  if (!typeAndBasis) return {};
  const [types = '', basis] = typeAndBasis.split(/[。；;]?(?:违反|依据|根据)/, 2);
  const at = typeAndBasis.search(/依据|根据/);
  const articles =
    at < 0 ? basis : typeAndBasis.slice(at + 2).replace(/(?:的规定)?[，,]?(?:予以|给予|作出)处罚。?$/, '');
  return {
    ...(penaltyType || !types ? {} : { penaltyType: types }),
    ...(legalBasis || !articles ? {} : { legalBasis: articles }),
  };
}

/** Labels with their values in a page, and its lines: tables first, then lines with colons; a value may stand below its label. */
function readBody(html: string): { pairs: Pair[]; lines: string[] } {
  if (html === '') return { pairs: [], lines: [] };
  const $ = parsePage(html);
  const pairs = readTables($);
  $('table').remove();
  const lines = listLines($);
  for (const [at, line] of lines.entries()) pairs.push(...readLine(line, lines[at + 1]));
  return { pairs, lines };
}

function listLines($: CheerioAPI): string[] {
  $('br').replaceWith('\u2028');
  $('p, div, li, h1, h2, h3, h4, h5, dt, dd, tr').before('\u2028').after('\u2028');
  return $.root().text().split('\u2028').map(tidy).filter(Boolean);
}

/** `标签：值`, several in a line, or the value alone on the next line. */
function readLine(line: string, next: string | undefined): Pair[] {
  const labels = [...line.matchAll(LABEL)].flatMap(({ 0: whole, 1: first, 2: later, 3: boxed, index }) => {
    const label = first ?? later ?? boxed ?? '';
    return readLabel(label) ? [{ label, index, end: index + whole.length }] : [];
  });
  return labels.flatMap(({ label, end }, at): Pair[] => {
    const rest = line.slice(end, labels[at + 1]?.index).trim();
    const value = rest.replace(OTHER_LABEL, '');
    const below = at === labels.length - 1 && next && !/[：:]/.test(next.slice(0, 30)) ? next : '';
    return [[label, value || below]];
  });
}
