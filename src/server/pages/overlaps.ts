import type { OverlapView } from '#src/domain/exposures/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { webDb } from '../db.ts';
import { listOverlaps } from '../exposures/overlaps.ts';

export interface OverlapsPage {
  overlaps: OverlapView[];
  now: Instant;
}

/** Deals within a penalty of their winner. */
export function loadOverlaps(): OverlapsPage {
  const now = new Date().toISOString();
  return { overlaps: listOverlaps(webDb(), now), now };
}
