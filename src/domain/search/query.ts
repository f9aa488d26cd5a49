import { Converter } from 'opencc-js/t2cn';
import { compactCode } from '../identifiers/code-keys.ts';
import { normaliseText, splitRuns } from './text.ts';

/** A part of a query. `phrase`: was in quotes, stands as it is. `word`: may be cut further. */
export interface Term {
  text: string;
  kind: 'word' | 'phrase';
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

const toSimplified = Converter({ from: 't', to: 'cn' });

const CHUNK =
  /(^|\s)([-−])?(?:"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』)|(?:(?:^|\s)([-−]))?([^\s"“「『]+)|["“「『]/gu;
const LABEL =
  /(?:(?:项目|采购|招标|标段|合同|公告|宗地|地块|标的|包|工程|计划)+(?:的)?)?(?:编号|编码|代码|号码)(?:是|为)?\s*[:：]?\s*(?=[\p{L}\p{N}\s(〔[【]*\d)/gu;
/** A year that stands alone says when, not which. */
const YEAR = /^(?:19|20)\d{2}$/;

/**
 * Takes a typed query apart: half-width, simplified, lower case; labels of codes dropped; quotes are phrases, a leading
 * minus excludes, blanks and commas separate. A quotation mark without a partner is ignored.
 */
export function parseQuery(raw: string): ParsedQuery {
  const text = toSimplified(normaliseText(raw))
    .replace(LABEL, ' ')
    .replace(/[,，、;；?？!！。]+/g, ' ');
  const terms: Term[] = [];
  const excluded: string[] = [];
  for (const match of text.matchAll(CHUNK)) {
    const quoted = match[3] ?? match[4] ?? match[5] ?? match[6];
    const minus = match[2] ?? match[7];
    const piece = (quoted ?? match[8] ?? '').trim();
    if (splitRuns(piece).length === 0) continue;
    if (minus) excluded.push(piece);
    else terms.push({ text: piece, kind: quoted === undefined ? 'word' : 'phrase' });
  }
  return { terms, excluded, codes: findCodeCandidates(terms) };
}

/** True when the text could be (part of) a project, lot, notice or parcel code. */
function mayBeCode(text: string): boolean {
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
