import type { Db } from '#db/client.ts';
import { foiDeliveries } from '#db/schema/index.ts';
import { renderDocx } from '#src/documents/docx.ts';
import { type PrintedDocument, UnprintableError } from '#src/documents/model.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { toFileName } from '#src/domain/attachments/types.ts';
import { InputError } from '#src/domain/errors.ts';
import { type Delivery, LETTER_KINDS } from '#src/domain/foi/letter-kinds.ts';
import { CORRECTION_LIMIT, type FoiView, foiStep } from '#src/domain/foi/steps.ts';
import { isOver, standingOf } from '#src/domain/participation/case.ts';
import { type Limit, runClock } from '#src/domain/participation/clock.ts';
import { submissionKind } from '#src/domain/participation/kinds.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { seal } from '#src/publish/participation/sealing.ts';
import { assertMay } from '../assert-may.ts';
import { recordReading } from '../audit.ts';
import { assertNext, insertEvent, moveCase, type Seen, sealAction } from '../participation/act.ts';
import {
  type CaseRow,
  type CaseSummary,
  getCaseRow,
  listCases,
  type OpenedCase,
  openCase,
} from '../participation/read.ts';
import type { Session } from '../sessions.ts';
import { insertAnswerFiles, takeAnswerFiles } from './files.ts';
import { type DraftLetter, type FoiParts, issueLetter, readFacts, recordStep } from './issue.ts';
import { letterNumber } from './letters.ts';
import {
  getLetterRow,
  type LetterSummary,
  listLetters,
  listReviews,
  openLetter,
  openProposal,
  type ReviewRow,
  topicOf,
} from './read.ts';
import { assertAllowed, assertWhole, type StepInput, toAction } from './step-input.ts';

/** A request, opened: without the identity proof unless it was asked for. */
export interface OpenedRequest {
  opened: OpenedCase;
  hasIdentity: boolean;
  letters: LetterSummary[];
  reviews: ReviewRow[];
  topicId: string | null;
  /** An extension that waits for another person. */
  proposal: { days: number; words: string | null } | null;
  /** The last day for asking for a correction; null when that hangs on a holiday plan that is to come. */
  correctBy: string | null;
}

/** What the console does with requests for information. Each method asks the table of rights itself, at the action. */
export class FoiDesk {
  readonly #parts: FoiParts;

  constructor(parts: FoiParts) {
    this.#parts = parts;
  }

  /** Requests, the most urgent first. @throws ForbiddenError */
  list(session: Session, view: FoiView): CaseSummary[] {
    assertMay(session, 'case.disclosure', null);
    const { db, calendar } = this.#parts;
    const all = listCases(db, { kinds: ['disclosureRequest'], county: null }, calendar, session.doer.now);
    return all.filter(({ standing }) => {
      if (view === 'late') return standing.wait?.isLate === true;
      return isOver(standing.state) === (view === 'over');
    });
  }

  /** Opens a request; that it was read is written down, its identity proof for itself. @throws ForbiddenError, NotFoundError */
  async open(session: Session, id: string, withIdentity: boolean): Promise<OpenedRequest> {
    const { db, write, caseKey, calendar, office } = this.#parts;
    const row = this.#request(session, id);
    await write((inside) =>
      recordReading(inside, session.doer, {
        ...{ subject: `case:${id}`, county: row.county, what: withIdentity ? 'identity' : 'content' },
      }),
    );
    const opened = await openCase(db, row, caseKey.identity, calendar, session.doer.now);
    const { identity, ...fields } = opened.fields;
    const proposal = openProposal(opened.events);
    return {
      opened: { ...opened, fields: withIdentity ? opened.fields : fields },
      hasIdentity: identity !== undefined,
      letters: listLetters(db, id, office.prefix),
      reviews: listReviews(db, id),
      topicId: topicOf(db, id),
      proposal: proposal ? { days: proposal.days ?? 0, words: proposal.words } : null,
      correctBy: this.#end(row.receivedOn, CORRECTION_LIMIT),
    };
  }

