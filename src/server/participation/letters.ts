import { and, asc, eq } from 'drizzle-orm';
import { foiLetters } from '#db/schema/index.ts';
import { toHtml } from '#src/documents/html.ts';
import type { PrintedDocument } from '#src/documents/model.ts';
import { InputError } from '#src/domain/errors.ts';
import { RECEIPT_FAULTS, readReceiptCode } from '#src/domain/participation/receipt.ts';
import { open, openReplyKey } from '#src/publish/participation/sealing.ts';
import { webDb } from '../db.ts';
import { findReceipt } from './receive.ts';

/** A letter to the person, opened with the receipt code. */
export interface OwnLetter {
  id: string;
  issuedOn: string;
  document: PrintedDocument;
  /** The document as a page has it. */
  html: string;
}

/** The letters of a submission that are for the person, in order. */
export async function openOwnLetters(submissionId: string, identity: string): Promise<OwnLetter[]> {
  const rows = webDb()
    .select({ id: foiLetters.id, issuedOn: foiLetters.issuedOn, sealed: foiLetters.sealed })
    .from(foiLetters)
    .where(and(eq(foiLetters.submissionId, submissionId), eq(foiLetters.isForPerson, true)))
    .orderBy(asc(foiLetters.year), asc(foiLetters.serial))
    .all();
  const kept = rows.filter(({ sealed }) => sealed.length > 0);
  return Promise.all(
    kept.map(async ({ id, issuedOn, sealed }) => {
      const document = JSON.parse((await open(sealed, identity)).toString()) as PrintedDocument;
      return { id, issuedOn, document, html: toHtml(document, { titleLevel: 2 }) };
    }),
  );
}

/** One letter to the person, by the receipt code. @throws InputError for a code or a letter that is none of theirs */
export async function findOwnLetter(typed: string, letterId: string): Promise<PrintedDocument> {
  const read = readReceiptCode(typed);
  if ('fault' in read) throw new InputError([{ name: 'code', message: RECEIPT_FAULTS[read.fault] }]);
  const row = findReceipt(read.code);
  if (!row || row.replyIdentity.length === 0)
    throw new InputError([{ name: 'code', message: '没有这个查询码，请核对' }]);
  const letters = await openOwnLetters(row.id, await openReplyKey(row.replyIdentity, read.code));
  const letter = letters.find(({ id }) => id === letterId);
  if (!letter) throw new InputError([{ name: 'letter', message: '没有这份文书' }]);
  return letter.document;
}
