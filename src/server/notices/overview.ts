import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { CategoryCount, LastDay, YearTotal } from '#src/domain/site/site-views.ts';
import { addDays, formatDate, type Instant, startOfDay, toShanghaiClock } from '#src/domain/time/time.ts';
import { n } from './conditions.ts';
import { listTallies, listYearTallies, sumTallies } from './tally.ts';

/** Numbers of every category, of one county where given; categories without notices are there with 0. */
export function listCategoryCounts(db: Db, now: Instant, county?: County): CategoryCount[] {
  const { year } = toShanghaiClock(now);
  const all = listYearTallies(db);
  const thisYear = all.filter((tally) => tally.year === year);
  return CATEGORY_SLUGS.map((category) => {
    const wanted = county ? { category, county } : { category };
    return {
      category,
      total: sumTallies(all, wanted),
      thisYear: sumTallies(thisYear, wanted),
    };
  });
}

// No list: that would count everything before the day too.
const NEWEST = defineSelect((p: Params<{ until: Instant }>) => ({
  fields: { publishedAt: n.publishedAt },
  rest: sql`FROM ${named(n)} WHERE ${n.publishedAt} < ${p.until} ORDER BY ${n.publishedAt} DESC LIMIT 1`,
}));
const NEWEST_OF_COUNTY = defineSelect((p: Params<{ county: County; until: Instant }>) => ({
  fields: { publishedAt: n.publishedAt },
  rest: sql`FROM ${named(n)} WHERE ${n.county} = ${p.county} AND ${n.publishedAt} < ${p.until}
    ORDER BY ${n.publishedAt} DESC LIMIT 1`,
}));

/** The last day, today or before it, on which anything was published, of one county where given: early in the day today has nothing. */
export function findLastDay(db: Db, now: Instant, county?: County): LastDay | null {
  const wanted = county ? { county } : {};
  const until = addDays(startOfDay(formatDate(now)), 1);
  const newest = county ? NEWEST_OF_COUNTY.first(db, { county, until }) : NEWEST.first(db, { until });
  if (!newest) return null;
  const day = formatDate(newest.publishedAt);
  return { day, total: sumTallies(listTallies(db, { ...wanted, from: day, to: day }, now), wanted) };
}

/** Numbers of every year that has notices, newest first. */
export function listYearTotals(db: Db): YearTotal[] {
  const years = new Map<number, YearTotal>();
  for (const { year, category, total } of listYearTallies(db)) {
    const entry = years.get(year) ?? { year, total: 0, categories: {} };
    entry.total += total;
    entry.categories[category] = (entry.categories[category] ?? 0) + total;
    years.set(year, entry);
  }
  return [...years.values()].sort((a, b) => b.year - a.year);
}
