import { findRow } from '#db/statements.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { ChangeFeed } from './feed.ts';

/** A notice as it is public now. */
export interface ToldNotice {
  version: number;
  hash: string;
  notice: NoticeContent;
}

const PUBLIC = `SELECT n.version, v.hash, v.content FROM published_notices n
  JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version WHERE n.id = ?`;

export const NOTICE_CHANGES: ChangeFeed<ToldNotice> = {
  table: 'outbox',
  id: 'notice_id',
  find(db, { id }) {
    const row = findRow<{ version: number; hash: string; content: string }>(db, PUBLIC, [id]);
    return row && { version: row.version, hash: row.hash, notice: JSON.parse(row.content) as NoticeContent };
  },
};
