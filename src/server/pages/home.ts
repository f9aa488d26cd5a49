import type { Db } from '#db/client.ts';
import type { HomeView } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../config.ts';
import { listCounties } from '../counties/list.ts';
import { webDb } from '../db.ts';
import { listNotices } from '../notices/list.ts';
import { findLastDay, listCategoryCounts, listYearTotals } from '../notices/overview.ts';
import { getAsOf } from '../sources/as-of.ts';

const CLOSING = 5;
const NEWEST = 5;

export interface HomePage {
  now: Instant;
  siteName: string;
  home: HomeView;
}

/** The home page. */
export function loadHome(): HomePage {
  const now = new Date().toISOString();
  return { now, siteName: getConfig().SITE_NAME, home: getHome(webDb(), now) };
}

/** Everything the home page shows. Costs a fixed number of index reads, whatever the number of notices. */
export function getHome(db: Db, now: Instant = new Date().toISOString()): HomeView {
  const categories = listCategoryCounts(db, now);
  const closing = listNotices(db, { status: 'open', sort: 'deadline', limit: CLOSING }, now);
  return {
    categories,
    total: categories.reduce((sum, { total }) => sum + total, 0),
    lastDay: findLastDay(db, now),
    openTotal: closing.total,
    closingSoon: closing.items,
    // What can still be bid for, newest first: results are no news to whoever comes for business.
    newest: listNotices(db, { status: 'open', limit: NEWEST }, now).items,
    counties: listCounties(db, now),
    years: listYearTotals(db),
    asOf: getAsOf(db),
  };
}
