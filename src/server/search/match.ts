import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { changes, publishedNotices } from '#db/schema/index.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { limitQuery } from '#src/domain/search/limits.ts';
import { type ParsedQuery, parseQuery } from '#src/domain/search/query.ts';
import { PAGE_SIZE } from '../notices/list.ts';
import { toFacets } from '../notices/tally.ts';
import type { Backend, PageRequest, SearchContext } from './backend.ts';
import { correctTerms } from './correct.ts';
import { formatSearchCursor, parseSearchCursor } from './cursor.ts';
import { ftsBackend } from './fts-search.ts';
import { asOfIndex, isBehind, readIndexState } from './index-state.ts';
import { interpretQuery, type QueryInterpretation, readLiterally, relaxQuery } from './interpretation.ts';
import { fitsEngine } from './meili-query.ts';
import { suggestRelaxations } from './relaxations.ts';
import { COUNTS, levelSteps, type Resolved, type Resolver, resolveReading } from './resolve.ts';
import type { SearchPage, SearchPlan } from './types.ts';

/** What a search finds, before any notice is read: the ids of its page in order, and all that is said about them. */
export interface Matches extends Omit<SearchPage, 'items' | 'fallback'> {
  ids: string[];
  reading: QueryInterpretation;
}

const HIDDEN = defineQuery((db, p: Params<{ cursor: number }>) =>
  db
    .selectDistinct({ id: changes.subjectId })
    .from(changes)
    .leftJoin(publishedNotices, eq(publishedNotices.id, changes.subjectId))
    .where(and(eq(changes.subject, 'notice').inlineParams(), gt(changes.seq, p.cursor), isNull(publishedNotices.id)))
    .limit(1000),
);

/** Notices that left the public since the backend's index was written. */
function listHidden(db: Db, cursor: number): string[] {
  return HIDDEN.all(db, { cursor }).map(({ id }) => id);
}

/**
 * Finds what matches a filter with words, on a given backend. Parts of the query beyond the limits are not looked for.
 * `isBrief`: nothing may be read here that takes long, the engine has to answer all of it.
 * @throws InputError when the cursor is not one of this search's; LongSearchError for a brief search that takes more.
 */
export async function findMatches(db: Db, backend: Backend, filter: NoticeFilter, isBrief = false): Promise<Matches> {
  const { query } = limitQuery(parseQuery(filter.q ?? ''));
  const cursor = filter.cursor ? parseSearchCursor(filter.cursor) : { offset: 0, at: new Date().toISOString() };
  const builtIn = isBrief ? REFUSING : backend.name === 'fts5' ? backend : ftsBackend(db);
  const resolver: Resolver = { db, backend, builtIn, backendOf: (step) => (fitsEngine(step) ? backend : builtIn) };
  const states = [backend.name, 'fts5' as const].map((name) => readIndexState(db, name));
  const known = Math.min(...states.map((state) => state.cursor));
  const context: SearchContext = { filter, conditions: [], at: cursor.at, hidden: listHidden(db, known) };
  const limit = filter.limit ?? PAGE_SIZE;
  const request: PageRequest = { sort: filter.sort ?? 'relevance', exclude: [], offset: cursor.offset, limit };
  const { reading, corrected, found, help, without, literal } = await answerQuery(resolver, query, context, request);
  const end = cursor.offset + limit;
  const engine = answeredBy(resolver, reading, found);
  const state = readIndexState(db, engine);
  return {
    ids: found.ids,
    reading,
    total: found.total,
    counts: { subject: found.counts.subject, all: found.counts.all },
    asOf: asOfIndex(db, state),
    behind: isBehind(state),
    next: end < found.total ? formatSearchCursor({ offset: end, at: cursor.at }) : null,
    facets: toFacets(found.tallies, filter),
    engine,
    plan: describe(reading, query, found, corrected, literal),
    help,
    without,
    nothingAsked: null,
  };
}

/** The engine, where it looked for all of it: choices between spellings, exclusions and codes are the built-in index's to answer. */
function answeredBy({ backend, backendOf }: Resolver, reading: QueryInterpretation, { level }: Resolved) {
  const answering = level ?? reading.levels.at(-1);
  const steps = answering ? levelSteps(reading, answering) : [];
  return steps.find((step) => backendOf(step) !== backend) ? ('fts5' as const) : backend.name;
}

/** A search that the engine alone cannot answer. */
export class LongSearchError extends Error {}

const refuse = async (): Promise<never> => {
  throw new LongSearchError("not the engine's to answer");
};
const REFUSING: Backend = { name: 'fts5', find: refuse, countPhrases: refuse };

interface Answer {
  reading: QueryInterpretation;
  corrected: SearchPlan['corrected'];
  found: Resolved;
  help: SearchPage['help'];
  without: number;
  /** Hits of the text as it stands, where it was read otherwise. */
  literal: number | null;
}

const toAnswer = (reading: QueryInterpretation, found: Resolved, rest: Partial<Answer> = {}): Answer => ({
  ...{ reading, found, corrected: null, help: [], without: 0, literal: null },
  ...rest,
});

const under = (context: SearchContext, { plan }: QueryInterpretation): SearchContext => ({
  ...context,
  conditions: plan.conditions.flatMap(({ clauses }) => clauses),
});

