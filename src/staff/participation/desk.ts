import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, ledgerEntries, publicAnswers } from '#db/schema/participation.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { type CaseEventKind, type CaseView, isOver, NEXT_EVENTS, standingOf } from '#src/domain/participation/case.ts';
import type { PauseCause } from '#src/domain/participation/clock.ts';
import type { LedgerEntry, LedgerEntryKind } from '#src/domain/participation/figures.ts';
import { SUBMISSION_KIND_KEYS, submissionKind } from '#src/domain/participation/kinds.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { refusalOf } from '#src/domain/staff/permissions.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { listLedger, type Period } from '#src/publish/participation/figures.ts';
import { seal } from '#src/publish/participation/sealing.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import type { CaseKey } from './identity.ts';
import {
  type CaseRow,
  type CaseSummary,
  getCaseRow,
  listCases,
  listNames,
  type OpenedCase,
  openCase,
  openFile,
} from './read.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
  caseKey: CaseKey;
}

/** What is done to a submission. */
export interface CaseAction {
  kind: Exclude<CaseEventKind, 'replied'>;
  /** Words to the person, or a note of the house. */
  words: string;
  department: string;
  days: number | null;
  cause: PauseCause | null;
  decision: DisclosureDecision | null;
}

/** What of these is told to the person. */
const FOR_PERSON: ReadonlySet<CaseEventKind> = new Set([
  ...(['accepted', 'transferred', 'outcome', 'extended', 'paused', 'asked', 'answered', 'declined', 'closed'] as const),
]);
/** What cannot be done without words. */
const NEEDS_WORDS: ReadonlySet<CaseEventKind> = new Set([
  ...(['outcome', 'extended', 'asked', 'answered', 'declined', 'noted', 'escalated'] as const),
]);

