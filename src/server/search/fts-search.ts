import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { searchIndex } from '#db/fts.ts';
import { defineSelect, selectAll } from '#db/query.ts';
import { codeKeys, noticeParties, notices, searchDocuments } from '#db/schema/index.ts';
import { aliased, columnName, named, valuesOf } from '#db/sql-pieces.ts';
import {
  type NoticeClause,
  type NoticeField,
  type NoticeFilter,
  type NoticeSort,
  toClauses,
} from '#src/domain/notices/notice-filter.ts';
import type { Alternative, Scope } from '#src/domain/search/plan.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import { COMPARISONS, hasRole, isParty, type Party, whereAll } from '../notices/conditions.ts';
import { sumTallies, type Tally } from '../notices/tally.ts';
import {
  type Backend,
  type Found,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  WINDOW,
  withoutDimensions,
} from './backend.ts';

const s = aliased(searchIndex, 's');
const d = aliased(searchDocuments, 'd');
const c = aliased(codeKeys, 'c');

const { title, buyer, place, parties } = searchIndex;
/** The columns of each scope, for FTS5; all of them where none are named. */
const COLUMNS_OF: Record<Scope | 'title', string | undefined> = {
  title: columnName(title),
  subject: [title, buyer, place].map(columnName).join(' '),
  head: [title, buyer, place, parties].map(columnName).join(' '),
  all: undefined,
};

const phraseText = ({ words, prefix }: Phrase) => `"${words.join(' ')}"${prefix ? ' *' : ''}`;
const alternativeText = (alternative: Alternative) =>
  alternative.length === 1 ? alternative.map(phraseText).join('') : `(${alternative.map(phraseText).join(' AND ')})`;
const slotText = (slot: readonly Alternative[]) =>
  slot.length === 1 ? slot.map(alternativeText).join('') : `(${slot.map(alternativeText).join(' OR ')})`;

type TextStep = Omit<SearchStep, 'scope'> & { scope: Scope | 'title' };

function scopedText({ scope, slots }: Pick<TextStep, 'scope' | 'slots'>): string {
  const wanted = slots.map(slotText).join(' AND ');
  const columns = COLUMNS_OF[scope];
  return columns ? `{${columns}} : (${wanted})` : `(${wanted})`;
}

/** The FTS5 expression of a step. Opaque words are letters only, so nothing needs escaping. */
export function toMatch(step: TextStep): string {
  const unwanted = [...(step.minus ? [scopedText(step.minus)] : []), ...step.excluded.map(phraseText)];
  const scoped = scopedText(step);
  return unwanted.length > 0 ? `(${scoped}) NOT (${unwanted.map((one) => `(${one})`).join(' OR ')})` : scoped;
}

/** Just above every key that begins with the text. */
const upperBound = (text: string) => `${text}\u{10FFFF}`;

const isHolding = (code: string) =>
  sql`${d.noticeId} IN (SELECT ${codeKeys.noticeId} FROM ${codeKeys} WHERE ${codeKeys.key} >= ${code} AND ${codeKeys.key} < ${upperBound(code)})`;
/** The same, looked up for each document. */
const holds = (code: string) =>
  sql`EXISTS (SELECT 1 FROM ${named(c)} WHERE ${c.noticeId} = ${d.noticeId} AND +${c.key} >= ${code} AND +${c.key} < ${upperBound(code)})`;

/** Where the fields of a notice stand in the indexed document. */
const COLUMNS = {
  category: d.category,
  stage: d.stage,
  county: d.county,
  publishedAt: d.publishedAt,
  amountFen: d.amountFen,
  closesAt: d.deadlineAt,
} as const satisfies Record<Exclude<NoticeField, Party | 'projectId'>, Column>;

/** A condition on a field as SQL over the indexed document. */
function toCondition({ field, is, value }: NoticeClause): SQL {
  if (field === 'projectId') {
    return sql`${d.noticeId} IN (SELECT ${notices.id} FROM ${notices} WHERE ${notices.projectId} = ${value})`;
  }
  if (!isParty(field)) return sql`${COLUMNS[field]} ${COMPARISONS[is]} ${value}`;
  const { noticeId, role, name } = noticeParties;
  return sql`${d.noticeId} IN (SELECT ${noticeId} FROM ${noticeParties} WHERE ${hasRole(role, field)} AND ${name} = ${value})`;
}

/** FROM and WHERE of a step under a filter. */
function matching(step: TextStep, filter: NoticeFilter, context: SearchContext, exclude: readonly string[]): SQL {
  const conditions = toClauses(filter, context.at).map(toCondition);
  for (const anyOf of context.conditions) conditions.push(sql`(${sql.join(anyOf.map(toCondition), sql` OR `)})`);
  const withText = step.slots.length > 0;
  if (withText) conditions.unshift(sql`${searchIndex} MATCH ${toMatch(step)}`);
  // The longest code is held by the fewest notices: it leads to them, and the others are looked up at each.
  for (const [index, code] of (step.codes ?? []).toSorted((a, b) => b.length - a.length).entries()) {
    conditions.push(index === 0 ? isHolding(code) : holds(code));
  }
  const absent = [...exclude, ...context.hidden];
  conditions.push(sql`${d.noticeId} NOT IN ${valuesOf(JSON.stringify(absent))}`);
  const from = withText ? sql`${named(s)} CROSS JOIN ${named(d)} ON ${d.id} = ${s.rowid}` : named(d);
  return sql`FROM ${from}${whereAll(conditions)}`;
}

