import type { Db } from '#db/client.ts';
import { codeKeys } from '#src/domain/code-keys.ts';
import type { NoticeContent } from '#src/domain/notice-content.ts';
import { run } from './statements.ts';

const TABLES = ['notice_texts', 'notice_parties', 'code_keys', 'attachments'] as const;

/** Removes what only public notices have: text, parties, code keys, attachments. */
export function deletePublicRows(db: Db, noticeId: string): void {
  for (const table of TABLES) run(db, `DELETE FROM ${table} WHERE notice_id = ?`, [noticeId]);
}

/** Writes what only public notices have. The notice must have none of these rows. */
export function insertPublicRows(db: Db, content: NoticeContent, text: string): void {
  const { id, publishedAt } = content;
  run(db, 'INSERT INTO notice_texts (notice_id, body) VALUES (?, ?)', [id, text]);
  for (const { role, name } of listParties(content)) {
    run(db, 'INSERT INTO notice_parties (notice_id, role, name, published_at) VALUES (?, ?, ?, ?)', [
      id,
      role,
      name,
      publishedAt,
    ]);
  }
  for (const { key, whole } of codeKeys(listCodes(content))) {
    run(db, 'INSERT INTO code_keys (key, notice_id, whole) VALUES (?, ?, ?)', [key, id, whole ? 1 : 0]);
  }
  content.attachments.forEach(({ name, url }, position) => {
    run(db, 'INSERT INTO attachments (notice_id, position, name, url) VALUES (?, ?, ?, ?)', [id, position, name, url]);
  });
}

/** Parties of a notice, each name once a role. */
export function listParties(content: NoticeContent): { role: 'buyer' | 'agency' | 'supplier'; name: string }[] {
  const { buyer, agency, suppliers } = content;
  return [
    ...(buyer ? [{ role: 'buyer' as const, name: buyer }] : []),
    ...(agency ? [{ role: 'agency' as const, name: agency }] : []),
    ...[...new Set(suppliers)].map((name) => ({ role: 'supplier' as const, name })),
  ];
}

/** Codes under which a notice is found. */
export function listCodes(content: NoticeContent): (string | null | undefined)[] {
  return [content.projectCode, content.lotCode, content.facts.contractCode?.text, content.facts.parcelNo?.text];
}