/** As typed, with words that are filters; then without those; then corrected, when nothing in a title or name fits; then relaxed. */
async function answerQuery(
  resolver: Resolver,
  query: ParsedQuery,
  context: SearchContext,
  request: PageRequest,
): Promise<Answer> {
  const { db } = resolver;
  const reading = interpretQuery(db, query, context.at);
  const found = await resolveReading(resolver, reading, under(context, reading), request);
  if (found.total > 0 && isGood(found, reading))
    return toAnswer(reading, found, await countLiteral(resolver, reading, query, context));
  if (found.total === 0 && reading.plan.conditions.length > 0) {
    // Filters that nothing meets were no filters.
    const literal = readLiterally(db, query, context.at);
    const answer = await resolveReading(resolver, literal, context, request);
    if (answer.total > 0) return toAnswer({ ...literal, literal: null }, answer);
  }
  const isWhole = found.strict > 0 || found.level === reading.levels[0];
  const corrected =
    isWhole && found.total > MOST_TO_CORRECT
      ? undefined
      : await answerCorrected(resolver, query, reading, context, request);
  if (corrected) return corrected;
  if (found.total > 0) return toAnswer(reading, found, await countLiteral(resolver, reading, query, context));
  // Both are asked at the same time: what help costs in vain is less than waiting for the one before the other.
  const [loose, { help, without }] = await Promise.all([
    answerLoosely(resolver, reading, under(context, reading), request),
    suggestRelaxations(resolver, reading, under(context, reading)),
  ]);
  return loose ?? toAnswer(reading, found, { help, without });
}

/** More hits than this in bodies are no mistake in typing. */
const MOST_TO_CORRECT = 20;

/** Found where a reader looks for it: a code, or words in the head. */
const isGood = ({ counts, level, strict }: Resolved, { codes, levels }: QueryInterpretation) =>
  (counts.head > 0 && (level === levels[0] || strict > 0)) ||
  codes.length > 0 ||
  levels.every(({ slots }) => slots.length === 0);

/** How many hits the text has as it stands, where words of it were read as filters. */
async function countLiteral(
  resolver: Resolver,
  { plan, literal }: QueryInterpretation,
  query: ParsedQuery,
  context: SearchContext,
): Promise<Pick<Answer, 'literal'>> {
  if (literal === null || plan.conditions.length === 0) return { literal: null };
  const reading = readLiterally(resolver.db, query, context.at);
  return { literal: (await resolveReading(resolver, reading, context, COUNTS)).counts.all };
}

/** The answer for what was probably meant, where that stands in titles or names. */
async function answerCorrected(
  resolver: Resolver,
  query: ParsedQuery,
  reading: QueryInterpretation,
  context: SearchContext,
  request: PageRequest,
): Promise<Answer | undefined> {
  if (query.terms.some(({ kind }) => kind === 'phrase')) return undefined;
  if (resolver.builtIn === REFUSING) return refuse();
  const from = reading.plan.terms;
  const meant = correctTerms(resolver.db, from);
  if (!meant) return undefined;
  const better = interpretQuery(resolver.db, { ...parseQuery(meant), excluded: query.excluded }, context.at);
  const kept = {
    ...better,
    plan: { ...better.plan, conditions: [...reading.plan.conditions, ...better.plan.conditions] },
  };
  const found = await resolveReading(resolver, kept, under(context, kept), request);
  // What was meant has to stand in titles or names as it is, not in pieces.
  if (found.counts.head === 0 || (found.level !== kept.levels[0] && found.strict === 0)) return undefined;
  return toAnswer(kept, found, { corrected: { from: from.join(' '), to: meant } });
}

async function answerLoosely(
  resolver: Resolver,
  reading: QueryInterpretation,
  context: SearchContext,
  request: PageRequest,
): Promise<Answer | undefined> {
  if (resolver.builtIn === REFUSING) return refuse();
  const readings = await relaxQuery(resolver, reading);
  const counted = await Promise.all(readings.map((one) => resolveReading(resolver, one, context, COUNTS)));
  // Titles and names that hold a little less come before bodies that hold a little more.
  const index = counted.findIndex(({ counts }) => counts.head > 0);
  const loose = readings[index >= 0 ? index : counted.findIndex(({ total }) => total > 0)];
  if (!loose) return undefined;
  return toAnswer(loose, await resolveReading(resolver, loose, context, request));
}

function describe(
  { plan, codes, dropped, literal }: QueryInterpretation,
  query: ParsedQuery,
  { scope, level, strict, total }: Resolved,
  corrected: SearchPlan['corrected'],
  literalTotal: number | null,
): SearchPlan {
  const phrases = query.terms.filter(({ kind }) => kind === 'phrase').map(({ text }) => text);
  const words = level ? level.slots.map(({ text }) => text) : plan.words;
  const isLoose =
    level !== undefined && total > strict && (level.isCut || level.without.length > 0) && dropped.length === 0;
  return {
    words: words.filter((word) => !phrases.includes(word)),
    phrases,
    excluded: plan.excluded,
    codes: [...codes],
    conditions: plan.conditions.map(({ typed, label, kind }) => ({ typed, label, kind })),
    literal: literal === null ? null : { q: literal, total: literalTotal },
    rewritten: plan.rewritten,
    corrected,
    dropped,
    loose: isLoose
      ? {
          whole: plan.terms.filter((term) => !phrases.includes(term)),
          strict,
          without: [...level.without],
          isCut: level.isCut,
        }
      : null,
    scope: codes.length > 0 ? 'code' : scope,
  };
}