  /** Takes a step, with the letter that goes with it. @throws ForbiddenError, ConflictError, InputError */
  async step(session: Session, seen: Seen, input: StepInput): Promise<void> {
    const { write, caseKey, calendar, intake } = this.#parts;
    const row = this.#request(session, seen.id);
    assertWhole(input);
    const events = listEvents(this.#parts.db, row.id);
    assertAllowed(input, standingOf(row, events, calendar, formatDate(session.doer.now)), events);
    const action = toAction(input);
    const recipients = [caseKey.recipient, row.replyRecipient];
    const files = await takeAnswerFiles(intake, input.files, input.isChecked, recipients);
    const draft = await this.#draft(session, row, input, action.fee ?? null);
    const done = await sealAction(row, caseKey, action);
    const inWrite = (inside: Db): number => {
      assertNext(inside, session, row, seen, action, calendar);
      recordStep(inside, session, row, input.step);
      const seq = insertEvent(inside, session, row, done);
      insertAnswerFiles(inside, row.id, seq, files);
      const { movesTo } = foiStep(input.step);
      if (movesTo) moveCase(inside, row.id, movesTo.kind);
      return seq;
    };
    if (draft) await issueLetter(this.#parts, session, row, draft, inWrite);
    else await write(inWrite);
  }

  /** A letter as it was issued; reading it is written down. @throws ForbiddenError, NotFoundError */
  async letter(session: Session, letterId: string): Promise<PrintedDocument> {
    const { db, write, caseKey } = this.#parts;
    const letter = getLetterRow(db, letterId);
    const row = this.#request(session, letter.submissionId);
    await write((inside) =>
      recordReading(inside, session.doer, {
        ...{ subject: `case:${letter.submissionId}`, county: row.county, what: `letter ${letterId}` },
      }),
    );
    return openLetter(letter, caseKey.identity);
  }

  /** A letter as a file. @throws as `letter`; InputError for a character that the fonts lack: it would print as an empty box */
  async file(session: Session, letterId: string, format: 'pdf' | 'docx'): Promise<Uint8Array<ArrayBuffer>> {
    const letter = await this.letter(session, letterId);
    if (format === 'docx') return renderDocx(letter);
    try {
      return await renderPdf(letter);
    } catch (error) {
      if (!(error instanceof UnprintableError)) throw error;
      throw new InputError([{ name: 'form', message: '文书里有字库中没有的字，请用 Word 文件打印' }]);
    }
  }

  /** Writes down that a letter reached whom it is for; what is handed over or mailed gets its receipt 送达回证. @throws ForbiddenError */
  async deliver(
    session: Session,
    letterId: string,
    told: { method: Delivery; deliveredOn: string; words: string },
  ): Promise<void> {
    const { db, write, caseKey, office } = this.#parts;
    const letter = getLetterRow(db, letterId);
    const row = this.#request(session, letter.submissionId);
    const { method, deliveredOn, words } = told;
    if (deliveredOn < letter.issuedOn)
      throw new InputError([{ name: 'deliveredOn', message: '送达日期不能早于文书日期' }]);
    const sealed = words === '' ? null : await seal(words, [caseKey.recipient]);
    const inWrite = (inside: Db): null => {
      inside
        .insert(foiDeliveries)
        .values({
          ...{ letterId, submissionId: row.id, method, deliveredOn, sealed },
          ...{ accountId: session.officer.accountId, at: session.doer.now },
        })
        .run();
      recordStep(inside, session, row, 'deliver');
      return null;
    };
    if (method !== 'inPerson' && method !== 'registered') return void (await write(inWrite));
    const of = `${LETTER_KINDS[letter.kind].title}（${letterNumber({ office, year: letter.year, serial: letter.serial })}）`;
    const facts = { ...(await readFacts(row, this.#parts.caseKey)), words, dueOn: null };
    const content = { kind: 'receipt', of, method, deliveredOn } as const;
    await issueLetter(this.#parts, session, row, { facts, content }, inWrite);
  }

  async #draft(session: Session, row: CaseRow, input: StepInput, fee: number | null): Promise<DraftLetter | null> {
    const { letter, waits } = foiStep(input.step);
    if (letter === undefined) return null;
    const today = formatDate(session.doer.now);
    const dueOn = input.step === 'correct' ? this.#end(today, { count: input.days ?? 0, unit: 'cd' }) : null;
    const facts = {
      ...(await readFacts(row, this.#parts.caseKey)),
      words: input.words,
      dueOn: waits ? this.#end(today, waits) : dueOn,
    };
    return { facts, content: this.#content(row, session, input, fee) };
  }

  #content(row: CaseRow, session: Session, input: StepInput, fen: number | null): DraftLetter['content'] {
    const { step, addressee, decision, basis, count } = input;
    if (step === 'thirdParty' || step === 'otherBody') return { kind: step, addressee };
    if (step === 'fee') return { kind: 'fee', basis: basis ?? 'items', count: count ?? 0, fen: fen ?? 0 };
    const { movesTo } = foiStep(step);
    if (movesTo) {
      const { label } = submissionKind(movesTo.kind);
      return { kind: 'decision', decision: movesTo.decision, files: [], movesTo: label };
    }
    if (step === 'decide') {
      const names = input.files.map(({ name }) => toFileName(name));
      return { kind: 'decision', decision: decision ?? 'granted', files: names, movesTo: null };
    }
    if (step === 'correct') return { kind: 'correction' };
    const { db, calendar } = this.#parts;
    const { clock } = standingOf(row, listEvents(db, row.id), calendar, formatDate(session.doer.now));
    const until = clock.isCertain && clock.due !== null ? `至${clock.due}届满` : '届满日期待国务院公布放假安排后确定';
    return { kind: 'registration', rule: `答复期限为${clock.total}个工作日，${until}` };
  }

  #end(from: string, limit: Limit): string | null {
    const { due, isCertain } = runClock(this.#parts.calendar, { start: from, limit });
    return isCertain ? due : null;
  }

  /** @throws ForbiddenError, NotFoundError, InputError for what is no request for information */
  #request(session: Session, id: string): CaseRow {
    assertMay(session, 'case.disclosure', null);
    const row = getCaseRow(this.#parts.db, id);
    if (row.kind !== 'disclosureRequest') throw new InputError([{ name: 'form', message: '这不是依申请公开事项' }]);
    return row;
  }
}
