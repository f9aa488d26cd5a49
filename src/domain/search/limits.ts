import { LONGEST_CODE } from '../identifiers/code-keys.ts';
import { normaliseText } from './fold.ts';
import { type ParsedQuery, parseQuery, type Term } from './query.ts';
import { splitRuns } from './text.ts';

/** As much as a search looks for at once. What a person types stays far below; every part more costs a look at the index. */
export const MOST = { terms: 16, codes: 8, excluded: 8 } as const;

export interface LimitedQuery {
  query: ParsedQuery;
  /** Parts that are over the limits, as they were typed; nothing looks for them. */
  omitted: string[];
}

const QUOTES = /["“”「」『』]/g;
const quote = (text: string) => `"${text.replace(QUOTES, ' ').trim()}"`;
const formatTerm = ({ text, kind }: Term) => (kind === 'phrase' ? quote(text) : text);
const formatExcluded = (text: string) => `-${/\s/.test(text) ? quote(text) : text}`;

/** What two texts must share to be looked for alike. */
const toKey = (text: string) =>
  splitRuns(normaliseText(text))
    .map(({ chars }) => chars.join(''))
    .join(' ');

function dropRepeated<Part>(parts: readonly Part[], keyOf: (part: Part) => string): Part[] {
  return [...new Map(parts.map((part) => [keyOf(part), part])).values()];
}

/**
 * A query with every part once and no more parts than `MOST`; the first ones stay. Whoever answers says which parts were
 * left out, or refuses the query: see `formatQuery` and `findExcess`.
 */
export function limitQuery(query: ParsedQuery): LimitedQuery {
  const excluded = dropRepeated(query.excluded, toKey);
  const terms = isOneCode(query)
    ? query.terms
    : dropRepeated(query.terms, ({ text, kind }) => `${kind} ${toKey(text)}`);
  const kept = isOneCode(query) ? terms : keepFirst(terms, query);
  const omitted = [
    ...terms.filter((term) => !kept.includes(term)).map(formatTerm),
    ...excluded.slice(MOST.excluded).map(formatExcluded),
  ];
  const isSame = kept.length === query.terms.length && excluded.length === query.excluded.length;
  if (isSame && omitted.length === 0) return { query, omitted };
  return { query: parseQuery(formatQuery({ terms: kept, excluded: excluded.slice(0, MOST.excluded) })), omitted };
}

/** A code typed with blanks: its pieces may repeat, and are one code together. */
function isOneCode({ terms, codes }: ParsedQuery): boolean {
  const whole = codes.find(({ start, end }) => end - start > 1);
  return whole !== undefined && whole.compact.length <= LONGEST_CODE && terms.length <= MOST.terms;
}

function keepFirst(terms: readonly Term[], { terms: typed, codes }: ParsedQuery): Term[] {
  const coded = new Set(codes.filter(({ start, end }) => end - start === 1).map(({ start }) => typed[start]?.text));
  const isCode = ({ text }: Term) => coded.has(text);
  const surplus = new Set(terms.filter(isCode).slice(MOST.codes));
  return terms.filter((term) => !surplus.has(term)).slice(0, MOST.terms);
}

/** A query as text that is read as the same query again. */
export function formatQuery({ terms, excluded }: Pick<ParsedQuery, 'terms' | 'excluded'>): string {
  return [...terms.map(formatTerm), ...excluded.map(formatExcluded)].join(' ');
}

/** Why a query is over the limits, in Chinese; undefined when it is not. */
export function findExcess(text: string): string | undefined {
  const { omitted } = limitQuery(parseQuery(text));
  if (omitted.length === 0) return undefined;
  return `${LIMITS_IN_WORDS}，多出：${omitted.join(' ')}`;
}

export const LIMITS_IN_WORDS = `一次最多查找 ${MOST.terms} 个词（其中编号 ${MOST.codes} 个），排除 ${MOST.excluded} 个词`;
