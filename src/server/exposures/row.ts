import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, stateAt } from '#src/domain/exposures/life-cycle.ts';
import { publicationPeriod } from '#src/domain/exposures/period.ts';
import type { ExposureSummary } from '#src/domain/exposures/views.ts';
import type { Instant } from '#src/domain/time/time.ts';

export interface ExposureRow {
  id: string;
  subject_key: string;
  subject_uscc: string | null;
  content: string;
  events: string;
}

/** Select list for `ExposureRow`, for queries that name the entry `e` and its version `v`. */
export const EXPOSURE_COLUMNS = `e.id, e.subject_key, e.subject_uscc, v.content,
  (SELECT json_group_array(json_object('kind', kind, 'at', at, 'basis', basis)) FROM
    (SELECT kind, at, basis FROM exposure_events WHERE exposure_id = e.id ORDER BY at, kind)) AS events`;

/** Table expression for `EXPOSURE_COLUMNS`. */
export const EXPOSURE_TABLES = 'exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version';

/** What an entry says and what happened to it. We wrote both, so they are trusted. */
export function readContent(row: Pick<ExposureRow, 'content' | 'events'>): {
  content: ExposureContent;
  events: ExposureEvent[];
} {
  return { content: JSON.parse(row.content) as ExposureContent, events: JSON.parse(row.events) as ExposureEvent[] };
}

/** Maps a row to what lists show. */
export function toExposureSummary(row: ExposureRow, now: Instant): ExposureSummary {
  const { content, events } = readContent(row);
  return {
    id: row.id,
    board: content.board,
    state: stateAt(toLifeFacts(content, events), now),
    county: content.county,
    subjectType: content.subjectType,
    subjectName: content.subjectName,
    subjectUscc: content.subjectUscc,
    misconduct: content.misconduct,
    violation: content.violation,
    decisionNo: content.decisionNo,
    authority: content.authority,
    decisionDate: content.decisionDate,
    penaltyContent: content.penaltyContent,
    publishedAt: content.publishedAt,
    publicUntil: publicationPeriod(content).until,
    validUntil: content.validUntil,
  };
}

/** Rows of entries under a condition on `e`. */
export function listExposureRows(
  db: Db,
  where: string,
  values: readonly (string | number | null)[],
  order = 'e.decision_date DESC, e.id DESC',
): ExposureRow[] {
  return listRows<ExposureRow>(
    db,
    `SELECT ${EXPOSURE_COLUMNS} FROM ${EXPOSURE_TABLES} WHERE ${where} ORDER BY ${order}`,
    values,
  );
}
