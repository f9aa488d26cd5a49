import { type Column, eq, getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params, paramsOf, type RowOf } from '#db/query.ts';
import { attachments, codeKeys, noticeParties, noticeTexts } from '#db/schema/index.ts';
import { codeKeys as keysOf } from '#src/domain/identifiers/code-keys.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { dropStale, insertParties, listLinks } from '../organizations/parties.ts';

const deleteFrom = (table: SQLiteTable & { noticeId: Column }) =>
  defineQuery((db, p: Params<{ noticeId: string }>) => db.delete(table).where(eq(table.noticeId, p.noticeId)));

/** Tables whose rows come from what was read out of a notice, and those that hold its own words. */
const DELETE_READ = [noticeParties, codeKeys].map(deleteFrom);
const DELETE_OWN = [noticeTexts, attachments].map(deleteFrom);

const TEXT = getTableColumns(noticeTexts);
const INSERT_TEXT = defineQuery((db, p: Params<RowOf<typeof TEXT>>) =>
  db.insert(noticeTexts).values(paramsOf(TEXT, p)),
);
const { mediaType, size, ...ATTACHMENT } = getTableColumns(attachments);
const INSERT_ATTACHMENT = defineQuery((db, p: Params<RowOf<typeof ATTACHMENT>>) =>
  db.insert(attachments).values(paramsOf(ATTACHMENT, p)),
);
const CODE_KEY = getTableColumns(codeKeys);
const INSERT_CODE_KEY = defineQuery((db, p: Params<RowOf<typeof CODE_KEY>>) =>
  db.insert(codeKeys).values(paramsOf(CODE_KEY, p)),
);

/** Removes what only public notices have: text, parties, code keys, attachments. */
export function deletePublicRows(db: Db, noticeId: string): void {
  for (const query of [...DELETE_READ, ...DELETE_OWN]) query.run(db, { noticeId });
}

/** Writes what only public notices have. The notice must have none of these rows. */
export function insertPublicRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  const { id } = notice;
  INSERT_TEXT.run(db, { noticeId: id, body: text });
  insertReadRows(db, notice, text, now);
  notice.attachments.forEach(({ name, url }, position) => {
    INSERT_ATTACHMENT.run(db, { noticeId: id, position, name, url });
  });
}

/** Writes parties and code keys of a public notice anew. */
export function replaceReadRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  const links = listLinks(db, notice.id);
  for (const query of DELETE_READ) query.run(db, { noticeId: notice.id });
  insertReadRows(db, notice, text, now);
  dropStale(db, notice.id, links, now);
}

function insertReadRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  insertParties(db, notice, text, now);
  for (const { key, whole } of keysOf(listCodes(notice))) {
    INSERT_CODE_KEY.run(db, { key, noticeId: notice.id, whole });
  }
}

/** Codes under which a notice is found. */
export function listCodes({ projectCode, lotCode, facts }: ReadNotice): (string | null | undefined)[] {
  return [projectCode, lotCode, facts.contractCode?.text, facts.parcelNo?.text];
}
