import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { memoizeOnData } from '#db/memoize.ts';
import { defineSelect, selectAll } from '#db/query.ts';
import { noticeCounts } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type NoticeFilter, toClauses } from '#src/domain/notices/notice-filter.ts';
import type { Facets } from '#src/domain/site/views.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import {
  type Condition,
  type ConditionKind,
  fromClause,
  hidden,
  listConditions,
  n,
  toSql,
  whereAll,
} from './conditions.ts';

/** A number of public notices of one category, stage and county. */
export interface Tally {
  category: Category;
  stage: Stage;
  county: County;
  total: number;
}

interface YearTally extends Tally {
  year: number;
}

const { category, stage, county, year, total } = noticeCounts;

const BY_YEAR = defineSelect(() => ({
  fields: { category, stage, county, year, total },
  rest: sql`FROM ${noticeCounts} WHERE ${total} > 0`,
}));

const OF_ALL_YEARS = defineSelect(() => ({
  fields: { category, stage, county, total: sql<number>`sum(${total})` },
  rest: sql`FROM ${noticeCounts} WHERE ${total} > 0 GROUP BY ${category}, ${stage}, ${county}`,
}));

/** Every count the triggers keep: the size of dimensions × years, whatever the number of notices. */
export const listYearTallies = memoizeOnData((db: Db): YearTally[] => BY_YEAR.all(db));

/** The kept counts of all years together. */
export const listAllTallies = memoizeOnData((db: Db): Tally[] => OF_ALL_YEARS.all(db));

const COUNTED = { category: n.category, stage: n.stage, county: n.county, total: sql<number>`count(*)` };

/**
 * Numbers of notices by category, stage and county under all other filters: total and facets both come from here.
 * Whole years are read from the kept counts; anything finer is counted through the index of its filter.
 */
export function listTallies(db: Db, filter: NoticeFilter, at: Instant): Tally[] {
  const { category: _c, stage: _s, county: _d, ...rest } = filter;
  const conditions = listConditions(rest, at);
  const years = wholeYears(rest, conditions);
  if (years) {
    const [first, last] = years;
    if (!filter.from && !filter.to) return listAllTallies(db);
    return listYearTallies(db).filter(({ year }) => year >= first && year <= last);
  }
  const counted = countedTallies(db);
  const key = JSON.stringify(toClauses(rest, at));
  const tallies = counted.get(key) ?? countTallies(db, conditions);
  // The last ones stay: a reader walks through the pages of one list, and every page says how many there are.
  counted.delete(key);
  counted.set(key, tallies);
  for (const oldest of counted.keys()) if (counted.size > MOST_COUNTED) counted.delete(oldest);
  return tallies;
}

/** Filters whose counts are remembered until something changes. */
const MOST_COUNTED = 100;
const countedTallies = memoizeOnData(() => new Map<string, Tally[]>());

function countTallies(db: Db, conditions: readonly Condition[]): Tally[] {
  const indexed = new Set([drivingKind(conditions)]);
  const where = whereAll(conditions.map((condition) => toSql(condition, indexed)));
  return selectAll(
    db,
    COUNTED,
    sql`FROM ${fromClause(conditions)}${where} GROUP BY ${hidden(n.category)}, ${hidden(n.stage)}, ${hidden(n.county)}`,
  );
}

/** Which kind of condition finds the fewest rows by itself, by experience: a driver of its filter is the first it has. */
const DRIVERS: readonly ((condition: Condition) => boolean)[] = [
  ({ kind }) => kind === 'party',
  ({ kind }) => kind === 'project',
  ({ kind, is }) => kind === 'deadline' && is === '>',
  ({ kind }) => kind === 'amount',
  ({ kind }) => kind === 'published',
  ({ kind }) => kind === 'deadline',
];

/** The kind of condition that the plan of a filter starts from. */
export function drivingKind(conditions: readonly Condition[]): ConditionKind {
  for (const drives of DRIVERS) {
    const driver = conditions.find(drives);
    if (driver) return driver.kind;
  }
  return 'dimension';
}

/** True when the counts under a filter are kept: nothing has to be counted, and only a page is read. */
export function hasKeptCounts(filter: NoticeFilter): boolean {
  return wholeYears(filter, listConditions(filter, new Date(0).toISOString())) !== undefined;
}

/** First and last year when the filter asks for nothing finer than whole Shanghai years; undefined otherwise. */
function wholeYears(filter: NoticeFilter, conditions: readonly Condition[]): [number, number] | undefined {
  if (conditions.some(({ kind }) => kind !== 'dimension' && kind !== 'published')) return undefined;
  const { from, to } = filter;
  if ((from && !from.endsWith('-01-01')) || (to && !to.endsWith('-12-31'))) return undefined;
  return [from ? Number(from.slice(0, 4)) : 0, to ? Number(to.slice(0, 4)) : 9999];
}

/** The dimensions of a filter that tallies are kept by. */
type Dimensions = Partial<Pick<Tally, 'category' | 'stage' | 'county'>>;

/** Sum of the tallies that have the given category, stage and county, where given. */
export function sumTallies(tallies: readonly Tally[], { category, stage, county }: Dimensions): number {
  let sum = 0;
  for (const tally of tallies) {
    if (category && tally.category !== category) continue;
    if (stage && tally.stage !== stage) continue;
    if (county && tally.county !== county) continue;
    sum += tally.total;
  }
  return sum;
}

/** Counts under every value of each dimension, the dimension's own filter left out. */
export function toFacets(tallies: readonly Tally[], { category, stage, county }: Dimensions): Facets {
  const facets: Facets = { category: {}, stage: {}, county: {} };
  for (const tally of tallies) {
    const inCategory = !category || tally.category === category;
    const inStage = !stage || tally.stage === stage;
    const inCounty = !county || tally.county === county;
    if (inStage && inCounty) facets.category[tally.category] = (facets.category[tally.category] ?? 0) + tally.total;
    if (inCategory && inCounty) facets.stage[tally.stage] = (facets.stage[tally.stage] ?? 0) + tally.total;
    if (inCategory && inStage) facets.county[tally.county] = (facets.county[tally.county] ?? 0) + tally.total;
  }
  return facets;
}
