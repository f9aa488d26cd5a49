import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftRemarks, draftWorkingCopies } from '#db/schema/drafts.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import { decide } from '#src/domain/drafts/decide.ts';
import { followUpsOf, toFollowUp } from '#src/domain/drafts/follow-up.ts';
import type { DraftState } from '#src/domain/drafts/states.ts';
import type { PersonEvent } from '#src/domain/drafts/transitions.ts';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { refusalOf } from '#src/domain/staff/permissions.ts';
import { formatDateTime, type Instant } from '#src/domain/time/time.ts';
import { type PreparedArticle, prepareArticle } from '#src/publish/articles/prepare.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { factsOf } from './facts.ts';
import { countDrafts, DRAFT_PAGE, type DraftFilter, type DraftSummary, listDrafts } from './list.ts';
import { assertOriginal, findOriginals, findPublic, type Original } from './originals.ts';
import { type Rehearsal, rehearse } from './preview.ts';
import {
  applyEvent,
  assertSeen,
  contentOf,
  type DraftRow,
  type Effect,
  getDraft,
  insertDraft,
  type SeenDraft,
} from './store.ts';
import type { AttachmentUrl } from './to-notice.ts';
import { readVersion, readWholeDraft, type WholeDraft } from './view.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
}

/** A remark at a place of the draft's text. */
export interface NewRemark {
  place: string;
  quote: string;
  text: string;
}

/** What publishing a draft would show: a notice, an article, or why a notice is not there any more. */
export interface DraftPreview<Page> extends Rehearsal<Page> {
  article: PreparedArticle | null;
  tombstone: string | null;
}

/** What somebody is typing, and the revision that they began on. */
export interface WorkingCopy {
  revision: number;
  content: AnyContent;
  at: Instant;
}

