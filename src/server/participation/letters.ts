import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { foiLetters, publicSubmissionFiles } from '#db/schema/index.ts';
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
  const { id: submissionId, identity } = await openReceipt(typed);
  const letters = await openOwnLetters(submissionId, identity);
  const letter = letters.find(({ id }) => id === letterId);
  if (!letter) throw new InputError([{ name: 'letter', message: '没有这份文书' }]);
  return letter.document;
}

/** A file that was given to the person with an answer. */
export interface OwnFile {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
}

/** The files that were given with answers to a submission. */
export function listOwnFiles(submissionId: string, identity: string): Promise<OwnFile[]> {
  const { id, size, sealedName } = publicSubmissionFiles;
  const rows = webDb().select({ id, size, sealedName }).from(publicSubmissionFiles).where(given(submissionId)).all();
  return Promise.all(
    rows.map(async (row) => ({
      ...{ id: row.id, size: row.size },
      name: (await open(row.sealedName, identity)).toString(),
    })),
  );
}

/** One of them, by the receipt code. @throws InputError for a code or a file that is none of theirs */
export async function findOwnFile(typed: string, fileId: string): Promise<{ name: string; bytes: Buffer }> {
  const { id: submissionId, identity } = await openReceipt(typed);
  const isAsked = and(given(submissionId), eq(publicSubmissionFiles.id, fileId));
  const file = webDb().select().from(publicSubmissionFiles).where(isAsked).get();
  if (!file) throw new InputError([{ name: 'file', message: '没有这个文件' }]);
  return { name: (await open(file.sealedName, identity)).toString(), bytes: await open(file.sealed, identity) };
}

/** What came in is sealed to the staff alone: only what was given with an answer opens here. */
const given = (submissionId: string) =>
  and(eq(publicSubmissionFiles.submissionId, submissionId), isNotNull(publicSubmissionFiles.eventSeq));

/** The submission of a receipt code, and what opens its answers. @throws InputError for a code that is none of ours */
async function openReceipt(typed: string): Promise<{ id: string; identity: string }> {
  const read = readReceiptCode(typed);
  if ('fault' in read) throw new InputError([{ name: 'code', message: RECEIPT_FAULTS[read.fault] }]);
  const row = findReceipt(read.code);
  if (!row || row.replyIdentity.length === 0)
    throw new InputError([{ name: 'code', message: '没有这个查询码，请核对' }]);
  return { id: row.id, identity: await openReplyKey(row.replyIdentity, read.code) };
}
