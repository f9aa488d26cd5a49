import type { CountyView } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getCounty } from '../counties/list.ts';
import { webDb } from '../db.ts';
import type { Asked } from './asked.ts';

export interface CountyPage {
  view: CountyView;
  now: Instant;
}

/** A county's own site. @throws NotFoundError */
export function loadCounty({ params }: Asked): CountyPage {
  const now = new Date().toISOString();
  return { view: getCounty(webDb(), params.slug ?? '', now), now };
}
