import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { annualReportDrafts } from '#db/schema/disclosure.ts';
import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { renderDocx } from '#src/documents/docx.ts';
import type { PrintedDocument } from '#src/documents/model.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { cellsOf } from '#src/domain/annual-report/cells.ts';
import type { ReportState } from '#src/domain/annual-report/forms.ts';
import { EMPTY_INPUT, type ReportInput } from '#src/domain/annual-report/input.ts';
import { ConflictError, ForbiddenError, InputError } from '#src/domain/errors.ts';
import type { Permitted } from '#src/domain/staff/permissions.ts';
import { formatDate } from '#src/domain/time/time.ts';
import {
  listReportVersions,
  publishReport,
  type ReportKey,
  type ReportVersion,
  reportId,
} from '#src/publish/annual-report/store.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { type BuiltReport, buildReport, findReportDraft, inputOf, type ReportDraftRow } from './drafts.ts';

/** A report as its page in the console shows it. */
export interface OpenReport extends BuiltReport {
  key: ReportKey;
  /** Undefined where nobody has begun it. */
  draft: ReportDraftRow | undefined;
  document: PrintedDocument;
  versions: ReportVersion[];
}

/** What somebody saw of a draft: 0 where there was none. */
export interface SeenReport extends ReportKey {
  revision: number;
}

/** Annual reports: written by one person, published by another. Each method asks the table of rights itself. */
export class ReportDesk {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** Drafts, the latest year first. @throws ForbiddenError */
  drafts(session: Session): ReportDraftRow[] {
    assertMay(session, 'report.list', null);
    const rows = this.#db.select().from(annualReportDrafts).all();
    return rows.toSorted((a, b) => b.year - a.year || (a.form < b.form ? 1 : -1));
  }

  /** A report as it stands, built at this moment. @throws ForbiddenError */
  open(session: Session, key: ReportKey): OpenReport {
    assertMay(session, 'report.list', null);
    const draft = findReportDraft(this.#db, key);
    const built = buildReport(this.#db, key, inputOf(draft), formatDate(session.doer.now));
    const document = toReportDocument(built.content);
    return { ...built, ...{ key, draft, document, versions: listReportVersions(this.#db, key) } };
  }

  /** The draft as a file. @throws ForbiddenError, UnprintableError */
  async file(session: Session, key: ReportKey, format: 'pdf' | 'docx'): Promise<Uint8Array<ArrayBuffer>> {
    const { document } = this.open(session, key);
    return format === 'pdf' ? renderPdf(document) : renderDocx(document);
  }

  /** Keeps what people add to a report. @throws ForbiddenError, ConflictError, InputError for cells that the form does not have */
  async save(session: Session, seen: SeenReport, input: ReportInput): Promise<void> {
    const known = new Set(cellsOf(seen.form).map(({ key }) => key));
    const unknown = Object.keys(input.cells).find((key) => !known.has(key));
    if (unknown !== undefined) throw new InputError([{ name: 'form', message: `本格式没有单元格 ${unknown}` }]);
    await this.#move(session, seen, 'report.draft', ['drafting', 'published'], () => ({
      ...{ state: 'drafting', submittedHash: null, input: JSON.stringify(input) },
    }));
  }

  /** Hands a report to whoever publishes it. @throws ForbiddenError, ConflictError, InputError naming the first cell that does not fit */
  async submit(session: Session, seen: SeenReport): Promise<void> {
    await this.#move(session, seen, 'report.submit', ['drafting'], (db, draft) => {
      const built = buildReport(db, seen, inputOf(draft), formatDate(session.doer.now));
      assertFits(built);
      return { state: 'submitted', submittedHash: built.hash, returned: null };
    });
  }

  /** Gives a report back with the reason. @throws ForbiddenError, ConflictError */
  async giveBack(session: Session, seen: SeenReport, reason: string): Promise<void> {
    await this.#move(
      session,
      seen,
      'report.return',
      ['submitted'],
      () => ({ state: 'drafting', returned: reason }),
      reason,
    );
  }

  /**
   * Publishes a report as it was submitted, with its files, in one transaction with the log.
   * @throws ForbiddenError for whoever wrote it, ConflictError when its figures have changed since, InputError for a cell that does not
   * fit or a contradiction without a reason, UnprintableError
   */
  async publish(session: Session, seen: SeenReport, reason: string): Promise<void> {
    assertMay(session, 'report.publish', null);
    const { document, hash } = this.open(session, seen);
    const files = { pdf: await renderPdf(document), docx: await renderDocx(document) };
    const publisherId = session.officer.accountId;
    await this.#move(
      session,
      seen,
      'report.publish',
      ['submitted'],
      (db, draft) => {
        if (draft.authorId === publisherId) throw new ForbiddenError('起草人不能审核发布自己写的报告', 'isAuthor');
        const built = buildReport(db, seen, inputOf(draft), formatDate(session.doer.now));
        if (built.hash !== draft.submittedHash || built.hash !== hash)
          throw new ConflictError('提交以后数据有了变化，请退回重新核对');
        assertFits(built);
        if (built.assessment.needsReason && reason === '')
          throw new InputError([{ name: 'reason', message: '报告有提示没有消除，请说明核实情况' }]);
        publishReport(db, {
          content: built.content,
          ...files,
          reason,
          authorId: draft.authorId,
          publisherId,
          at: session.doer.now,
        });
        return { state: 'published' };
      },
      reason,
    );
  }

  async #move(
    session: Session,
    seen: SeenReport,
    permitted: Permitted,
    from: readonly ReportState[],
    change: (db: Db, draft: ReportDraftRow) => Partial<ReportDraftRow>,
    reason = '',
  ): Promise<void> {
    assertMay(session, permitted, null);
    const { year, form } = seen;
    await this.#write((db) => {
      const draft = findReportDraft(db, seen);
      if ((draft?.revision ?? 0) !== seen.revision) throw new ConflictError('这份报告刚被改动过，请看过再做');
      if (draft && !from.includes(draft.state)) throw new ConflictError('报告现在的状态不能做这一步');
      const { accountId } = session.officer;
      const row: ReportDraftRow = draft ?? {
        ...{ year, form, state: 'drafting', revision: 0, input: JSON.stringify(EMPTY_INPUT) },
        ...{ submittedHash: null, returned: null, authorId: accountId, updatedAt: session.doer.now },
      };
      const writes = permitted === 'report.draft' ? { authorId: accountId } : {};
      const next: ReportDraftRow = {
        ...row,
        ...writes,
        ...change(db, row),
        revision: row.revision + 1,
        updatedAt: session.doer.now,
      };
      if (draft)
        db.update(annualReportDrafts)
          .set(next)
          .where(and(eq(annualReportDrafts.year, year), eq(annualReportDrafts.form, form)))
          .run();
      else db.insert(annualReportDrafts).values(next).run();
      recordAudit(db, session.doer, {
        ...{ action: permitted, subject: `report:${reportId(seen)}`, details: { revision: next.revision } },
        ...(reason === '' ? {} : { reason }),
      });
    });
  }
}

function assertFits({ assessment }: BuiltReport): void {
  const fault = assessment.faults.find(({ severity }) => severity === 'error');
  if (fault) throw new InputError([{ name: fault.cell, message: `${fault.label}：${fault.message}` }]);
}
