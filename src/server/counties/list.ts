import type { Db } from '#db/client.ts';
import { COUNTIES, COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { everyOf } from '#src/domain/exhaustive.ts';
import type { CountyCard, CountyView, SourceHealth, SourceState } from '#src/domain/site/site-views.ts';
import { type Instant, toShanghaiClock } from '#src/domain/time/time.ts';
import { listNotices } from '../notices/list.ts';
import { findLastDay, listCategoryCounts } from '../notices/overview.ts';
import { listTallies, listYearTallies, sumTallies } from '../notices/tally.ts';
import { getAsOf } from '../sources/as-of.ts';
import { listSources } from '../sources/health.ts';

const SHOWN = 6;

/** Worst first: what a county's card says when its sources differ. */
const SEVERITY = everyOf<SourceState>()(['held', 'failing', 'late', 'never', 'fresh', 'paused']);

/** The city's and the 14 counties' cards, in the order of the registry; a county without data or sources is there too. */
export function listCounties(db: Db, now: Instant = new Date().toISOString()): CountyCard[] {
  const sources = listSources(db, now);
  const all = listYearTallies(db);
  const { year } = toShanghaiClock(now);
  const thisYear = all.filter((tally) => tally.year === year);
  const open = listTallies(db, { status: 'open' }, now);
  return COUNTY_SLUGS.map((county) => ({
    county,
    total: sumTallies(all, { county }),
    thisYear: sumTallies(thisYear, { county }),
    open: sumTallies(open, { county }),
    ...judgeCounty(sources.filter((source) => source.county === county)),
  }));
}

/** A county's own site. @throws NotFoundError when there is no such county. */
export function getCounty(db: Db, slug: string, now: Instant = new Date().toISOString()): CountyView {
  const county = parseCounty(slug);
  const sources = listSources(db, now).filter((source) => source.county === county);
  const closing = listNotices(db, { county, status: 'open', sort: 'deadline', limit: SHOWN }, now);
  const categories = listCategoryCounts(db, now, county);
  return {
    county,
    total: categories.reduce((sum, { total }) => sum + total, 0),
    thisYear: categories.reduce((sum, { thisYear }) => sum + thisYear, 0),
    open: closing.total,
    lastDay: findLastDay(db, now, county),
    ...judgeCounty(sources),
    categories,
    closingSoon: closing.items,
    latest: listNotices(db, { county, limit: SHOWN }, now).items,
    sources,
    asOf: getAsOf(db),
  };
}

/** The county behind a slug in an address. @throws NotFoundError */
export function parseCounty(slug: string): County {
  if (!Object.hasOwn(COUNTIES, slug)) throw new NotFoundError('没有这个县（市、区）的站点');
  return slug as County;
}

function judgeCounty(sources: readonly SourceHealth[]): Pick<CountyCard, 'lastSuccessAt' | 'state'> {
  const successes = sources.flatMap((source) => source.lastSuccessAt ?? []).sort();
  return {
    lastSuccessAt: successes.at(-1) ?? null,
    state: SEVERITY.find((state) => sources.some((source) => source.state === state)) ?? null,
  };
}
