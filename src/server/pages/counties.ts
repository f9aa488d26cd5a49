import type { CountyCard } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listCounties } from '../counties/list.ts';
import { webDb } from '../db.ts';
import { getAsOf } from '../sources/as-of.ts';

export interface CountiesPage {
  cards: CountyCard[];
  asOf: Instant;
  now: Instant;
}

/** The list of the counties' sites. */
export function loadCounties(): CountiesPage {
  const now = new Date().toISOString();
  const db = webDb();
  return { cards: listCounties(db, now), asOf: getAsOf(db), now };
}
