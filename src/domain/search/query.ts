import { compactCode } from '../identifiers/code-keys.ts';
import { normaliseText } from './fold.ts';
import { splitRuns } from './text.ts';

/**
 * A part of a query. `phrase`: was in quotes, stands as it is. `word`: may be cut further. `either`: what may stand in its place, each
 * as it is.
 */
export interface Term {
  text: string;
  kind: 'word' | 'phrase';
  either?: readonly string[];
}

/** What a person typed, taken apart. */
export interface ParsedQuery {
  terms: Term[];
  excluded: string[];
  /** Compact forms that may be codes, each with the number of terms from `start` that it stands for. */
  codes: CodeCandidate[];
}

export interface CodeCandidate {
  compact: string;
  /** Indexes into `terms`. */
  start: number;
  end: number;
}

const CHUNK =
  /(^|\s)([-−])?(?:"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』)|(?:(?:^|\s)([-−]))?([^\s"“「『]+)|["“「『]/gu;
const LABEL =
  /(?:(?:项目|采购|招标|标段|合同|公告|宗地|地块|标的|包|工程|计划)+(?:的)?)?(?:编号|编码|代码|号码)(?:是|为)?\s*[:：]?\s*(?=[\p{L}\p{N}\s(〔[【]*\d)/gu;
/** What comes along when a title is copied: hash tags, addresses, names of files, remarks on links. */
const DEBRIS =
  /https?:\/\/\S+|#[^#\s]{1,30}#|#(?=\S)|\.(?:pdf|docx?|xlsx?|zip|rar|html?|jpg|png)\b|[（(【[]?(?:附(?:下载)?链接|点击(?:查看|下载)(?:全文|附件|原文)?|查看原文|阅读原文|全文见附件|详见附件|附件下载)[）)】\]]?/giu;
/** A year that stands alone says when, not which. */
const YEAR = /^(?:19|20)\d{2}$/;
/** A word that says which words must not stand there. */
const WITHOUT = /^(?:不要|不含|不包括|不包含|除了|除开|除去|排除|去掉|不想要)(.+?)(?:以外|之外|外)?$/u;
const WITHOUT_INSIDE = /^(.{2,}?)(?:但?不要|但?不含|但不包括|除了)(.{2,})$/u;
const OR = /^(?:or|或|或者|\||\|\|)$/u;
const OR_INSIDE = /^([\p{L}\p{N}]{2,})(?:或者?|\|)([\p{L}\p{N}]{2,})$/u;

/**
 * Takes a typed query apart: half-width, simplified, lower case; labels of codes and what is copied along with a title dropped; quotes
 * are phrases, a leading minus, 不要 and 除了 exclude, 或 and OR give a choice, blanks and commas separate. A quotation mark without a
 * partner is ignored.
 */
export function parseQuery(raw: string): ParsedQuery {
  const text = normaliseText(raw.normalize('NFKC').replace(DEBRIS, ' '))
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(LABEL, ' ')
    .replace(/[,，、;；?？!！。]+/g, ' ');
  const terms: Term[] = [];
  const excluded: string[] = [];
  let isChoice = false;
  let isExcluding = false;
  for (const match of text.matchAll(CHUNK)) {
    const quoted = match[3] ?? match[4] ?? match[5] ?? match[6];
    const piece = (quoted ?? match[8] ?? '').trim();
    if (quoted === undefined && OR.test(piece)) {
      isChoice = terms.length > 0;
      continue;
    }
    if (quoted === undefined && /^(?:不要|不含|除了|排除|not)$/u.test(piece)) {
      isExcluding = true;
      continue;
    }
    if (splitRuns(piece).length === 0) continue;
    const kind = quoted === undefined ? 'word' : 'phrase';
    if (match[2] ?? match[7] ?? isExcluding) excluded.push(piece);
    else if (isChoice) offer(terms, piece);
    else if (kind === 'phrase') terms.push({ text: piece, kind });
    else takeWord(piece, terms, excluded);
    isChoice = false;
    isExcluding = false;
  }
  return { terms, excluded, codes: findCodeCandidates(terms) };
}

/** One more thing that may stand in the place of the last term. */
function offer(terms: Term[], piece: string): void {
  const last = terms.pop();
  if (last) terms.push({ ...last, text: `${last.text} 或 ${piece}`, either: [...(last.either ?? [last.text]), piece] });
}

/** A word as it is, or as what it says of others: 不要维保, 空调不要维保, 空调或电梯. */
function takeWord(piece: string, terms: Term[], excluded: string[]): void {
  const without = WITHOUT.exec(piece)?.[1];
  const inside = WITHOUT_INSIDE.exec(piece);
  const choice = OR_INSIDE.exec(piece);
  if (without) excluded.push(without);
  else if (inside) {
    terms.push({ text: inside[1] ?? '', kind: 'word' });
    excluded.push(inside[2] ?? '');
  } else if (choice && piece.length <= 12) {
    const either = [choice[1] ?? '', choice[2] ?? ''];
    terms.push({ text: either.join(' 或 '), kind: 'word', either });
  } else terms.push({ text: piece, kind: 'word' });
}

/** True when the text could be (part of) a project, lot, notice or parcel code. */
export function mayBeCode(text: string): boolean {
  const compact = compactCode(text);
  const digits = compact.replace(/\P{Nd}/gu, '').length;
  const letters = compact.replace(/[^A-Z]/g, '').length;
  if (compact.length < 4 || YEAR.test(compact)) return false;
  return digits >= 4 || (digits >= 2 && letters >= 2 && compact.length >= 5);
}

/** The whole query first (a code may be typed with blanks), then each term by itself. */
function findCodeCandidates(terms: Term[]): CodeCandidate[] {
  const spans = terms.map((_, index) => ({ start: index, end: index + 1 }));
  const whole = { start: 0, end: terms.length };
  const bare = terms.every(({ text }) => !/\p{Script=Han}{3}/u.test(text) || /\d/.test(text));
  return [...(terms.length > 1 && bare ? [whole] : []), ...spans].flatMap(({ start, end }) => {
    const text = terms
      .slice(start, end)
      .map((term) => term.text)
      .join('');
    return mayBeCode(text) ? [{ compact: compactCode(text), start, end }] : [];
  });
}
