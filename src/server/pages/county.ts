import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DutyTotals } from '#src/domain/disclosure-score/states.ts';
import type { CountyView } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getCounty } from '../counties/list.ts';
import { webDb } from '../db.ts';
import { newestYear, totalsByCode } from '../flags/list.ts';
import { totalsBy } from '../score/list.ts';
import type { Asked } from './asked.ts';

export interface CountyPage {
  view: CountyView;
  /** Indicators and duties of its lots in a year; null before any was derived. */
  supervision: { year: string; flagged: number; computed: number; duties: DutyTotals } | null;
  now: Instant;
}

/** A county's own site. @throws NotFoundError */
export function loadCounty({ params }: Asked): CountyPage {
  const now = new Date().toISOString();
  const db = webDb();
  const view = getCounty(db, params.slug ?? '', now);
  return { view, supervision: readSupervision(db, view.county), now };
}

function readSupervision(db: Db, county: County): CountyPage['supervision'] {
  const year = newestYear(db);
  if (year === null) return null;
  const totals = [...totalsByCode(db, { year, county }).values()];
  const flagged = totals.reduce((sum, each) => sum + each.flagged, 0);
  const computed = totals.reduce((sum, each) => sum + each.flagged + each.clear, 0);
  return { year, flagged, computed, duties: totalsBy(db, 'county', { year, county }).get(county) ?? {} };
}
