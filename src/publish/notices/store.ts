import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { appendChange } from '../changes/append.ts';
import { correctReading } from '../corrections/layer.ts';
import { refreshDeal } from '../deals/derive.ts';
import { type RawItem, saveRawItem, settleRejected } from '../items/raw-items.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { dropStale, listLinks } from '../organizations/parties.ts';
import { normaliseTitle, titleSimilarity } from '../prepare/fingerprints.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import { assertNotRemoved } from '../removal/guard.ts';
import { findDuplicateOf, saveAliases } from './duplicates.ts';
import { findKnownById, type KnownNotice } from './known.ts';
import { refreshProject, saveProject } from './projects.ts';
import { deletePublicRows, insertPublicRows } from './public-rows.ts';
import { appendVersion, appendWithdrawal, writeNotice } from './rows.ts';
import { findTakenBack } from './tombstones.ts';

export type SaveOutcome = 'created' | 'changed' | 'unchanged';

/** By whom, when (the instant of receipt) and in which run something is stored. */
export interface SaveContext extends WriteContext {
  runId: string;
}

const MARK_SEEN = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db.update(notices).set({ lastSeenAt: p.now, goneAt: null }).where(eq(notices.id, p.id)),
);
const WITHDRAW = defineQuery((db, p: Params<{ id: string; version: number; now: string }>) =>
  db
    .update(notices)
    .set({ version: p.version, withdrawnAt: p.now, updatedAt: p.now, lastSeenAt: p.now })
    .where(eq(notices.id, p.id)),
);

const SEEN_INTERVAL_MS = 3600_000;
const REUSED_SIMILARITY = 0.4;

/**
 * Stores a notice with everything that hangs on it in one IMMEDIATE transaction (a savepoint inside the caller's):
 * raw item, version, project, aliases, parties, text, code keys, attachments, change. Equal content makes no version, and nothing that
 * the console took back becomes public again because its source still has it.
 * @throws ItemRejectedError when the id belongs to another notice, RemovedItemError when it was removed by law.
 */
export function saveNotice(db: Db, notice: PreparedNotice, raw: RawItem, context: SaveContext): SaveOutcome {
  return db.$client.transaction(() => store(db, notice, raw, context)).immediate();
}

function store(db: Db, prepared: PreparedNotice, raw: RawItem, context: SaveContext): SaveOutcome {
  const { content, hash } = prepared;
  const notice = { ...prepared, reading: correctReading(db, content, prepared.reading) };
  const known = findKnownById(db, content.id);
  const accepted = { ...context, state: 'accepted' as const, reasons: notice.remarks, noticeId: content.id };
  if (known?.hash === hash && !known.withdrawnAt) {
    saveRawItem(db, raw, { ...accepted, noticeVersion: known.version });
    markSeen(db, known, context.now);
    return 'unchanged';
  }
  const read: ReadNotice = { ...content, ...notice.reading };
  assertNotRemoved(
    db,
    'notice',
    [content.id, ...notice.aliases.map((alias) => noticeId(content.sourceKey, alias))],
    notice,
  );
  if (known && !notice.isMirrored) assertSameNotice(known, read);
  const takenBackAt = known?.withdrawnAt && findTakenBack(db, known);
  if (known && takenBackAt) {
    const message = `工作台已于 ${formatDateTime(takenBackAt)} 撤回这条公告，来源再次送来的不再公开`;
    const reasons = [...notice.remarks, { code: 'taken-back', message }];
    saveRawItem(db, raw, { ...accepted, reasons, noticeVersion: known.version });
    return 'unchanged';
  }
  const version = (known?.version ?? 0) + 1;
  const projectId = saveProject(db, read, context.now);
  const canonicalId = chooseCanonical(db, notice, known, projectId);
  writeNotice(db, notice, { version, projectId, canonicalId, now: context.now });
  // Behind the notice that it names: SQLite looks for rows that waited for a new one, here among all versions, while any row waits.
  const rawItemId = saveRawItem(db, raw, { ...accepted, noticeVersion: version });
  settleRejected(db, raw, content.id);
  const reason = !known ? 'created' : known.withdrawnAt ? 'restored' : 'changed';
  appendVersion(db, notice, { version, rawItemId, reason }, context);
  saveAliases(db, notice, canonicalId, context.now);
  const links = known ? listLinks(db, content.id) : [];
  if (known) deletePublicRows(db, content.id);
  if (!canonicalId) insertPublicRows(db, read, notice.text, context);
  dropStale(db, content.id, links, context);
  refreshDeal(db, projectId, context, content.id);
  if (known && known.projectId !== projectId) refreshProject(db, known.projectId, context);
  const wasPublic = known !== undefined && !known.withdrawnAt && !known.canonicalId;
  const kind = canonicalId ? 'remove' : 'upsert';
  if (!canonicalId || wasPublic) appendChange(db, { subject: 'notice', id: content.id, version, kind }, context);
  return known ? 'changed' : 'created';
}

