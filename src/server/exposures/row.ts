import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { RowOf } from '#db/compile.ts';
import { selectAll } from '#db/query.ts';
import { exposureEvents, exposureVersions } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, stateAt } from '#src/domain/exposures/life-cycle.ts';
import { publicationPeriod } from '#src/domain/exposures/period.ts';
import type { ExposureSummary } from '#src/domain/exposures/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { e } from './in-force.ts';

/** The version of the entry `e`. */
export const v = aliased(exposureVersions, 'v');
const { kind, at, basis } = exposureEvents;

/** What a summary is made of, for queries of `EXPOSURES_WITH_CONTENT`. Content and events are JSON: see `readContent`. */
export const EXPOSURE_FIELDS = {
  id: e.id,
  subjectKey: e.subjectKey,
  subjectUscc: e.subjectUscc,
  content: v.content,
  events: sql<string>`(SELECT json_group_array(json_object('kind', ${kind}, 'at', ${at}, 'basis', ${basis}) ORDER BY ${at}, ${kind})
    FROM ${exposureEvents} WHERE ${exposureEvents.exposureId} = ${e.id})`,
};
export type ExposureRow = RowOf<typeof EXPOSURE_FIELDS>;

/** Table expression for `EXPOSURE_FIELDS`. */
export const EXPOSURES_WITH_CONTENT = sql`${named(e)} JOIN ${named(v)} ON ${v.exposureId} = ${e.id} AND ${v.version} = ${e.version}`;

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

/** The order of lists. */
const NEWEST_DECISION = sql`ORDER BY ${e.decisionDate} DESC, ${e.id} DESC`;

/** Rows of entries under a condition on `e`, newest decision first; all of them when no `limit` is given. */
export function listExposureRows(db: Db, where: SQL, limit?: number): ExposureRow[] {
  const most = limit === undefined ? sql`` : sql` LIMIT ${limit}`;
  return selectAll(db, EXPOSURE_FIELDS, sql`FROM ${EXPOSURES_WITH_CONTENT} WHERE ${where} ${NEWEST_DECISION}${most}`);
}
