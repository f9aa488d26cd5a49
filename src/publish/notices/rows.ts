import { and, eq, getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeContents, noticeRevisions, notices } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { NoticeReading } from '#src/domain/notices/notice-content.ts';
import { READING_RULES } from '../facts/reading.ts';
import { logVersion } from '../log/versions.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import { saltContent } from '../salted.ts';

/** All columns of a notice but those that the database computes, that its deal decides, and those of what becomes of it later. */
const { closesAt, supersededBy, supersededHow, isPublic, goneAt, withdrawnAt, removedAt, ...COLUMNS } =
  getTableColumns(notices);
/** Those that a change may change. */
const { id, sourceKey, sourceItemId, firstSeenAt, ...CHANGING } = COLUMNS;

const SAVE = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(notices)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({ target: id, set: { ...excludedOf(CHANGING), withdrawnAt: null, goneAt: null } }),
);

const REVISION = getTableColumns(noticeRevisions);
const APPEND = defineQuery((db, p: Params<RowOf<typeof REVISION>>) =>
  db.insert(noticeRevisions).values(paramsOf(REVISION, p)),
);
const CONTENT = getTableColumns(noticeContents);
const APPEND_CONTENT = defineQuery((db, p: Params<RowOf<typeof CONTENT>>) =>
  db.insert(noticeContents).values(paramsOf(CONTENT, p)),
);
const FIND_CONTENT_VERSION = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ contentVersion: REVISION.contentVersion })
    .from(noticeRevisions)
    .where(and(eq(REVISION.noticeId, p.id), eq(REVISION.version, p.version))),
);

/** What a notice's row holds besides what was prepared. */
export interface RowExtra {
  version: number;
  projectId: string;
  canonicalId: string | null;
  now: string;
}

/** Writes a notice's row, new or changed. Whatever was withdrawn or gone is there again. */
export function writeNotice(db: Db, notice: PreparedNotice, extra: RowExtra): void {
  SAVE.run(db, toRow(notice, extra));
}

function toRow(
  { content, reading, deduplicationKey, fingerprint }: PreparedNotice,
  extra: RowExtra,
): RowOf<typeof COLUMNS> {
  return {
    id: content.id,
    sourceKey: content.sourceKey,
    sourceItemId: content.sourceItemId,
    version: extra.version,
    title: content.title,
    category: content.category,
    stage: content.stage,
    county: content.county,
    publishedBy: content.publishedBy,
    projectId: extra.projectId,
    ...toReadingColumns(reading),
    publishedAt: content.publishedAt,
    publishedPrecision: content.publishedPrecision,
    sourceUrl: content.sourceUrl,
    deduplicationKey: deduplicationKey,
    fingerprint,
    firstSeenAt: extra.now,
    updatedAt: extra.now,
    lastSeenAt: extra.now,
    canonicalId: extra.canonicalId,
  };
}

/** Columns that hold what was read out of a notice. */
export const READING = {
  projectCode: notices.projectCode,
  lotCode: notices.lotCode,
  buyer: notices.buyer,
  agency: notices.agency,
  suppliers: notices.suppliers,
  tenderers: notices.tenderers,
  amountFen: notices.amountFen,
  amountKind: notices.amountKind,
  deadlineAt: notices.deadlineAt,
  deadlinePrecision: notices.deadlinePrecision,
  openingAt: notices.openingAt,
  openingPrecision: notices.openingPrecision,
  facts: notices.facts,
};

/** What the columns hold for a reading, with the rules that read it. */
export function toReadingColumns(reading: NoticeReading): RowOf<typeof READING> & { readingRules: number } {
  const { projectCode, lotCode, buyer, agency, suppliers, tenderers, amountFen, amountKind, facts } = reading;
  const { deadlineAt, deadlinePrecision, openingAt, openingPrecision } = reading;
  const parties = { projectCode, lotCode, buyer, agency, suppliers, tenderers, amountFen, amountKind };
  const times = { deadlineAt, deadlinePrecision, openingAt, openingPrecision };
  return { ...parties, ...times, facts, readingRules: READING_RULES };
}

/** Why and out of which item there is a version. */
type VersionExtra = Pick<RowOf<typeof REVISION>, 'version' | 'rawItemId' | 'reason'>;

/** Appends a version with what it says. */
export function appendVersion(
  db: Db,
  {
    content: { id: noticeId, sourceKey: source },
    json,
    hash,
    sanitizerVersion,
  }: Pick<PreparedNotice, 'content' | 'json' | 'hash' | 'sanitizerVersion'>,
  extra: VersionExtra,
  { actor, now }: WriteContext,
): void {
  const { version } = extra;
  const { salt, seal } = saltContent(json);
  APPEND.run(db, { ...extra, noticeId, contentVersion: version, seal, publishedAt: now, actor });
  APPEND_CONTENT.run(db, { noticeId, version, content: json, hash, salt, sanitizerVersion });
  logVersion(db, 'notice', { id: noticeId, version, source, reason: extra.reason, seal, at: now });
}

/** Appends the version that withdraws the one before. It says nothing of its own. */
export function appendWithdrawal(
  db: Db,
  { id: noticeId, sourceKey: source }: { id: string; sourceKey: string },
  extra: Omit<VersionExtra, 'reason'>,
  { actor, now }: WriteContext,
): void {
  const last = FIND_CONTENT_VERSION.first(db, { id: noticeId, version: extra.version - 1 });
  const contentVersion = last?.contentVersion ?? extra.version - 1;
  APPEND.run(db, { ...extra, noticeId, contentVersion, seal: null, reason: 'withdrawn', publishedAt: now, actor });
  const { version } = extra;
  logVersion(db, 'notice', { id: noticeId, version, source, reason: 'withdrawn', seal: null, at: now });
}
