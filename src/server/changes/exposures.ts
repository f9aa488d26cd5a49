import { sql } from 'drizzle-orm';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import { e, inForce } from '../exposures/in-force.ts';
import { EXPOSURE_FIELDS, EXPOSURES_WITH_CONTENT, readContent, v } from '../exposures/row.ts';
import type { ChangeFeed } from './feed.ts';

/** An entry of the exposure board or the blacklist as it is public now. */
export interface ExposurePayload {
  version: number;
  hash: string;
  exposure: ExposureContent;
  /** What has taken effect, by date. */
  events: ExposureEvent[];
  /** The source no longer lists the entry. */
  goneFromSource: boolean;
}

const PUBLIC = defineSelect((p: Params<{ id: string; now: Instant }>) => ({
  fields: { ...EXPOSURE_FIELDS, version: v.version, hash: v.hash, goneAt: e.goneAt },
  rest: sql`FROM ${EXPOSURES_WITH_CONTENT} WHERE ${e.id} = ${p.id} AND ${inForce(p.now)}`,
}));

/** Entries are public by date: whether one is told is decided when somebody asks. */
export const EXPOSURE_CHANGES: ChangeFeed<ExposurePayload> = {
  subject: 'exposure',
  findRemoval: (db, id) => findRemoval(db, 'exposure', id),
  find(db, id, now) {
    const row = PUBLIC.first(db, { id, now });
    if (!row) return undefined;
    const { content, events } = readContent(row);
    return {
      version: row.version,
      hash: row.hash,
      exposure: content,
      events: events.filter(({ at }) => at <= now),
      goneFromSource: row.goneAt !== null,
    };
  },
};
