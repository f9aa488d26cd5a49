import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposureContents, exposureEvents, exposureRevisions, exposures, exposureVersions } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { ChangeKind, WriteContext } from '#src/domain/changes.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, type ExposureEventKind, publicInterval } from '#src/domain/exposures/life-cycle.ts';
import { appendChange } from '../changes/append.ts';
import { isLogged, logVersion } from '../log/versions.ts';
import { saltContent } from '../salted.ts';
import { SANITIZER_VERSION } from '../sanitize/sanitize.ts';
import type { PreparedExposure } from './prepare.ts';

/** All columns but those of what becomes of an entry later. */
const { goneAt, endedAt, removedAt, ...COLUMNS } = getTableColumns(exposures);
/** Those that a change may change. */
const { id, sourceKey, board, decisionKey, firstSeenAt, ...CHANGING } = COLUMNS;
const REVISION = getTableColumns(exposureRevisions);
const CONTENT = getTableColumns(exposureContents);
const EVENT = getTableColumns(exposureEvents);

const SAVE = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(exposures)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({ target: id, set: { ...excludedOf(CHANGING), goneAt: null, endedAt: null } }),
);
const APPEND = defineQuery((db, p: Params<RowOf<typeof REVISION>>) =>
  db.insert(exposureRevisions).values(paramsOf(REVISION, p)),
);
const APPEND_CONTENT = defineQuery((db, p: Params<RowOf<typeof CONTENT>>) =>
  db.insert(exposureContents).values(paramsOf(CONTENT, p)),
);
const SET_INTERVAL = defineQuery((db, p: Params<{ id: string; until: string; now: string }>) =>
  db
    .update(exposures)
    .set({
      publicUntil: sql`min(${p.until}, coalesce(${endedAt}, ${p.until}))`,
      updatedAt: p.now,
      lastSeenAt: p.now,
      goneAt: null,
    })
    .where(eq(id, p.id)),
);
const FIND_CONTENT = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ content: exposureVersions.content })
    .from(exposures)
    .innerJoin(
      exposureVersions,
      and(eq(exposureVersions.exposureId, id), eq(exposureVersions.version, COLUMNS.version)),
    )
    .where(eq(id, p.id)),
);
const FIND_REVISION = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ reason: REVISION.reason, seal: REVISION.seal, at: REVISION.recordedAt })
    .from(exposureRevisions)
    .where(and(eq(REVISION.exposureId, p.id), eq(REVISION.version, p.version))),
);
const FIND_NUMBER = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ version: COLUMNS.version }).from(exposures).where(eq(id, p.id)),
);
const ADD_EVENT = defineQuery((db, p: Params<RowOf<typeof EVENT>>) =>
  db.insert(exposureEvents).values(paramsOf(EVENT, p)).onConflictDoNothing(),
);
const FIND_EVENT = defineQuery((db, p: Params<{ id: string; kind: ExposureEventKind }>) =>
  db
    .select({ at: EVENT.at })
    .from(exposureEvents)
    .where(and(eq(EVENT.exposureId, p.id), eq(EVENT.kind, p.kind))),
);
const LIST_EVENTS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ kind: EVENT.kind, at: EVENT.at, basis: EVENT.basis })
    .from(exposureEvents)
    .where(eq(EVENT.exposureId, p.id))
    .orderBy(asc(EVENT.at)),
);

/**
 * Appends what was not known yet; a second event of a kind counts only with another date. Returns whether there was any: the caller
 * then writes the row or its interval anew, which tells of it.
 */
export function addEvents(db: Db, id: string, events: readonly ExposureEvent[], { actor, now }: WriteContext): boolean {
  const added = events.map(({ kind, at, basis }) => {
    // A source that marks a revocation without its date marks it again at every reading.
    if (kind === 'revoked' && hasEvent(db, id, kind)) return false;
    return ADD_EVENT.run(db, { exposureId: id, kind, at, basis, recordedAt: now, actor }).changes > 0;
  });
  return added.includes(true);
}

function hasEvent(db: Db, id: string, kind: ExposureEventKind): boolean {
  return FIND_EVENT.first(db, { id, kind }) !== undefined;
}

/** Appends a version with what it says. */
export function appendVersion(
  db: Db,
  { json, hash }: PreparedExposure,
  { id: exposureId, version, rawItemId }: { id: string; version: number; rawItemId: number },
  { actor, now }: WriteContext,
): void {
  const { salt, seal } = saltContent(json);
  const reason = version === 1 ? 'created' : 'changed';
  APPEND.run(db, { exposureId, version, seal, recordedAt: now, reason, rawItemId, actor });
  APPEND_CONTENT.run(db, { exposureId, version, content: json, hash, salt, sanitizerVersion: SANITIZER_VERSION });
}

/** Writes the row of an entry, with the interval in which it is public, and tells of it. */
export function writeRow(
  db: Db,
  entry: PreparedExposure,
  { id, version }: { id: string; version: number },
  context: WriteContext,
): void {
  const { now } = context;
  const { content } = entry;
  const { from, until, withheld } = publicInterval(toLifeFacts(content, listEvents(db, id)));
  SAVE.run(db, {
    id,
    sourceKey: content.sourceKey,
    sourceItemId: entry.sourceItemId,
    version,
    board: content.board,
    county: content.county,
    subjectType: content.subjectType,
    subjectKey: entry.subjectKey,
    subjectUscc: content.subjectUscc,
    misconduct: content.misconduct,
    decisionKey: entry.decisionKey,
    authority: content.authority,
    decisionDate: content.decisionDate,
    publicFrom: from,
    publicUntil: until,
    withheld,
    firstSeenAt: now,
    updatedAt: now,
    lastSeenAt: now,
  });
  if (!withheld) tellLog(db, { id, version, source: content.sourceKey });
  appendChange(db, { subject: 'exposure', id, version, kind: 'upsert' }, context);
}

/** Tells the publication log of an entry's version, unless it knows it; of one that is never public it says nothing. */
function tellLog(db: Db, { id, version, source }: { id: string; version: number; source: string }): void {
  const revision = FIND_REVISION.first(db, { id, version });
  if (revision && !isLogged(db, 'exposure', id, version))
    logVersion(db, 'exposure', { id, version, source, ...revision });
}

/** Computes anew when an entry is public, after something happened to it, and tells of it. */
export function refreshInterval(db: Db, id: string, context: WriteContext): void {
  const found = FIND_CONTENT.first(db, { id });
  if (!found) throw new Error(`没有这个条目：${id}`);
  const { until } = publicInterval(toLifeFacts(JSON.parse(found.content) as ExposureContent, listEvents(db, id)));
  SET_INTERVAL.run(db, { id, until, now: context.now });
  tellExposure(db, id, 'upsert', context);
}

/**
 * Tells those who follow that something about an entry is another one. The caller holds the transaction that wrote it.
 * @throws Error when there is no such entry
 */
export function tellExposure(db: Db, id: string, kind: ChangeKind<'exposure'>, context: WriteContext): void {
  const found = FIND_NUMBER.first(db, { id });
  if (!found) throw new Error(`没有这个条目：${id}`);
  appendChange(db, { subject: 'exposure', id, version: found.version, kind }, context);
}

const listEvents = (db: Db, id: string): ExposureEvent[] => LIST_EVENTS.all(db, { id });
