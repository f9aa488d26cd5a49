import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { publishFile } from '#src/attachments/rows.ts';
import { accountActor, jobActor } from '#src/domain/actors.ts';
import type { ArticleContent } from '#src/domain/articles/content.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import type { DraftContent } from '#src/domain/drafts/content.ts';
import { decide } from '#src/domain/drafts/decide.ts';
import type { OwnEvent } from '#src/domain/drafts/transitions.ts';
import { noticeId, stableId } from '#src/domain/identifiers/ids.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { stageDefinition } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { publishArticle, withdrawArticle } from '#src/publish/articles/store.ts';
import type { Doer } from '#src/publish/audit/record.ts';
import { openConsoleRun } from '#src/publish/console-run.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import { type CompletedDraft, completeDraft } from '#src/publish/items/complete-draft.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import { storeItem } from '#src/publish/items/store-item.ts';
import { findKnownById, type KnownNotice } from '#src/publish/notices/known.ts';
import { saveLink } from '#src/publish/notices/links.ts';
import type { SaveContext } from '#src/publish/notices/store.ts';
import { saveTombstone } from '#src/publish/notices/tombstones.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { factsOf } from './facts.ts';
import { findOriginal } from './originals.ts';
import { applyEvent, contentOf, type DraftRow, getDraft } from './store.ts';
import { type AttachmentUrl, toNoticeDraft } from './to-notice.ts';

export interface ReleaseParts {
  calendar: WorkingCalendar;
  urlOf: AttachmentUrl;
}

export type ReleaseOutcome = 'released' | 'refused' | 'moved';

/** Drafts whose time has come, the earliest first. */
export function listDue(db: Db, now: Instant, limit = 20): string[] {
  const rows = db
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.state, 'scheduled'), lte(drafts.scheduledAt, now)))
    .orderBy(asc(drafts.scheduledAt), asc(drafts.id))
    .limit(limit)
    .all();
  return rows.map(({ id }) => id);
}

/**
 * Publishes a draft whose time has come, through the pipeline that feeds go through, as whoever approved it last. Version, state, event and
 * audit are one transaction, guarded by state and revision: killed at any point it has happened once or not at all. What the pipeline
 * refuses goes back with the reasons. @throws SqliteError when the machine fails; the next call does it
 */
export function releaseDraft(db: Db, id: string, now: Instant, parts: ReleaseParts): ReleaseOutcome {
  const before = getDraft(db, id);
  if (!decide(factsOf(db, before), 'release', { now }).ok) return 'moved';
  const content = contentOf(before);
  const doer: Doer = { actor: jobActor('release-drafts'), roles: [], address: '', now };
  const item =
    isArticle(content) || content.action === 'withdraw' ? null : completeRelease(before, content, now, parts.urlOf);
  try {
    return db.$client.transaction(() => settle(db, { before, content, item, doer }, parts)).immediate();
  } catch (error) {
    if (!(error instanceof ItemRejectedError)) throw error;
    return db.$client
      .transaction((): ReleaseOutcome => {
        const step = { before, event: 'refuse', reason: error.message } as const;
        if (isMoved(db, before)) return 'moved';
        applyEvent(db, doer, step, parts.calendar);
        return 'refused';
      })
      .immediate();
  }
}

interface Release {
  before: DraftRow;
  content: AnyContent;
  /** Null of articles, and of a withdrawal, which publishes nothing. */
  item: CompletedRelease | null;
  doer: Doer;
}

/** What a draft hands over, judged by the pipeline. */
export interface CompletedRelease extends CompletedDraft {
  draft: ReturnType<typeof toNoticeDraft>;
}

const isMoved = (db: Db, { id, revision }: DraftRow): boolean => getDraft(db, id).revision !== revision;

/** Everything that costs time: sanitizing, screening, reading. */
export function completeRelease(
  row: DraftRow,
  content: DraftContent,
  at: Instant,
  urlOf: AttachmentUrl,
): CompletedRelease {
  const draft = toNoticeDraft(row, content, { at, urlOf });
  const completed = completeDraft({ draft, sourceKey: consoleSourceKey(row.county), publishedBy: row.county });
  return { draft, ...completed };
}

function settle(db: Db, release: Release, { calendar }: ReleaseParts): ReleaseOutcome {
  const { before, content, item, doer } = release;
  if (isMoved(db, before)) return 'moved';
  const columns = isArticle(content) ? releaseArticle(db, release, content) : releaseNotice(db, release, content, item);
  const row = applyEvent(db, doer, { before, event: 'release', reason: '', effect: { columns } }, calendar);
  followUp(db, row, content, doer, calendar);
  return 'released';
}

