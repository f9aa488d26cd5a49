import type { Db } from '#db/client.ts';
import { codeKeys } from '#src/domain/code-keys.ts';
import type { ReadNotice } from '#src/domain/notice-content.ts';
import { insertParties } from '#src/server/organizations/parties.ts';
import { run } from './statements.ts';

const TABLES = ['notice_texts', 'notice_parties', 'code_keys', 'attachments'] as const;

/** Removes what only public notices have: text, parties, code keys, attachments. */
export function deletePublicRows(db: Db, noticeId: string): void {
  for (const table of TABLES) run(db, `DELETE FROM ${table} WHERE notice_id = ?`, [noticeId]);
}

/** Writes what only public notices have. The notice must have none of these rows. */
export function insertPublicRows(db: Db, notice: ReadNotice, text: string, now: string): void {
  const { id } = notice;
  run(db, 'INSERT INTO notice_texts (notice_id, body) VALUES (?, ?)', [id, text]);
  insertParties(db, notice, text, now);
  for (const { key, whole } of codeKeys(listCodes(notice))) {
    run(db, 'INSERT INTO code_keys (key, notice_id, whole) VALUES (?, ?, ?)', [key, id, whole ? 1 : 0]);
  }
  notice.attachments.forEach(({ name, url }, position) => {
    run(db, 'INSERT INTO attachments (notice_id, position, name, url) VALUES (?, ?, ?, ?)', [id, position, name, url]);
  });
}

/** Codes under which a notice is found. */
export function listCodes({ projectCode, lotCode, facts }: ReadNotice): (string | null | undefined)[] {
  return [projectCode, lotCode, facts.contractCode?.text, facts.parcelNo?.text];
}