/** Weights of title, buyer, parties, place and body in the order by relevance. */
const RELEVANCE = sql`bm25(${searchIndex}, 8, 4, 1, 2, 0.3)`;
const NEWEST = sql`${d.publishedAt} DESC, ${d.id} DESC`;

/** The order of a page. Lists by deadline show what closes next, then what closed last, then the rest. */
function orderBy(sort: NoticeSort, step: TextStep, at: string): SQL {
  if (sort === 'published') return NEWEST;
  if (sort === 'arrived') {
    return sql`(SELECT ${notices.firstSeenAt} FROM ${notices} WHERE ${notices.id} = ${d.noticeId}) DESC, ${NEWEST}`;
  }
  if (sort === 'amount') return sql`${d.amountFen} DESC NULLS LAST, ${NEWEST}`;
  if (sort === 'deadline') {
    return sql`CASE WHEN ${d.deadlineAt} > ${at} THEN 0 WHEN ${d.deadlineAt} IS NOT NULL THEN 1 ELSE 2 END,
      CASE WHEN ${d.deadlineAt} > ${at} THEN ${d.deadlineAt} END, ${d.deadlineAt} DESC, ${NEWEST}`;
  }
  if (step.codes) {
    const whole = step.codes.map(
      (code) =>
        sql`EXISTS (SELECT 1 FROM ${named(c)} WHERE ${c.key} = ${code} AND ${c.noticeId} = ${d.noticeId} AND ${c.whole})`,
    );
    return sql`${sql.join(whole, sql` + `)} DESC, ${NEWEST}`;
  }
  return step.slots.length > 0 ? sql`${RELEVANCE}, ${NEWEST}` : NEWEST;
}

const COUNTED = { category: d.category, stage: d.stage, county: d.county, total: sql<number>`count(*)` };
const FOUND = { id: d.noticeId };

/** More hits than this are not weighed one by one. */
const MANY = 1_500;

/** Answers steps from SQLite's own full-text index. */
export function ftsBackend(db: Db): Backend {
  const count = (step: SearchStep, context: SearchContext, exclude: readonly string[]): Tally[] => {
    const from = matching(step, withoutDimensions(context.filter), context, exclude);
    return selectAll(db, COUNTED, sql`${from} GROUP BY 1, 2, 3`);
  };
  const listIds = (step: TextStep, context: SearchContext, { sort, exclude, limit, offset }: PageRequest) => {
    const from = matching(step, context.filter, context, exclude);
    const order = orderBy(sort, step, context.at);
    const rows = selectAll(db, FOUND, sql`${from} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`);
    return rows.map(({ id }) => id);
  };
  /** The first of very many: those in the title, then the others, newest first; weighing each would take long and say little. */
  const listNewest = (step: SearchStep, context: SearchContext, request: PageRequest) => {
    const newest = { ...request, sort: 'published' } as const;
    const isFirst = request.offset === 0 && step.slots.length > 0 && !step.minus;
    const titled = isFirst ? listIds({ ...step, scope: 'title' }, context, newest) : [];
    if (titled.length >= request.limit) return titled;
    const others = listIds(step, context, { ...newest, exclude: [...request.exclude, ...titled] });
    return [...titled, ...others].slice(0, request.limit);
  };
  return {
    name: 'fts5',
    find: async (steps, context, request) =>
      steps.reduce<Found[]>((found, step) => {
        const tallies = count(step, context, request.exclude);
        // The narrower step before it fills the window: nobody looks at more.
        const isFilled = (found.at(-1)?.ids.length ?? 0) >= WINDOW && request.limit > WINDOW;
        const wanted = request.limit > 0 && !isFilled && sumTallies(tallies, context.filter) > request.offset;
        const isMany = request.sort === 'relevance' && !step.codes && sumTallies(tallies, context.filter) > MANY;
        const list = isMany ? listNewest : listIds;
        found.push({ ids: wanted ? list(step, context, request) : [], tallies });
        return found;
      }, []),
    countPhrases: async (phrases) => phrases.map((phrase) => countPhrase(db, phrase)),
  };
}

const MATCHING = (p: Params<{ match: string }>) => sql`FROM ${searchIndex} WHERE ${searchIndex} MATCH ${p.match}`;
const ANY = defineSelect((p: Params<{ match: string }>) => ({
  fields: { one: sql`1` },
  rest: sql`${MATCHING(p)} LIMIT 1`,
}));
const COUNT = defineSelect((p: Params<{ match: string }>) => ({
  fields: { total: sql<number>`count(*)` },
  rest: MATCHING(p),
}));

/** Does any indexed notice hold the phrase in the scope? Stops at the first: counting a frequent one takes long. */
export function hasPhrase(db: Db, phrase: Phrase, scope: SearchStep['scope']): boolean {
  const match = toMatch({ scope, slots: [[[phrase]]], excluded: [] });
  return ANY.first(db, { match }) !== undefined;
}

/** Does any notice name a buyer, or else a supplier or agency, whose name holds the text and is not this one? */
export function isInOtherName(db: Db, text: Phrase, name: Phrase, role: 'buyer' | 'supplier'): boolean {
  const column = columnName(role === 'buyer' ? buyer : parties);
  return ANY.first(db, { match: `${column} : (${phraseText(text)} NOT ${phraseText(name)})` }) !== undefined;
}

function countPhrase(db: Db, phrase: Phrase): number {
  const match = toMatch({ scope: 'all', slots: [[[phrase]]], excluded: [] });
  return COUNT.first(db, { match })?.total ?? 0;
}
