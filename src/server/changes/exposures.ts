import { findRow } from '#db/statements.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import { IN_FORCE, inForceValues } from '../exposures/in-force.ts';
import { EXPOSURE_COLUMNS, EXPOSURE_TABLES, type ExposureRow, readContent } from '../exposures/row.ts';
import type { ChangeFeed } from './feed.ts';

/** An entry of the exposure board or the blacklist as it is public now. */
export interface ToldExposure {
  version: number;
  hash: string;
  exposure: ExposureContent;
  /** What has taken effect, by date. */
  events: ExposureEvent[];
  /** The source no longer lists the entry. */
  goneFromSource: boolean;
}

type Row = ExposureRow & { version: number; hash: string; gone: number };

const PUBLIC = `SELECT ${EXPOSURE_COLUMNS}, v.version, v.hash, e.gone_at IS NOT NULL AS gone
  FROM ${EXPOSURE_TABLES} WHERE e.id = ? AND ${IN_FORCE}`;

/** Entries are public by date: whether one is told is decided when somebody asks. */
export const EXPOSURE_CHANGES: ChangeFeed<ToldExposure> = {
  table: 'exposure_changes',
  id: 'exposure_id',
  find(db, { id }, now) {
    const row = findRow<Row>(db, PUBLIC, [id, ...inForceValues(now)]);
    if (!row) return undefined;
    const { content, events } = readContent(row);
    return {
      version: row.version,
      hash: row.hash,
      exposure: content,
      events: events.filter(({ at }) => at <= now),
      goneFromSource: row.gone === 1,
    };
  },
};
