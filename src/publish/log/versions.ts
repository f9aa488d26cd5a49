import { setImmediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { exposureRevisions, exposures, logLeaves, noticeRevisions, notices, redactions } from '#db/schema/index.ts';
import type { VersionReason } from '#src/domain/notices/notice-content.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { LeafKind } from '#src/domain/tlog/leaf.ts';
import type { VersionedType } from '#src/domain/tlog/subjects.ts';
import { appendLeaf, lastLeafOf } from './append.ts';

/** What happened when a version was made. */
const KIND_OF: Record<VersionReason, LeafKind> = {
  created: 'publish',
  changed: 'publish',
  restored: 'restore',
  withdrawn: 'withdraw',
};

/** A version as the log tells it. */
export interface LoggedVersion {
  id: string;
  version: number;
  source: string;
  reason: VersionReason;
  /** As its revision has it. */
  seal: string | null;
  at: Instant;
}

/** A place in a table, and how many rows behind it. */
interface Page {
  after: number;
  limit: number;
}

const [n, e, r, leaf] = [noticeRevisions, exposureRevisions, redactions, logLeaves];
const NOTICE = {
  id: n.noticeId,
  version: n.version,
  source: notices.sourceKey,
  reason: n.reason,
  seal: n.seal,
  at: n.publishedAt,
  place: sql<number>`${n}.rowid`,
};
const EXPOSURE = {
  id: e.exposureId,
  version: e.version,
  source: exposures.sourceKey,
  reason: e.reason,
  seal: e.seal,
  at: e.recordedAt,
  place: sql<number>`${e}.rowid`,
};
const REDACTION = {
  subject: r.subject,
  id: r.id,
  version: r.version,
  kind: r.kind,
  seal: r.seal,
  at: r.at,
  source: sql<string>`coalesce(${notices.sourceKey}, ${exposures.sourceKey}, '')`,
  place: sql<number>`${r}.rowid`,
};
const ofNotice = sql`FROM ${n} JOIN ${notices} ON ${notices.id} = ${n.noticeId}`;
const ofExposure = sql`FROM ${e} JOIN ${exposures} ON ${exposures.id} = ${e.exposureId} AND ${exposures.withheld} = 0`;
const ofRedaction = sql`FROM ${r} LEFT JOIN ${notices} ON ${r.subject} = 'notice' AND ${notices.id} = ${r.id}
  LEFT JOIN ${exposures} ON ${r.subject} = 'exposure' AND ${exposures.id} = ${r.id}`;
/** Nothing in the log tells of it. */
const isUntold = (type: SQL, id: SQL, version: SQL, more = sql``) => sql`NOT EXISTS (
  SELECT 1 FROM ${leaf} WHERE ${leaf.type} = ${type} AND ${leaf.subjectId} = ${id} AND ${leaf.version} = ${version} ${more})`;
const UNTOLD = {
  notice: defineSelect((p: Params<Page>) => ({
    fields: NOTICE,
    rest: sql`${ofNotice} WHERE ${NOTICE.place} > ${p.after} AND ${isUntold(sql`'notice'`, sql`${n.noticeId}`, sql`${n.version}`)}
      ORDER BY ${NOTICE.place} LIMIT ${p.limit}`,
  })),
  exposure: defineSelect((p: Params<Page>) => ({
    fields: EXPOSURE,
    rest: sql`${ofExposure} WHERE ${EXPOSURE.place} > ${p.after} AND ${isUntold(sql`'exposure'`, sql`${e.exposureId}`, sql`${e.version}`)}
      ORDER BY ${EXPOSURE.place} LIMIT ${p.limit}`,
  })),
};
const EARLIER = {
  notice: defineSelect((p: Params<{ id: string; version: number }>) => ({
    fields: NOTICE,
    rest: sql`${ofNotice} WHERE ${n.noticeId} = ${p.id} AND ${n.version} < ${p.version} ORDER BY ${n.version}`,
  })),
  exposure: defineSelect((p: Params<{ id: string; version: number }>) => ({
    fields: EXPOSURE,
    rest: sql`${ofExposure} WHERE ${e.exposureId} = ${p.id} AND ${e.version} < ${p.version} ORDER BY ${e.version}`,
  })),
};
const UNTOLD_REDACTION = defineSelect((p: Params<Page>) => ({
  fields: REDACTION,
  rest: sql`${ofRedaction} WHERE ${REDACTION.place} > ${p.after}
    AND ${isUntold(sql`${r.subject}`, sql`${r.id}`, sql`${r.version}`, sql`AND json_extract(${leaf.entry}, '$.kind') = CASE ${r.kind} WHEN 'masked' THEN 'mask' ELSE 'remove' END AND json_extract(${leaf.entry}, '$.sha256') IS ${r.seal}`)}
    ORDER BY ${REDACTION.place} LIMIT ${p.limit}`,
}));
const SOURCE = defineSelect((p: Params<{ type: VersionedType; id: string }>) => ({
  fields: { source: sql<string>`source` },
  rest: sql`FROM (SELECT ${notices.sourceKey} AS source FROM ${notices} WHERE ${p.type} = 'notice' AND ${notices.id} = ${p.id}
    UNION ALL SELECT ${exposures.sourceKey} FROM ${exposures} WHERE ${p.type} = 'exposure' AND ${exposures.id} = ${p.id})`,
}));

/** Tells the log of a version that is being stored, and before it of earlier ones that were stored before there was a log. */
export function logVersion(db: Db, type: VersionedType, version: LoggedVersion): void {
  if (version.version > 1 && lastLeafOf(db, type, version.id) === null) {
    for (const earlier of EARLIER[type].all(db, version)) tellVersion(db, type, earlier);
  }
  tellVersion(db, type, version);
}

/** Whether the log tells of a version. */
export const isLogged = (db: Db, type: VersionedType, id: string, version: number): boolean =>
  IS_TOLD.first(db, { type, id, version }) !== undefined;

/** Tells the log that a version was masked or destroyed. `seal` is that of the masked content. */
export function logRedaction(
  db: Db,
  type: VersionedType,
  {
    id,
    version,
    kind,
    seal,
    at,
  }: { id: string; version: number; kind: 'masked' | 'removed'; seal: string | null; at: Instant },
): void {
  const source = SOURCE.first(db, { type, id })?.source ?? '';
  appendLeaf(db, { kind: kind === 'masked' ? 'mask' : 'remove', type, source, id, version, sha256: seal, at });
}

const IS_TOLD = defineSelect((p: Params<{ type: VersionedType; id: string; version: number }>) => ({
  fields: { leafIndex: leaf.leafIndex },
  rest: sql`FROM ${leaf} WHERE ${leaf.type} = ${p.type} AND ${leaf.subjectId} = ${p.id} AND ${leaf.version} = ${p.version} LIMIT 1`,
}));

const BATCH = 500;

/**
 * Tells the log of everything that was stored before there was one, a few rows a transaction, between which others have their turn:
 * what is killed goes on where it was.
 * @returns how many leaves were appended
 */
export async function logExisting(
  db: Db,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (leaves: number) => void } = {},
): Promise<number> {
  let leaves = 0;
  const all = async <Row extends { place: number }>(list: (page: Page) => Row[], tell: (row: Row) => void) => {
    for (let after = 0; !signal?.aborted; ) {
      const rows = list({ after, limit: BATCH });
      const last = rows.at(-1);
      if (!last) return;
      db.$client.transaction(() => rows.forEach(tell)).immediate();
      after = last.place;
      leaves += rows.length;
      onProgress?.(leaves);
      await setImmediate();
    }
  };
  for (const type of ['notice', 'exposure'] as const satisfies VersionedType[]) {
    await all(
      (page) => UNTOLD[type].all(db, page),
      // Told since the page was read: when a later version of it was stored.
      (row) => isLogged(db, type, row.id, row.version) || tellVersion(db, type, row),
    );
  }
  await all(
    (page) => UNTOLD_REDACTION.all(db, page),
    (row) => logRedaction(db, row.subject, row),
  );
  return leaves;
}

function tellVersion(db: Db, type: VersionedType, { id, version, source, reason, seal, at }: LoggedVersion): void {
  appendLeaf(db, { kind: KIND_OF[reason], type, source, id, version, sha256: seal, at });
}