/** Everything the console does with what the public sends in. Each method asks the table of rights itself, at the action. */
export class CaseDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #calendar: WorkingCalendar;
  readonly #key: CaseKey;

  constructor({ db, write, calendar, caseKey }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#calendar = calendar;
    this.#key = caseKey;
  }

  /** Submissions that the person may handle. @throws ForbiddenError when there is no kind that they may */
  list(session: Session, view: CaseView): CaseSummary[] {
    const { officer, doer } = session;
    const kinds = SUBMISSION_KIND_KEYS.filter(
      (kind) => refusalOf(officer, submissionKind(kind).desk, officer.county) === null,
    );
    if (kinds.length === 0) assertMay(session, 'case.general', officer.county);
    const all = listCases(this.#db, { kinds, county: officer.county }, this.#calendar, doer.now);
    return all.filter(({ standing }) => {
      if (view === 'over') return isOver(standing.state);
      if (isOver(standing.state)) return false;
      if (view === 'overdue') return standing.isOverdue;
      return view === 'open' || standing.owner === officer.accountId;
    });
  }

  /** Opens a submission; that it was read is written down. @throws ForbiddenError, NotFoundError */
  async open(session: Session, id: string): Promise<OpenedCase> {
    const row = this.#handled(session, id);
    await this.#write((db) => recordAudit(db, session.doer, this.#read(row, 'content')));
    return openCase(this.#db, row, this.#key.identity, this.#calendar, session.doer.now);
  }

  /** Opens a file of a submission; that is written down too. @throws ForbiddenError, NotFoundError */
  async file(session: Session, id: string, fileId: string): Promise<{ name: string; bytes: Buffer }> {
    const row = this.#handled(session, id);
    const file = await openFile(this.#db, row, fileId, this.#key.identity);
    await this.#write((db) => recordAudit(db, session.doer, this.#read(row, `file ${fileId}`)));
    return file;
  }

  #read({ id, county }: CaseRow, what: string) {
    return { action: 'sealed.read', subject: `case:${id}`, county, details: { what } } as const;
  }

  /** Does something to a submission as it was seen. @throws ForbiddenError, ConflictError, InputError */
  async act(session: Session, seen: { id: string; seq: number }, action: CaseAction): Promise<void> {
    const row = this.#handled(session, seen.id);
    if (action.kind === 'escalated') assertMay(session, 'case.escalate', row.county);
    assertWhole(row, action);
    const isForPerson = FOR_PERSON.has(action.kind);
    const recipients = isForPerson ? [this.#key.recipient, row.replyRecipient] : [this.#key.recipient];
    const sealed = action.words === '' ? null : await seal(action.words, recipients);
    await this.#write((db) => {
      this.#assertNext(db, session, row, seen.seq, action);
      this.#insertEvent(db, session, row, action, { sealed, isForPerson });
      recordAudit(db, session.doer, {
        ...{ action: action.kind === 'escalated' ? 'case.escalate' : submissionKind(row.kind).desk },
        ...{ subject: `case:${row.id}`, county: row.county, details: { act: action.kind } },
      });
    });
  }

  #insertEvent(
    db: Db,
    session: Session,
    row: CaseRow,
    action: CaseAction,
    words: { sealed: Buffer | null; isForPerson: boolean },
  ): void {
    const { accountId } = session.officer;
    const values = {
      ...{ submissionId: row.id, kind: action.kind, occurredOn: formatDate(session.doer.now), accountId, ...words },
      ...{ ownerId: action.kind === 'assigned' ? accountId : null },
      ...{ department: action.department || null, days: action.days, cause: action.cause, decision: action.decision },
    };
    db.insert(caseEvents).values(values).run();
  }

  /** @throws ConflictError, InputError */
  #assertNext(db: Db, { doer }: Session, row: CaseRow, seen: number, { kind, days }: CaseAction): void {
    const events = listEvents(db, row.id);
    if ((events.at(-1)?.seq ?? 0) !== seen) throw new ConflictError('这件事项刚刚有了新的进展，请看过再操作');
    const { state, extendedBy, clock } = standingOf(row, events, this.#calendar, formatDate(doer.now));
    const refuse = (message: string) => new InputError([{ name: 'kind', message }]);
    if (!NEXT_EVENTS[state].includes(kind)) throw refuse('这件事项现在不能这样办理');
    if (kind === 'resumed' && clock.waitsFor === null) throw refuse('现在没有暂停计时');
    const most = submissionKind(row.kind).extension;
    if (kind === 'extended' && extendedBy + (days ?? 0) > most)
      throw refuse(most === 0 ? '这类事项的期限是法定的，不能延期' : `一共最多延期 ${most} 天`);
  }

  /** Writes what the public may read of a question and its answer; another person releases it. @throws InputError for personal data */
  async writeAnswer(session: Session, id: string, told: { question: string; answer: string }): Promise<void> {
    const row = this.#handled(session, id);
    const { isAnswerPublic } = submissionKind(row.kind);
    const events = listEvents(this.#db, id);
    const answeredOn = events.findLast(({ kind }) => kind === 'answered')?.on;
    if (!isAnswerPublic) throw new InputError([{ name: 'question', message: '这类事项的内容不公开' }]);
    if (answeredOn === undefined) throw new InputError([{ name: 'answer', message: '请先答复提交人' }]);
    assertScreened(told);
    const { kind, county, noticeId, receivedOn: askedOn } = row;
    const written = {
      ...{ ...told, searchText: normaliseText(`${told.question} ${told.answer}`) },
      ...{ writtenBy: session.officer.accountId, writtenAt: session.doer.now },
    };
    await this.#write((db) => {
      const before = db.select().from(publicAnswers).where(eq(publicAnswers.submissionId, id)).get();
      if (before?.releasedAt) throw new ConflictError('已经公布：请先撤下再改');
      if (before) db.update(publicAnswers).set(written).where(eq(publicAnswers.id, before.id)).run();
      else
        db.insert(publicAnswers)
          .values({
            ...{ id: randomUUID(), submissionId: id, kind, county, noticeId, askedOn, answeredOn },
            ...written,
          })
          .run();
      recordAudit(db, session.doer, {
        ...{ action: submissionKind(kind).desk, subject: `case:${id}`, county, details: { act: 'writeAnswer' } },
      });
    });
  }

  /** Answers that wait for another person, and those that are public. @throws ForbiddenError */
  answers(session: Session): (typeof publicAnswers.$inferSelect & { writerName: string })[] {
    const { officer } = session;
    assertMay(session, 'case.release', officer.county);
    const names = listNames(this.#db);
    return this.#db
      .select()
      .from(publicAnswers)
      .where(
        and(
          isNull(publicAnswers.withdrawnAt),
          officer.county === null ? undefined : eq(publicAnswers.county, officer.county),
        ),
      )
      .orderBy(publicAnswers.releasedAt, desc(publicAnswers.writtenAt))
      .limit(200)
      .all()
      .map((row) => ({ ...row, writerName: names.get(row.writtenBy) ?? '' }));
  }

  /** Makes an answer public. @throws ForbiddenError for whoever wrote it, InputError for personal data, ConflictError */
  async release(session: Session, id: string): Promise<void> {
    await this.#write((db) => {
      const row = this.#releasable(db, session, id);
      if (row.writtenBy === session.officer.accountId)
        throw new ForbiddenError('答复由另一名工作人员审核后公布，不能审核自己写的', 'self');
      if (row.releasedAt !== null) throw new ConflictError('已经公布');
      assertScreened(row);
      db.update(publicAnswers)
        .set({ releasedBy: session.officer.accountId, releasedAt: session.doer.now })
        .where(eq(publicAnswers.id, id))
        .run();
      this.#recordRelease(db, session, row, 'release');
    });
  }

  /** Takes an answer from the public, or back from whoever was to release it. @throws ForbiddenError */
  async withdraw(session: Session, id: string, reason: string): Promise<void> {
    await this.#write((db) => {
      const row = this.#releasable(db, session, id);
      db.update(publicAnswers).set({ withdrawnAt: session.doer.now }).where(eq(publicAnswers.id, id)).run();
      this.#recordRelease(db, session, row, 'withdraw', reason);
    });
  }

  #releasable(db: Db, session: Session, id: string): typeof publicAnswers.$inferSelect {
    const row = db.select().from(publicAnswers).where(eq(publicAnswers.id, id)).get();
    if (!row || row.withdrawnAt !== null) throw new NotFoundError('没有这条答复，或者已经撤下');
    assertMay(session, 'case.release', row.county);
    return row;
  }

  #recordRelease(db: Db, session: Session, row: typeof publicAnswers.$inferSelect, act: string, reason?: string): void {
    recordAudit(db, session.doer, {
      ...{ action: 'case.release', subject: `answer:${row.id}`, county: row.county, details: { act } },
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** Entries of the ledger of a period, those that follow from transfers included, and what was entered by hand. @throws ForbiddenError */
  ledger(session: Session, period: Period): { entries: LedgerEntry[]; entered: (typeof ledgerEntries.$inferSelect)[] } {
    assertMay(session, 'case.ledger', null);
    const entered = this.#db.select().from(ledgerEntries).orderBy(desc(ledgerEntries.seq)).limit(200).all();
    return { entries: listLedger(this.#db, period), entered };
  }

  /** Enters what did not come in here. @throws ForbiddenError */
  async enter(
    session: Session,
    entry: { kind: LedgerEntryKind; on: string; county: County; count: number; department: string; outcome: string },
  ): Promise<void> {
    assertMay(session, 'case.ledger', null);
    const { on: occurredOn, ...rest } = entry;
    await this.#write((db) => {
      const row = { ...rest, occurredOn, accountId: session.officer.accountId, at: session.doer.now };
      const { seq } = db.insert(ledgerEntries).values(row).returning({ seq: ledgerEntries.seq }).get();
      recordAudit(db, session.doer, {
        ...{ action: 'case.ledger', subject: `ledger:${seq}`, county: entry.county },
        details: { kind: entry.kind, count: entry.count },
      });
    });
  }

  /** @throws ForbiddenError, NotFoundError */
  #handled(session: Session, id: string): CaseRow {
    const row = getCaseRow(this.#db, id);
    assertMay(session, submissionKind(row.kind).desk, row.county);
    return row;
  }
}

/** @throws InputError for what an action lacks */
function assertWhole({ kind: of }: CaseRow, { kind, words, department, days, cause, decision }: CaseAction): void {
  const lacks = (name: string, message: string) => new InputError([{ name, message }]);
  if (NEEDS_WORDS.has(kind) && words.length < 2) throw lacks('words', '请写明内容或理由');
  if (kind === 'transferred' && department.length < 2) throw lacks('department', '请写明转给哪个部门');
  if (kind === 'extended' && days === null) throw lacks('days', '请写明延期几天');
  if (kind === 'paused' && cause === null) throw lacks('cause', '请选择为什么暂停');
  if (kind === 'answered' && of === 'disclosureRequest' && decision === null)
    throw lacks('decision', '请选择答复的类别：每件申请计入年度报告表三的一行');
}

/** @throws InputError when a text that is to be public has personal numbers in it */
function assertScreened(told: { question: string; answer: string }): void {
  for (const name of ['question', 'answer'] as const) {
    if (told[name].trim().length < 2) throw new InputError([{ name, message: '请填写' }]);
    if (redactPersonalData(told[name]).masked > 0)
      throw new InputError([{ name, message: '里面有身份证号、手机号或银行卡号，去掉后才能公布' }]);
  }
}
