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
import {
  addDays,
  calendarDaysBetween,
  formatDate,
  type Instant,
  lastDayBefore,
  startOfDay,
} from '#src/domain/time/time.ts';
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
  const isDated = conditions.every(({ kind }) => kind === 'published');
  const tallies = counted.get(key) ?? (isDated ? countDays(db, rest) : countTallies(db, conditions));
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

/** Some days, both included, that are counted, and added to what is kept or taken away from it. */
interface Edge {
  sign: 1 | -1;
  from: string;
  to: string;
}

/** The day before a day. */
const dayBefore = (day: string) => lastDayBefore(startOfDay(day));
const daysOf = ({ from, to }: Pick<Edge, 'from' | 'to'>) => calendarDaysBetween(startOfDay(from), startOfDay(to)) + 1;

/** What is before a day: whole years, and the days between it and the nearest New Year. */
function cutAt(day: string): { year: number; edge: Edge } {
  const year = Number(day.slice(0, 4));
  const behind: Edge = { sign: 1, from: `${year}-01-01`, to: dayBefore(day) };
  const ahead: Edge = { sign: -1, from: day, to: `${year}-12-31` };
  return daysOf(behind) <= daysOf(ahead) ? { year, edge: behind } : { year: year + 1, edge: ahead };
}

/** Numbers of notices of some days: of the days themselves, or of whole years with what is too much or too little, whichever are fewer. */
function countDays(db: Db, { from, to }: Pick<NoticeFilter, 'from' | 'to'>): Tally[] {
  const start = from ? cutAt(from) : undefined;
  const end = to ? cutAt(formatDate(addDays(startOfDay(to), 1))) : undefined;
  const edges = [...(end ? [end.edge] : []), ...(start ? [{ ...start.edge, sign: -start.edge.sign as 1 | -1 }] : [])];
  const ofEdges = edges.reduce((sum, edge) => sum + Math.max(0, daysOf(edge)), 0);
  if (from && to && daysOf({ from, to }) <= ofEdges) return countDaysAlone(db, { from, to });
  const sums = new Map<string, Tally>();
  const add = (tallies: readonly Tally[], sign: 1 | -1) => {
    for (const { category, stage, county, total } of tallies) {
      const key = `${category} ${stage} ${county}`;
      sums.set(key, { category, stage, county, total: (sums.get(key)?.total ?? 0) + sign * total });
    }
  };
  const [first, last] = [start?.year ?? 0, end?.year ?? 9999];
  const years = listYearTallies(db);
  add(
    years.filter(({ year }) => year < last),
    1,
  );
  add(
    years.filter(({ year }) => year < first),
    -1,
  );
  for (const { sign, ...days } of edges) if (daysOf(days) > 0) add(countDaysAlone(db, days), sign);
  return [...sums.values()].filter(({ total }) => total > 0);
}

const countDaysAlone = (db: Db, days: { from: string; to: string }): Tally[] =>
  countTallies(db, listConditions(days, new Date(0).toISOString()));

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
