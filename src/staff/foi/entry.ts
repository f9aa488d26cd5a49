import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { publicSubmissions } from '#db/schema/index.ts';
import type { ApplicantType } from '#src/domain/disclosure/decisions.ts';
import { InputError } from '#src/domain/errors.ts';
import { RECEIPT_BYTES, toReceiptCode } from '#src/domain/participation/receipt.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { toCommitment, toSubmittedText } from '#src/publish/participation/content.ts';
import { makeReplyKey, seal } from '#src/publish/participation/sealing.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { CaseKey } from '../participation/identity.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

interface Parts {
  db: Db;
  write: Write;
  caseKey: CaseKey;
  hashReceipt(code: string): string;
}

/** A request as it came on paper, by fax or at the counter; the day by the rules of 政府信息公开条例 31. */
export interface PaperRequest {
  receivedOn: string;
  fields: Readonly<Record<string, string>> & { applicantType: ApplicantType };
}

/** Enters requests that did not come by the form: sealed like the rest, with a receipt code for the applicant. */
export class FoiEntry {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Enters one. Returns its id, and the receipt code, which is shown this once. @throws ForbiddenError, InputError */
  async enter(session: Session, { receivedOn, fields }: PaperRequest): Promise<{ id: string; code: string }> {
    assertMay(session, 'case.disclosure', null);
    if (receivedOn > formatDate(session.doer.now))
      throw new InputError([{ name: 'receivedOn', message: '收到日期不能晚于今天' }]);
    const { caseKey, hashReceipt, write } = this.#parts;
    const kind = 'disclosureRequest' as const;
    const code = toReceiptCode(randomBytes(RECEIPT_BYTES));
    const text = toSubmittedText({ kind, fields: { ...fields }, files: [] });
    const reply = await makeReplyKey(code);
    const row = {
      ...{ id: randomUUID(), kind, county: 'jining' as const, noticeId: null, receivedOn, wasWorkedFor: true },
      ...{ applicantType: fields.applicantType, receiptHash: hashReceipt(code), fingerprint: null },
      ...{ sealed: await seal(text, [caseKey.recipient]), commitment: toCommitment(randomUUID(), text) },
      ...{ replyRecipient: reply.recipient, replyIdentity: reply.sealedIdentity },
    };
    await write((db) => {
      db.insert(publicSubmissions).values(row).run();
      recordAudit(db, session.doer, {
        ...{ action: 'case.disclosure', subject: `case:${row.id}`, county: row.county, details: { act: 'enter' } },
      });
    });
    return { id: row.id, code };
  }
}
