import type { Db } from '#db/client.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, publicInterval } from '#src/domain/exposures/life-cycle.ts';
import { saltContent } from '../salted.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { findRow, insertSql, listRows, run } from '../statements.ts';
import type { PreparedExposure } from './prepare.ts';

const COLUMNS = [
  'id',
  'source_key',
  'source_item_id',
  'version',
  'board',
  'county',
  'subject_type',
  'subject_key',
  'subject_uscc',
  'misconduct',
  'decision_key',
  'authority',
  'decision_date',
  'public_from',
  'public_until',
  'withheld',
  'first_seen_at',
  'updated_at',
  'last_seen_at',
];
const FIXED = new Set(['id', 'source_key', 'board', 'decision_key', 'first_seen_at']);
const UPSERT = `${insertSql('exposures', COLUMNS)} ON CONFLICT (id) DO UPDATE SET ${COLUMNS.filter(
  (column) => !FIXED.has(column),
)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}, gone_at = NULL, ended_at = NULL`;
const REVISION = insertSql('exposure_revisions', [
  'exposure_id',
  'version',
  'seal',
  'recorded_at',
  'reason',
  'raw_item_id',
]);
const CONTENT = insertSql('exposure_contents', ['exposure_id', 'version', 'content', 'hash', 'salt', 'policy']);
const INTERVAL = `UPDATE exposures SET public_until = min(@until, coalesce(ended_at, @until)), updated_at = @now,
  last_seen_at = @now, gone_at = NULL WHERE id = @id`;
const EVENT = `${insertSql('exposure_events', ['exposure_id', 'kind', 'at', 'basis', 'recorded_at'])} ON CONFLICT DO NOTHING`;

/** Appends what was not known yet; a second event of a kind counts only with another date. Returns whether there was any. */
export function addEvents(db: Db, id: string, events: readonly ExposureEvent[], now: string): boolean {
  const added = events.map(({ kind, at, basis }) => {
    // A source that marks a revocation without its date marks it again at every reading.
    if (kind === 'revoked' && hasEvent(db, id, kind)) return false;
    return run(db, EVENT, { exposure_id: id, kind, at, basis, recorded_at: now }).changes > 0;
  });
  return added.includes(true);
}

function hasEvent(db: Db, id: string, kind: string): boolean {
  return findRow(db, 'SELECT 1 FROM exposure_events WHERE exposure_id = ? AND kind = ?', id, kind) !== undefined;
}

/** Appends a version. */
export function appendVersion(
  db: Db,
  { json, hash }: PreparedExposure,
  extra: { id: string; version: number; rawItemId: number; now: string },
): void {
  const { id, version, rawItemId, now } = extra;
  const { salt, seal } = saltContent(json);
  const reason = version === 1 ? 'created' : 'changed';
  run(db, REVISION, { exposure_id: id, version, seal, recorded_at: now, reason, raw_item_id: rawItemId });
  run(db, CONTENT, { exposure_id: id, version, content: json, hash, salt, policy: SANITIZE_POLICY });
}

/** Writes the row of an entry, with the interval in which it is public. */
export function writeRow(
  db: Db,
  entry: PreparedExposure,
  { id, version, now }: { id: string; version: number; now: string },
) {
  const { content } = entry;
  const { from, until, withheld } = publicInterval(toLifeFacts(content, listEvents(db, id)));
  run(db, UPSERT, {
    id,
    source_key: content.sourceKey,
    source_item_id: entry.sourceItemId,
    version,
    board: content.board,
    county: content.county,
    subject_type: content.subjectType,
    subject_key: entry.subjectKey,
    subject_uscc: content.subjectUscc,
    misconduct: content.misconduct,
    decision_key: entry.decisionKey,
    authority: content.authority,
    decision_date: content.decisionDate,
    public_from: from,
    public_until: until,
    withheld: withheld ? 1 : 0,
    first_seen_at: now,
    updated_at: now,
    last_seen_at: now,
  });
}

/** Computes anew when an entry is public, after something happened to it. */
export function refreshInterval(db: Db, id: string, now: string): void {
  const sql =
    'SELECT v.content FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version WHERE e.id = ?';
  const { content } = findRow<{ content: string }>(db, sql, id) as { content: string };
  const { until } = publicInterval(toLifeFacts(JSON.parse(content) as ExposureContent, listEvents(db, id)));
  run(db, INTERVAL, { id, until, now });
}

function listEvents(db: Db, id: string): ExposureEvent[] {
  return listRows<ExposureEvent>(
    db,
    'SELECT kind, at, basis FROM exposure_events WHERE exposure_id = ? ORDER BY at',
    id,
  );
}
