import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { NotFoundError, PublicityEndedError } from '#src/domain/errors.ts';
import { toLifeFacts } from '#src/domain/exposures/content.ts';
import { EXPOSURE_STATES, isPublicState, stateAt } from '#src/domain/exposures/life-cycle.ts';
import { publicationPeriod } from '#src/domain/exposures/period.ts';
import type { ExposureVersionView, ExposureView } from '#src/domain/exposures/views.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { EXPOSURE_COLUMNS, EXPOSURE_TABLES, type ExposureRow, readContent, toExposureSummary } from './row.ts';

type Row = ExposureRow & { source_name: string; gone_at: string | null; ended_at: string | null };

const ROW = `SELECT ${EXPOSURE_COLUMNS}, e.gone_at, e.ended_at, (SELECT name FROM sources WHERE key = e.source_key) AS source_name
  FROM ${EXPOSURE_TABLES} WHERE e.id = ?`;
const VERSIONS = `SELECT version, recorded_at AS recordedAt, hash, reason FROM exposure_versions WHERE exposure_id = ? ORDER BY version DESC`;

/**
 * An entry in force with everything its page shows.
 * @throws NotFoundError when there is no such entry, or it has never been public.
 * @throws PublicityEndedError when its publication has ended; the error says nothing about whom or why.
 */
export function getExposure(db: Db, id: string, now: Instant = new Date().toISOString()): ExposureView {
  const row = ID_PATTERN.test(id) ? findRow<Row>(db, ROW, [id]) : undefined;
  if (!row) throw new NotFoundError('没有这条公示信息，或地址有误。');
  const { content, events } = readContent(row);
  const state = stateAt(toLifeFacts(content, events), now);
  if (!EXPOSURE_STATES[state].wasPublic) throw new NotFoundError('没有这条公示信息，或地址有误。');
  if (row.ended_at !== null || !isPublicState(state)) throw new PublicityEndedError();
  const { sourceKey: _key, ...said } = content;
  return {
    ...said,
    ...toExposureSummary(row, now),
    period: publicationPeriod(content),
    events: events.filter(({ at }) => at <= now),
    versions: listRows<ExposureVersionView>(db, VERSIONS, [id]),
    sourceName: row.source_name,
    goneFromSource: row.gone_at !== null,
    asOf: now,
  };
}
