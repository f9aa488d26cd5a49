import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftEvents, drafts, draftVersions } from '#db/schema/drafts.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import { dueOf } from '#src/domain/drafts/due.ts';
import { DRAFT_STATES } from '#src/domain/drafts/states.ts';
import { type DraftEvent, transitionOf } from '#src/domain/drafts/transitions.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { type Doer, recordAudit } from '../audit.ts';

export type DraftRow = typeof drafts.$inferSelect;

/** What an action starts from, so that nobody acts on what they have not seen. */
export interface SeenDraft {
  id: string;
  revision: number;
}

/** Canonical JSON (RFC 8785) of a content, and its SHA-256 (hex). */
export function sealDraft(content: AnyContent): { json: string; hash: string } {
  const json = canonicalize(content);
  if (json === undefined) throw new Error('content has no canonical form');
  return { json, hash: createHash('sha256').update(json).digest('hex') };
}

/** The draft of an id. @throws NotFoundError */
export function getDraft(db: Db, id: string): DraftRow {
  const row = db.select().from(drafts).where(eq(drafts.id, id)).get();
  if (!row) throw new NotFoundError('没有这份稿件');
  return row;
}

export const contentOf = ({ content }: Pick<DraftRow, 'content'>): AnyContent => JSON.parse(content) as AnyContent;

/** What of a content stands in columns. */
const columnsOf = (content: AnyContent) => {
  const { json, hash } = sealDraft(content);
  const { title, category, original } = content;
  const common = { content: json, hash, title, category };
  return isArticle(content)
    ? { ...common, stage: null, articleKind: content.kind, originalNoticeId: null, originalArticleId: original }
    : { ...common, stage: content.stage, articleKind: null, originalNoticeId: original, originalArticleId: null };
};

/** Begins a draft. The caller holds the transaction. */
export function insertDraft(
  db: Db,
  doer: Doer,
  { county, content, authorId }: { county: County; content: AnyContent; authorId: string },
  calendar: WorkingCalendar,
): DraftRow {
  const { now } = doer;
  const id = randomUUID();
  const columns = columnsOf(content);
  const dueAt = dueOf(calendar, 'drafting', now, false);
  db.insert(drafts)
    .values({
      ...columns,
      ...{ id, county, authorId, dueAt, state: 'drafting', revision: 1, version: 1, createdAt: now, updatedAt: now },
    })
    .run();
  db.insert(draftVersions)
    .values({ draftId: id, version: 1, content: columns.content, hash: columns.hash, authorId, at: now })
    .run();
  const row = getDraft(db, id);
  note(db, doer, { event: 'create', from: null, row, reason: '' });
  recordAudit(db, doer, {
    ...{ action: 'draft.create', subject: `draft:${id}`, county, after: row.hash },
    details: { title: row.title },
  });
  return row;
}

/** What an event changes of a draft besides its state. */
export interface Effect {
  content?: { content: AnyContent; authorId: string };
  columns?: Partial<
    Pick<
      DraftRow,
      | 'firstReviewerId'
      | 'firstHash'
      | 'finalReviewerId'
      | 'finalHash'
      | 'scheduledAt'
      | 'urgent'
      | 'noticeId'
      | 'noticeVersion'
      | 'articleId'
      | 'articleVersion'
    >
  >;
}

/** Approvals hold for what was approved, on its way forward: whatever goes back has none. */
const NO_APPROVALS = {
  ...{ firstReviewerId: null, firstHash: null, finalReviewerId: null, finalHash: null },
  scheduledAt: null,
} as const;

/**
 * Moves a draft: state, event and audit together, guarded by the state and the revision that whoever acts has seen. The only function that
 * changes a draft's state; the caller has asked `decide`, and holds the transaction.
 * @throws ConflictError that says who moved it meanwhile, and when
 */
export function applyEvent(
  db: Db,
  doer: Doer,
  { before, event, reason, effect = {} }: { before: DraftRow; event: DraftEvent; reason: string; effect?: Effect },
  calendar: WorkingCalendar,
): DraftRow {
  const { to } = transitionOf(event);
  const { now } = doer;
  const urgent = effect.columns?.urgent ?? (to === 'drafting' ? false : before.urgent);
  const written = effect.content ? { ...columnsOf(effect.content.content), version: before.version + 1 } : {};
  const { changes } = db
    .update(drafts)
    .set({
      ...written,
      ...(to === 'drafting' ? NO_APPROVALS : {}),
      ...effect.columns,
      ...{ state: to, urgent, revision: before.revision + 1, updatedAt: now },
      ...(to === before.state && event === 'edit' ? {} : { dueAt: dueOf(calendar, to, now, urgent) }),
    })
    .where(and(eq(drafts.id, before.id), eq(drafts.state, before.state), eq(drafts.revision, before.revision)))
    .run();
  if (changes !== 1) throw conflictOf(db, before.id);
  const row = getDraft(db, before.id);
  if (effect.content) {
    const { id: draftId, version, content, hash } = row;
    db.insert(draftVersions)
      .values({ draftId, version, content, hash, authorId: effect.content.authorId, at: now })
      .run();
  }
  note(db, doer, { event, from: before.state, row, reason });
  recordAudit(db, doer, {
    ...{ action: `draft.${event}`, subject: `draft:${row.id}`, county: row.county },
    ...{ before: before.hash, after: row.hash, reason: reason === '' ? undefined : reason },
    details: { title: row.title, from: before.state, to, ...(urgent ? { urgent } : {}) },
  });
  return row;
}

function note(
  db: Db,
  { actor, now }: Doer,
  {
    event,
    from,
    row,
    reason,
  }: { event: DraftEvent | 'create'; from: DraftRow['state'] | null; row: DraftRow; reason: string },
): void {
  const { id: draftId, revision, version, hash, state } = row;
  db.insert(draftEvents)
    .values({ draftId, revision, at: now, actor, event, fromState: from, toState: state, version, hash, reason })
    .run();
}

/** @throws ConflictError when somebody has moved a draft since it was seen */
export function assertSeen(db: Db, row: DraftRow, { revision }: SeenDraft): void {
  if (row.revision !== revision) throw conflictOf(db, row.id);
}

/** Says who moved a draft, when, and where to. */
function conflictOf(db: Db, id: string): ConflictError {
  const last = db
    .select({ at: draftEvents.at, event: draftEvents.event, to: draftEvents.toState, who: staffAccounts.displayName })
    .from(draftEvents)
    .leftJoin(staffAccounts, eq(sql`'account:' || ${staffAccounts.id}`, draftEvents.actor))
    .where(eq(draftEvents.draftId, id))
    .orderBy(sql`${draftEvents.revision} DESC`)
    .limit(1)
    .get();
  if (!last) return new ConflictError('这份稿件已有变动，请刷新后再操作');
  const what = last.event === 'create' ? '新建' : transitionOf(last.event).label;
  return new ConflictError(
    `这份稿件已由${last.who ?? '系统'}于 ${formatDateTime(last.at, 'second')} ${what}，现在处于“${DRAFT_STATES[last.to].label}”；请刷新看过再操作`,
  );
}
