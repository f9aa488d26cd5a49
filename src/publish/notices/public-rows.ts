import type { Db } from '#db/client.ts';
import { codeKeys } from '#src/domain/identifiers/code-keys.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { dropStale, insertParties, listLinks } from '../organizations/parties.ts';
import { run } from '../statements.ts';

/** Tables whose rows come from what was read out of a notice, and those that hold its own words. */
const READ = ['notice_parties', 'code_keys'] as const;
const OWN = ['notice_texts', 'attachments'] as const;

/** Removes what only public notices have: text, parties, code keys, attachments. */
export function deletePublicRows(db: Db, noticeId: string): void {
  for (const table of [...READ, ...OWN]) run(db, `DELETE FROM ${table} WHERE notice_id = ?`, [noticeId]);
}

/** Writes what only public notices have. The notice must have none of these rows. */
export function insertPublicRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  const { id } = notice;
  run(db, 'INSERT INTO notice_texts (notice_id, body) VALUES (?, ?)', [id, text]);
  insertReadRows(db, notice, text, now);
  notice.attachments.forEach(({ name, url }, position) => {
    run(db, 'INSERT INTO attachments (notice_id, position, name, url) VALUES (?, ?, ?, ?)', [id, position, name, url]);
  });
}

/** Writes parties and code keys of a public notice anew. */
export function replaceReadRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  const links = listLinks(db, notice.id);
  for (const table of READ) run(db, `DELETE FROM ${table} WHERE notice_id = ?`, [notice.id]);
  insertReadRows(db, notice, text, now);
  dropStale(db, notice.id, links, now);
}

function insertReadRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  insertParties(db, notice, text, now);
  for (const { key, whole } of codeKeys(listCodes(notice))) {
    run(db, 'INSERT INTO code_keys (key, notice_id, whole) VALUES (?, ?, ?)', [key, notice.id, whole ? 1 : 0]);
  }
}

/** Codes under which a notice is found. */
export function listCodes({ projectCode, lotCode, facts }: ReadNotice): (string | null | undefined)[] {
  return [projectCode, lotCode, facts.contractCode?.text, facts.parcelNo?.text];
}