/** A repeat stays a repeat while it keeps title and day: its own site may be slower to follow a correction. */
function chooseCanonical(
  db: Db,
  notice: PreparedNotice,
  known: KnownNotice | undefined,
  projectId: string,
): string | null {
  if (notice.isMirrored) return null;
  if (known?.canonicalId && known.deduplicationKey === notice.deduplicationKey) return known.canonicalId;
  // A notice that has been public keeps its address, whatever turns out to be its duplicate later.
  return known && !known.canonicalId ? null : findDuplicateOf(db, notice, projectId);
}

/** @throws ItemRejectedError when title and project both changed: the feed has given the id to something else. */
function assertSameNotice(known: KnownNotice, { title, projectCode }: ReadNotice): void {
  // What it was called was removed by law: nothing can be compared.
  if (known.hash === null) return;
  if (normaliseTitle(known.title) === normaliseTitle(title)) return;
  if (known.projectCode !== null && known.projectCode === projectCode) return;
  const codesDiffer = known.projectCode !== null && projectCode !== null;
  const alike = titleSimilarity(known.title, title);
  if (alike >= (codesDiffer ? 0.8 : REUSED_SIMILARITY)) return;
  const message = `编号被用于另一条公告：原为“${known.title.slice(0, 60)}”`;
  throw new ItemRejectedError([{ code: 'id-reused', message, field: 'sourceItemId' }]);
}

/** Notes that a notice is still in its feed. Writes at most once an hour, so that a poll of an unchanged feed writes nothing. */
export function markSeen(db: Db, known: KnownNotice, now: string): void {
  if (!known.goneAt && Date.parse(now) - Date.parse(known.lastSeenAt) < SEEN_INTERVAL_MS) return;
  MARK_SEEN.run(db, { id: known.id, now });
}

/** Records that the publisher itself withdrew a notice: a version of its own, and nothing public remains. */
export function withdrawNotice(db: Db, known: KnownNotice, raw: RawItem, context: SaveContext): SaveOutcome {
  return db.$client
    .transaction((): SaveOutcome => {
      const accepted = { ...context, state: 'accepted' as const, reasons: [], noticeId: known.id };
      if (known.withdrawnAt) {
        saveRawItem(db, raw, { ...accepted, noticeVersion: known.version });
        return 'unchanged';
      }
      const version = known.version + 1;
      const rawItemId = saveRawItem(db, raw, { ...accepted, noticeVersion: version });
      appendWithdrawal(db, known, { version, rawItemId }, context);
      WITHDRAW.run(db, { id: known.id, version, now: context.now });
      const links = listLinks(db, known.id);
      deletePublicRows(db, known.id);
      dropStale(db, known.id, links, context);
      refreshDeal(db, known.projectId, context);
      if (!known.canonicalId) appendChange(db, { subject: 'notice', id: known.id, version, kind: 'remove' }, context);
      return 'changed';
    })
    .immediate();
}
