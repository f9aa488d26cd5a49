import type { Db } from '#db/client.ts';
import type { NoticeReading, VersionReason } from '#src/domain/notices/notice-content.ts';
import { READING_RULES } from '../facts/reading.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import { saltContent } from '../salted.ts';
import { insertSql, run } from '../statements.ts';

const COLUMNS = [
  'id',
  'source_key',
  'source_item_id',
  'version',
  'title',
  'category',
  'stage',
  'county',
  'published_by',
  'project_id',
  'project_code',
  'lot_code',
  'buyer',
  'agency',
  'suppliers',
  'amount_fen',
  'amount_kind',
  'deadline_at',
  'deadline_precision',
  'opening_at',
  'opening_precision',
  'published_at',
  'published_precision',
  'facts',
  'reading_rules',
  'source_url',
  'twin_key',
  'fingerprint',
  'first_seen_at',
  'updated_at',
  'last_seen_at',
  'canonical_id',
];
const FIXED = new Set(['id', 'source_key', 'source_item_id', 'first_seen_at']);
const UPSERT = `${insertSql('notices', COLUMNS)} ON CONFLICT (id) DO UPDATE SET ${COLUMNS.filter(
  (column) => !FIXED.has(column),
)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}, withdrawn_at = NULL, gone_at = NULL`;

const REVISION = insertSql('notice_revisions', [
  'notice_id',
  'version',
  'content_version',
  'seal',
  'published_at',
  'reason',
  'raw_item_id',
]);
const CONTENT = insertSql('notice_contents', ['notice_id', 'version', 'content', 'hash', 'salt', 'policy']);
/** What a notice's row holds besides what was prepared. */
export interface RowExtra {
  version: number;
  projectId: string;
  canonicalId: string | null;
  now: string;
}

/** Writes a notice's row, new or changed. Whatever was withdrawn or gone is there again. */
export function writeNotice(db: Db, notice: PreparedNotice, extra: RowExtra): void {
  run(db, UPSERT, toRow(notice, extra));
}

function toRow({ content, reading, twinKey, fingerprint }: PreparedNotice, extra: RowExtra): Record<string, unknown> {
  return {
    id: content.id,
    source_key: content.sourceKey,
    source_item_id: content.sourceItemId,
    version: extra.version,
    title: content.title,
    category: content.category,
    stage: content.stage,
    county: content.county,
    published_by: content.publishedBy,
    project_id: extra.projectId,
    ...toReadingColumns(reading),
    published_at: content.publishedAt,
    published_precision: content.publishedPrecision,
    source_url: content.sourceUrl,
    twin_key: twinKey,
    fingerprint,
    first_seen_at: extra.now,
    updated_at: extra.now,
    last_seen_at: extra.now,
    canonical_id: extra.canonicalId,
  };
}

/** The columns that hold what was read out of a notice. */
export function toReadingColumns(reading: NoticeReading): Record<string, string | number | null> {
  return {
    project_code: reading.projectCode,
    lot_code: reading.lotCode,
    buyer: reading.buyer,
    agency: reading.agency,
    suppliers: JSON.stringify(reading.suppliers),
    amount_fen: reading.amountFen,
    amount_kind: reading.amountKind,
    deadline_at: reading.deadlineAt,
    deadline_precision: reading.deadlinePrecision,
    opening_at: reading.openingAt,
    opening_precision: reading.openingPrecision,
    facts: JSON.stringify(reading.facts),
    reading_rules: READING_RULES,
  };
}

/** When, why and out of which item there is a version. */
interface VersionExtra {
  version: number;
  rawItemId: number;
  reason: VersionReason;
  now: string;
}

/** Appends a version with what it says. */
export function appendVersion(
  db: Db,
  { content: { id }, json, hash, policy }: Pick<PreparedNotice, 'content' | 'json' | 'hash' | 'policy'>,
  { version, rawItemId, reason, now }: VersionExtra,
): void {
  const { salt, seal } = saltContent(json);
  run(db, REVISION, {
    notice_id: id,
    version,
    content_version: version,
    seal,
    published_at: now,
    reason,
    raw_item_id: rawItemId,
  });
  run(db, CONTENT, { notice_id: id, version, content: json, hash, salt, policy });
}

const WITHDRAWAL = `INSERT INTO notice_revisions (notice_id, version, content_version, published_at, reason, raw_item_id)
  SELECT notice_id, @version, content_version, @now, 'withdrawn', @rawItemId FROM notice_revisions
  WHERE notice_id = @id AND version = @version - 1`;

/** Appends the version that withdraws the one before, and says nothing else. */
export function appendWithdrawal(
  db: Db,
  id: string,
  { version, rawItemId, now }: Omit<VersionExtra, 'reason' | 'rawItemId'> & { rawItemId: number | null },
): void {
  run(db, WITHDRAWAL, { id, version, rawItemId, now });
}