/** Everything the console does with drafts. Each method asks the tables of rights and of transitions itself, at the action. */
export class DraftDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #calendar: WorkingCalendar;

  constructor({ db, write, calendar }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#calendar = calendar;
  }

  /** A page of drafts, and how many of the filter are in each state. @throws ForbiddenError */
  list(
    session: Session,
    filter: DraftFilter,
    page = 1,
  ): { drafts: DraftSummary[]; counts: Partial<Record<DraftState, number>>; hasMore: boolean } {
    const { officer, doer } = session;
    assertMay(session, 'draft.list', officer.county);
    const rows = listDrafts(this.#db, officer, filter, { now: doer.now, page });
    const counts = countDrafts(this.#db, officer, filter, doer.now);
    return { drafts: rows, counts, hasMore: rows.length === DRAFT_PAGE };
  }

  /** A draft with its history and what the person may do with it. @throws ForbiddenError, NotFoundError */
  draft(session: Session, id: string): WholeDraft {
    return readWholeDraft(this.#db, this.#readable(session, id), session.officer);
  }

  /** What a version of a draft said. @throws ForbiddenError, NotFoundError */
  version(session: Session, id: string, version: number): AnyContent {
    this.#readable(session, id);
    const content = readVersion(this.#db, id, version);
    if (!content) throw new NotFoundError('没有这个版本');
    return content;
  }

  /** Begins a draft. @throws ForbiddenError */
  async create(session: Session, county: County, content: AnyContent): Promise<DraftRow> {
    assertMay(session, 'draft.create', county);
    const authorId = session.officer.accountId;
    return this.#write((db) => {
      assertOriginal(db, county, content);
      return insertDraft(db, session.doer, { county, content, authorId }, this.#calendar);
    });
  }

  /** Saves what a draft says, as a version of its own; approvals of what it said before are void. @throws ForbiddenError, ConflictError */
  async save(session: Session, seen: SeenDraft, content: AnyContent): Promise<DraftRow> {
    const authorId = session.officer.accountId;
    return this.#write((db) => {
      assertOriginal(db, this.#readable(session, seen.id, db).county, content);
      const row = this.#move(db, session, { seen, event: 'edit', reason: '' }, () => ({
        content: { content, authorId },
      }));
      dropWorkingCopy(db, seen.id, authorId);
      return row;
    });
  }

  /** Notices that a draft can be about, by words of their title or code. @throws ForbiddenError, NotFoundError */
  originals(session: Session, id: string, words: string): Original[] {
    const row = this.#readable(session, id);
    return isArticle(contentOf(row)) ? [] : findOriginals(this.#db, row.county, words);
  }

  /** Public notices that a county may take back, by words of their title or code. @throws ForbiddenError */
  withdrawable(session: Session, county: County, words: string): Original[] {
    assertMay(session, 'draft.create', county);
    return words === '' ? [] : findOriginals(this.#db, county, words);
  }

  /** Begins the withdrawal of a public notice, whoever published it. @throws ForbiddenError, NotFoundError for one that the county may not take back */
  async beginWithdrawal(session: Session, county: County, original: string): Promise<DraftRow> {
    assertMay(session, 'draft.create', county);
    const found = findPublic(this.#db, county, original);
    if (!found) throw new NotFoundError('没有这条公告，或者不属于本县区');
    return this.create(session, county, toFollowUp(found, 'withdraw'));
  }

  /** Says which notice a draft is about. @throws ForbiddenError, ConflictError, InputError for one that it may not be about */
  async link(session: Session, seen: SeenDraft, original: string): Promise<DraftRow> {
    const row = this.#readable(session, seen.id);
    return this.save(session, seen, { ...contentOf(row), original });
  }

  /** Begins a draft about the notice that another one became. @throws ForbiddenError, InputError when it is none, or there is no such kind */
  async follow(session: Session, id: string, kind: string): Promise<DraftRow> {
    const { noticeId, category, stage, title, county } = this.#readable(session, id);
    const known = category && followUpsOf(category).find((each) => each === kind);
    if (noticeId === null || !known || !stage)
      throw new InputError([{ name: 'form', message: '这份稿件没有这种后续公告' }]);
    return this.create(session, county, toFollowUp({ id: noticeId, title, category, stage }, known));
  }

  /** Does what a button says. @throws ForbiddenError, ConflictError, InputError for what does not hold of the draft */
  async act(
    session: Session,
    seen: SeenDraft,
    { event, reason }: { event: Exclude<PersonEvent, 'edit'>; reason: string },
  ): Promise<DraftRow> {
    return this.#write((db) =>
      this.#move(db, session, { seen, event, reason }, (before) => effectOf(before, event, session)),
    );
  }

  /** Writes a remark at a place of a draft. @throws ForbiddenError, NotFoundError */
  async remark(session: Session, id: string, remark: NewRemark): Promise<void> {
    await this.#write((db) => {
      const { version, county } = this.#readable(session, id, db);
      assertMay(session, 'draft.remark', county);
      const { accountId } = session.officer;
      const { now } = session.doer;
      db.insert(draftRemarks)
        .values({ ...remark, draftId: id, version, authorId: accountId, at: now })
        .run();
      recordAudit(db, session.doer, {
        ...{ action: 'draft.remark', subject: `draft:${id}`, county, reason: remark.text },
        details: { place: remark.place },
      });
    });
  }

  /** Marks a remark as dealt with. @throws ForbiddenError, NotFoundError */
  async settleRemark(session: Session, id: string, remarkId: number): Promise<void> {
    await this.#write((db) => {
      const { county } = this.#readable(session, id, db);
      assertMay(session, 'draft.edit', county);
      const { changes } = db
        .update(draftRemarks)
        .set({ settledAt: session.doer.now, settledBy: session.officer.accountId })
        .where(and(eq(draftRemarks.id, remarkId), eq(draftRemarks.draftId, id), isNull(draftRemarks.settledAt)))
        .run();
      if (changes === 0) throw new NotFoundError('没有这条批注，或者已经处理');
      recordAudit(db, session.doer, {
        ...{ action: 'draft.edit', subject: `draft:${id}`, county },
        details: { settledRemark: remarkId },
      });
    });
  }

  /**
   * Keeps what somebody is typing, where what they kept before is what they say it is (`since`; null for nothing): two windows do not overwrite
   * each other. Gives when it was kept. @throws ForbiddenError, ConflictError when the draft or the copy is another since they began
   */
  async keepWorkingCopy(
    session: Session,
    seen: SeenDraft,
    content: AnyContent,
    since: Instant | null,
  ): Promise<Instant> {
    return this.#write((db) => {
      const row = this.#readable(session, seen.id, db);
      assertMay(session, 'draft.edit', row.county);
      assertSeen(db, row, seen);
      const kept = this.workingCopy(session, seen.id, db);
      if (kept !== null && kept.at !== since && kept.revision === seen.revision)
        throw new ConflictError(`您在另一个窗口于 ${formatDateTime(kept.at, 'second')} 自动保存过这份稿件`);
      const copy = { revision: seen.revision, content: JSON.stringify(content), at: session.doer.now };
      db.insert(draftWorkingCopies)
        .values({ ...copy, draftId: seen.id, accountId: session.officer.accountId })
        .onConflictDoUpdate({ target: [draftWorkingCopies.draftId, draftWorkingCopies.accountId], set: copy })
        .run();
      return copy.at;
    });
  }

  /** What the person was typing and did not save; null for nothing. @throws ForbiddenError, NotFoundError */
  workingCopy(session: Session, id: string, db = this.#db): WorkingCopy | null {
    this.#readable(session, id, db);
    const copy = db
      .select()
      .from(draftWorkingCopies)
      .where(and(eq(draftWorkingCopies.draftId, id), eq(draftWorkingCopies.accountId, session.officer.accountId)))
      .get();
    return copy ? { revision: copy.revision, at: copy.at, content: JSON.parse(copy.content) as AnyContent } : null;
  }

  /** Whether somebody may write in a draft. @throws ForbiddenError, NotFoundError, ConflictError where it is not to be changed any more */
  assertEditable(session: Session, id: string): void {
    const row = this.#readable(session, id);
    assertMay(session, 'draft.edit', row.county);
    const decision = decide(factsOf(this.#db, row), 'edit', { officer: session.officer });
    if (!decision.ok) throw new ConflictError(decision.message);
  }

  /** How many drafts wait for the person, and whether one is overdue; none for those who see no drafts. */
  waiting({ officer, doer }: Session): { total: number; isOverdue: boolean } {
    if (refusalOf(officer, 'draft.list', officer.county)) return { total: 0, isOverdue: false };
    const count = (overdue: boolean) =>
      Object.values(countDrafts(this.#db, officer, { view: 'queue', overdue }, doer.now)).reduce(
        (sum, of) => sum + of,
        0,
      );
    const total = count(false);
    return { total, isOverdue: total > 0 && count(true) > 0 };
  }

  /**
   * What publishing would make of what the person is typing, or of the draft, as `read` reads it; nothing is stored.
   * @throws ForbiddenError, NotFoundError
   */
  async preview<Page>(
    session: Session,
    id: string,
    urlOf: AttachmentUrl,
    read: (db: Db, noticeId: string) => Page,
  ): Promise<DraftPreview<Page>> {
    const row = this.#readable(session, id);
    const copy = this.workingCopy(session, id);
    const content = copy?.revision === row.revision ? copy.content : contentOf(row);
    const nothing = { article: null, tombstone: null, page: null, refusals: [] };
    if (isArticle(content)) return { ...nothing, article: prepareArticle(row.articleId ?? row.id, content) };
    if (content.action === 'withdraw') return { ...nothing, tombstone: content.reason };
    return { ...nothing, ...(await rehearse(this.#write, { row, content, doer: session.doer }, urlOf, read)) };
  }

  /** Throws away what the person was typing. @throws ForbiddenError, NotFoundError */
  async dropWorkingCopy(session: Session, id: string): Promise<void> {
    await this.#write((db) => {
      this.#readable(session, id, db);
      dropWorkingCopy(db, id, session.officer.accountId);
    });
  }

  /** The draft, where the person may see it. @throws ForbiddenError, NotFoundError */
  #readable(session: Session, id: string, db = this.#db): DraftRow {
    const row = getDraft(db, id);
    assertMay(session, 'draft.list', row.county);
    return row;
  }

  #move(
    db: Db,
    session: Session,
    { seen, event, reason }: { seen: SeenDraft; event: PersonEvent; reason: string },
    toEffect: (before: DraftRow) => Effect,
  ): DraftRow {
    const before = this.#readable(session, seen.id, db);
    assertMay(session, `draft.${event}`, before.county);
    assertSeen(db, before, seen);
    const decision = decide(factsOf(db, before), event, { officer: session.officer }, reason);
    if (!decision.ok) throw refusalError(decision.refusal, decision.message);
    return applyEvent(db, session.doer, { before, event, reason, effect: toEffect(before) }, this.#calendar);
  }
}

/** Who one is cannot be mended in the form; what the draft lacks can. */
const PERSONAL: ReadonlySet<string> = new Set(['isAuthor', 'isNotAuthor', 'isNotFirstReviewer', 'person', 'worker']);

function refusalError(refusal: string, message: string): Error {
  if (PERSONAL.has(refusal)) return new ForbiddenError(message, refusal);
  return new InputError([{ name: refusal === 'reason' ? 'reason' : 'form', message }]);
}

/** What an event writes down of whoever sets it off. */
function effectOf({ hash, content }: DraftRow, event: PersonEvent, { officer, doer }: Session): Effect {
  const { accountId } = officer;
  if (event === 'submitUrgent') return { columns: { urgent: true } };
  if (event === 'approveFirst') return { columns: { firstReviewerId: accountId, firstHash: hash } };
  if (event !== 'approveFinal') return {};
  const { publishAt } = JSON.parse(content) as AnyContent;
  const scheduledAt = publishAt !== null && publishAt > doer.now ? publishAt : doer.now;
  return { columns: { finalReviewerId: accountId, finalHash: hash, scheduledAt } };
}

function dropWorkingCopy(db: Db, draftId: string, accountId: string): void {
  db.delete(draftWorkingCopies)
    .where(and(eq(draftWorkingCopies.draftId, draftId), eq(draftWorkingCopies.accountId, accountId)))
    .run();
}
