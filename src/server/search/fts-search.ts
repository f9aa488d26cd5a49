import type { Db } from '#db/client.ts';
import { listRows, type SqlValue } from '#db/statements.ts';
import {
  type NoticeClause,
  type NoticeField,
  type NoticeFilter,
  type NoticeSort,
  toClauses,
} from '#src/domain/notices/notice-filter.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import { sumTallies, type Tally } from '../notices/tally.ts';
import { type Backend, type PageRequest, type SearchContext, type SearchStep, withoutDimensions } from './backend.ts';

interface Fragment {
  sql: string;
  values: SqlValue[];
}

const phraseText = ({ words, prefix }: Phrase) => `"${words.join(' ')}"${prefix ? ' *' : ''}`;

/** The FTS5 expression of a step. Opaque words are letters only, so nothing needs escaping. */
export function toMatch({ scope, phrases, excluded }: SearchStep): string {
  const wanted = phrases.map(phraseText).join(' AND ');
  const scoped = scope === 'head' ? `{title parties place} : (${wanted})` : `(${wanted})`;
  return excluded.length > 0 ? `(${scoped}) NOT (${excluded.map(phraseText).join(' OR ')})` : scoped;
}

/** Just above every key that begins with the text. */
const upperBound = (text: string) => `${text}\u{10FFFF}`;

const HOLDING_CODE = 'd.notice_id IN (SELECT notice_id FROM code_keys WHERE key >= ? AND key < ?)';
const HOLDS_CODE = 'EXISTS (SELECT 1 FROM code_keys c WHERE c.notice_id = d.notice_id AND +c.key >= ? AND +c.key < ?)';
const namedAs = (role: string) =>
  `d.notice_id IN (SELECT notice_id FROM notice_parties WHERE role = '${role}' AND name = ?)`;

/** A condition on a field as SQL over the indexed document. */
const CONDITIONS: Record<NoticeField, (is: NoticeClause['is']) => string> = {
  category: (is) => `d.category ${is} ?`,
  stage: (is) => `d.stage ${is} ?`,
  county: (is) => `d.county ${is} ?`,
  publishedAt: (is) => `d.published_at ${is} ?`,
  amountFen: (is) => `d.amount_fen ${is} ?`,
  closesAt: (is) => `d.deadline_at ${is} ?`,
  buyer: () => namedAs('buyer'),
  supplier: () => namedAs('supplier'),
};

const filterFragments = (filter: NoticeFilter, at: string): Fragment[] =>
  toClauses(filter, at).map(({ field, is, value }) => ({ sql: CONDITIONS[field](is), values: [value] }));

/** FROM and WHERE of a step under a filter. */
function matching(
  step: SearchStep,
  filter: NoticeFilter,
  context: SearchContext,
  exclude: readonly string[],
): Fragment {
  const fragments = filterFragments(filter, context.at);
  const withText = step.phrases.length > 0;
  if (withText) fragments.unshift({ sql: 'search_index MATCH ?', values: [toMatch(step)] });
  // The longest code is held by the fewest notices: it leads to them, and the others are looked up at each.
  for (const [index, code] of (step.codes ?? []).toSorted((a, b) => b.length - a.length).entries()) {
    fragments.push({
      sql: index === 0 ? HOLDING_CODE : HOLDS_CODE,
      values: [code, upperBound(code)],
    });
  }
  const absent = [...exclude, ...context.hidden];
  fragments.push({ sql: 'd.notice_id NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(absent)] });
  const from = withText ? 'search_index s CROSS JOIN search_documents d ON d.id = s.rowid' : 'search_documents d';
  return {
    sql: `FROM ${from} WHERE ${fragments.map(({ sql }) => sql).join(' AND ')}`,
    values: fragments.flatMap(({ values }) => values),
  };
}

/** Weights of title, parties, place and body in the order by relevance. */
const RELEVANCE = 'bm25(search_index, 4, 1, 2, 0.3)';
const NEWEST = 'd.published_at DESC, d.id DESC';

/** The order of a page. Lists by deadline show what closes next, then what closed last, then the rest. */
function orderBy(sort: NoticeSort, step: SearchStep, at: string): Fragment {
  if (sort === 'published') return { sql: NEWEST, values: [] };
  if (sort === 'amount') return { sql: `d.amount_fen DESC NULLS LAST, ${NEWEST}`, values: [] };
  if (sort === 'deadline') {
    return {
      sql: `CASE WHEN d.deadline_at > ? THEN 0 WHEN d.deadline_at IS NOT NULL THEN 1 ELSE 2 END,
        CASE WHEN d.deadline_at > ? THEN d.deadline_at END, d.deadline_at DESC, ${NEWEST}`,
      values: [at, at],
    };
  }
  if (step.codes) {
    const whole = 'EXISTS (SELECT 1 FROM code_keys k WHERE k.key = ? AND k.notice_id = d.notice_id AND k.whole)';
    return { sql: `${step.codes.map(() => whole).join(' + ')} DESC, ${NEWEST}`, values: [...step.codes] };
  }
  return { sql: `${RELEVANCE}, ${NEWEST}`, values: [] };
}

/** Answers steps from SQLite's own full-text index. */
export function ftsBackend(db: Db): Backend {
  const count = (step: SearchStep, context: SearchContext, exclude: readonly string[]) => {
    const from = matching(step, withoutDimensions(context.filter), context, exclude);
    const sql = `SELECT d.category, d.stage, d.county, count(*) AS total ${from.sql} GROUP BY 1, 2, 3`;
    return listRows<Tally>(db, sql, from.values);
  };
  const listIds = (step: SearchStep, context: SearchContext, request: PageRequest) => {
    const from = matching(step, context.filter, context, request.exclude);
    const order = orderBy(request.sort, step, context.at);
    const sql = `SELECT d.notice_id AS id ${from.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`;
    return listRows<{ id: string }>(db, sql, [...from.values, ...order.values, request.limit, request.offset]).map(
      ({ id }) => id,
    );
  };
  return {
    name: 'fts5',
    find: async (steps, context, request) =>
      steps.map((step) => {
        const tallies = count(step, context, request.exclude);
        const wanted = request.limit > 0 && sumTallies(tallies, context.filter) > request.offset;
        return { ids: wanted ? listIds(step, context, request) : [], tallies };
      }),
    countPhrases: async (phrases) => phrases.map((phrase) => countPhrase(db, phrase)),
  };
}

/** Does any indexed notice hold the phrase in the scope? Stops at the first: counting a frequent one takes long. */
export function hasPhrase(db: Db, phrase: Phrase, scope: SearchStep['scope']): boolean {
  const match = toMatch({ scope, phrases: [phrase], excluded: [] });
  return listRows(db, 'SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1', [match]).length > 0;
}

function countPhrase(db: Db, phrase: Phrase): number {
  const match = toMatch({ scope: 'all', phrases: [phrase], excluded: [] });
  return (
    listRows<{ n: number }>(db, 'SELECT count(*) AS n FROM search_index WHERE search_index MATCH ?', [match])[0]?.n ?? 0
  );
}