function releaseNotice(db: Db, release: Release, content: DraftContent, item: CompletedRelease | null) {
  const context = openRun(db, release);
  const { id, version } = item
    ? publishRelease(db, release.before, content, item, context)
    : withdraw(db, release, content, context);
  return { noticeId: id, noticeVersion: version };
}

function releaseArticle(db: Db, { before, doer: { now } }: Release, content: ArticleContent) {
  const context = { actor: accountActor(before.finalReviewerId ?? ''), now };
  const { county } = before;
  const note = redactPersonalData(content.reason).value;
  const id = content.original ?? stableId('article', before.id);
  const { version } =
    content.action === 'withdraw'
      ? withdrawArticle(db, { id, county, note }, context)
      : publishArticle(db, { id, county, content, note }, context);
  return { articleId: id, articleVersion: version };
}

/** By whom, when and in which run of the console a draft is stored. */
function openRun(db: Db, { before, doer: { now } }: Release): SaveContext {
  const runId = openConsoleRun(db, before.county, before.noticeId === null, now);
  return { runId, actor: accountActor(before.finalReviewerId ?? ''), now };
}

/** Stores what a draft publishes, with its link and its files. The caller holds the transaction. @throws ItemRejectedError */
export function publishRelease(
  db: Db,
  before: DraftRow,
  content: DraftContent,
  { draft, ...completed }: CompletedRelease,
  context: SaveContext,
): KnownNotice {
  const sourceKey = consoleSourceKey(before.county);
  const id = noticeId(sourceKey, draft.sourceItemId);
  const { original } = content;
  // Before the notice: its project is its original's.
  if (original !== null) {
    saveLink(db, {
      ...{ noticeId: id, originalId: original, reason: '发布时关联的原公告' },
      ...{ actor: context.actor, at: context.now },
    });
  }
  const listHash = draftHash(draft);
  const raw = {
    ...{ sourceKey, sourceItemId: draft.sourceItemId, contentHash: listHash + listHash },
    listItem: JSON.stringify(draft),
  };
  storeItem(db, { draft, known: undefined, raw, ...completed }, context);
  for (const [index, { url }] of draft.attachments.entries()) {
    const { sha256 } = content.attachments[index] ?? {};
    if (sha256) publishFile(db, id, { sha256, url }, context.now);
  }
  return present(findKnownById(db, id));
}

/** Takes a notice back, whoever published it; its source does not bring it back. @throws ItemRejectedError when it is not there any more */
function withdraw(db: Db, { before }: Release, content: DraftContent, context: SaveContext): KnownNotice {
  const original = findOriginal(db, before.county, content);
  const known = original && findKnownById(db, original.id);
  if (!known) {
    throw new ItemRejectedError([
      { code: 'not-withdrawable', message: '原公告不属于本县区，或已经撤回', field: 'original' },
    ]);
  }
  const listHash = before.hash.slice(0, 32);
  const sourceKey = consoleSourceKey(before.county);
  const raw = { sourceKey, sourceItemId: before.id, contentHash: listHash + listHash, listItem: before.content };
  storeItem(db, { draft: withdrawal(known), known, raw }, context);
  const after = present(findKnownById(db, known.id));
  const reason = redactPersonalData(content.reason).value;
  saveTombstone(db, { noticeId: known.id, version: after.version, reason, at: context.now });
  return after;
}

const withdrawal = ({ sourceItemId, title }: KnownNotice): CompletedRelease['draft'] => ({
  ...{ sourceItemId, title, rawTitle: title, withdrawn: true, column: { code: 'withdraw' } },
  ...{ published: { raw: '', field: '' }, attachments: [], fields: {}, extra: {} },
});

function present(known: KnownNotice | undefined): KnownNotice {
  if (!known) throw new Error('a notice that was stored is there');
  return known;
}

/** What a released draft does to the draft of the notice that it is about. */
function eventOn(content: AnyContent): OwnEvent {
  if (content.action === 'withdraw') return 'withdraw';
  if (isArticle(content)) return 'correct';
  const { stage } = content;
  return stageDefinition(stage).effect === 'corrects' ? 'correct' : 'clarify';
}

function followUp(db: Db, row: DraftRow, content: AnyContent, doer: Doer, calendar: WorkingCalendar): void {
  if (content.original === null) return;
  const originals = db
    .select()
    .from(drafts)
    .where(
      and(
        eq(isArticle(content) ? drafts.articleId : drafts.noticeId, content.original),
        sql`${drafts.id} <> ${row.id}`,
      ),
    )
    .all();
  const event = eventOn(content);
  for (const before of originals) {
    if (contentOf(before).action === 'withdraw') continue;
    if (!decide(factsOf(db, before), event, { now: doer.now }).ok) continue;
    applyEvent(db, doer, { before, event, reason: `《${row.title}》${content.reason}` }, calendar);
  }
}
