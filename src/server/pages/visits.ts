import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { webDb } from '../db.ts';
import { listVisitDays, listVisitPages, type VisitCount } from '../visits/figures.ts';

export interface VisitsPage {
  now: Instant;
  days: Omit<VisitCount, 'page'>[];
  pages: Omit<VisitCount, 'day'>[];
}

const SHOWN_DAYS = 90;

/** How often pages were asked for in the last three months. */
export function loadVisits(): VisitsPage {
  const now = new Date().toISOString();
  const from = formatDate(addDays(now, 1 - SHOWN_DAYS));
  return { now, days: listVisitDays(webDb(), from), pages: listVisitPages(webDb(), from) };
}
