import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { ledgerEntries, publicAnswers } from '#db/schema/participation.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { type CaseEventKind, type CaseView, isOver, ONLY_ON_REQUESTS } from '#src/domain/participation/case.ts';
import type { LedgerEntry, LedgerEntryKind } from '#src/domain/participation/figures.ts';
import {
  filedKind,
  SUBMISSION_KIND_KEYS,
  type SubmissionKind,
  submissionKind,
} from '#src/domain/participation/kinds.ts';
import { assertScreenedText } from '#src/domain/participation/screening.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { refusalOf } from '#src/domain/staff/permissions.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { listLedger, type Period } from '#src/publish/participation/figures.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { assertNext, type CaseAction, insertEvent, type Seen, sealAction } from './act.ts';
import { listHandlers } from './handlers.ts';
import type { CaseKey } from './identity.ts';
import {
  type CaseRow,
  type CaseSummary,
  getCaseRow,
  listCases,
  listNames,
  type OpenedCase,
  openCase,
  openFields,
  openFile,
} from './read.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
  caseKey: CaseKey;
}

/** What cannot be done without words. */
const NEEDS_WORDS: ReadonlySet<CaseEventKind> = new Set([
  ...(['outcome', 'extended', 'asked', 'answered', 'declined', 'noted', 'escalated'] as const),
]);

/** What is done to requests for information here; the rest are steps of their own, with letters. */
const ON_REQUESTS: ReadonlySet<CaseEventKind> = new Set(['assigned', 'noted', 'escalated', 'closed']);

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

  /** The kind of a submission that the person may handle. @throws ForbiddenError, NotFoundError */
  kindOf(session: Session, id: string): SubmissionKind {
    return this.#handled(session, id).kind;
  }

  /** Whether a submission is handled as a request for information. @throws NotFoundError */
  isRequest(id: string): boolean {
    return getCaseRow(this.#db, id).kind === 'disclosureRequest';
  }

  /** Who may handle a submission, to hand it to. */
  handlers({ kind, county }: Pick<CaseRow, 'kind' | 'county'>): { id: string; name: string }[] {
    return listHandlers(this.#db, submissionKind(kind).desk, county);
  }

  /** Opens a submission; that it was read is written down. @throws ForbiddenError, NotFoundError */
  async open(session: Session, id: string): Promise<OpenedCase> {
    const row = this.#handled(session, id);
    await this.#write((db) => recordAudit(db, session.doer, this.#read(row, 'content')));
    const opened = await openCase(this.#db, row, this.#key.identity, this.#calendar, session.doer.now);
    // What was moved here holds more than its kind asks for: who asked is not shown to whoever reads a tip-off.
    const asked = new Set(submissionKind(row.kind).fields.map(({ name }) => name));
    const fields = Object.entries(opened.fields).filter(([name]) => asked.has(name));
    return { ...opened, fields: Object.fromEntries(fields) };
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
  async act(session: Session, seen: Seen, action: CaseAction): Promise<void> {
    const row = this.#handled(session, seen.id);
    if (action.kind === 'escalated') assertMay(session, 'case.escalate', row.county);
    assertWhole(action);
    const isRequest = row.kind === 'disclosureRequest';
    if (isRequest ? !ON_REQUESTS.has(action.kind) : ONLY_ON_REQUESTS.has(action.kind))
      throw new InputError([{ name: 'kind', message: '依申请公开按它自己的步骤办理' }]);
    if (action.owner !== null && !this.handlers(row).some(({ id }) => id === action.owner))
      throw new InputError([{ name: 'owner', message: '这位工作人员不能办理这类事项' }]);
    const done = await sealAction(row, this.#key, action);
    await this.#write((db) => {
      assertNext(db, session, row, seen, action, this.#calendar);
      insertEvent(db, session, row, done);
      recordAudit(db, session.doer, {
        ...{ action: action.kind === 'escalated' ? 'case.escalate' : submissionKind(row.kind).desk },
        ...{ subject: `case:${row.id}`, county: row.county, details: { act: action.kind } },
      });
    });
  }

  /** Writes what the public may read of a question and its answer; another person releases it. @throws InputError for personal data */
  async writeAnswer(
    session: Session,
    id: string,
    told: { question: string; answer: string },
    seen: Instant | null,
  ): Promise<void> {
    const row = this.#handled(session, id);
    const { isAnswerPublic } = filedKind(row);
    const events = listEvents(this.#db, id);
    const answeredOn = events.findLast(({ kind }) => kind === 'answered')?.on;
    if (!isAnswerPublic) throw new InputError([{ name: 'question', message: '这类事项的内容不公开' }]);
    if (answeredOn === undefined) throw new InputError([{ name: 'answer', message: '请先答复提交人' }]);
    assertScreened(told, await openFields(row, this.#key.identity));
    const { kind, county, noticeId, receivedOn: askedOn } = row;
    const written = {
      ...{ ...told, searchText: normaliseText(`${told.question} ${told.answer}`) },
      ...{ writtenBy: session.officer.accountId, writtenAt: session.doer.now },
    };
    await this.#write((db) => {
      const before = db.select().from(publicAnswers).where(eq(publicAnswers.submissionId, id)).get();
      if ((before?.writtenAt ?? null) !== seen) throw new ConflictError('这份答复刚刚有人改过，请看过再送审');
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
  async release(session: Session, id: string, seen: Instant): Promise<void> {
    await this.#write((db) => {
      const row = this.#releasable(db, session, id);
      if (row.writtenBy === session.officer.accountId)
        throw new ForbiddenError('答复由另一名工作人员审核后公布，不能审核自己写的', 'self');
      if (row.releasedAt !== null) throw new ConflictError('已经公布');
      if (row.writtenAt !== seen) throw new ConflictError('答复刚刚改过，请看过再公布');
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
function assertWhole({ kind, words, department, days, cause }: CaseAction): void {
  const lacks = (name: string, message: string) => new InputError([{ name, message }]);
  if (NEEDS_WORDS.has(kind) && words.length < 2) throw lacks('words', '请写明内容或理由');
  if (kind === 'transferred' && department.length < 2) throw lacks('department', '请写明转给哪个部门');
  if (kind === 'extended' && days === null) throw lacks('days', '请写明延期几天');
  if (kind === 'paused' && cause === null) throw lacks('cause', '请选择为什么暂停');
}

/** Fields in which somebody says who they are. */
const OWN_FIELDS = ['applicant', 'representative', 'contact', 'mail', 'identity'];

/** @throws InputError when a text that is to be public tells of a person */
function assertScreened(
  told: { question: string; answer: string },
  fields: Readonly<Record<string, string>> = {},
): void {
  const own = OWN_FIELDS.flatMap((name) => fields[name] ?? []);
  for (const name of ['question', 'answer'] as const) assertScreenedText(name, told[name], own);
}
