import { sql } from 'drizzle-orm';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import type { ChangeFeed } from './feed.ts';

/** A notice as it is public now. */
export interface NoticePayload {
  version: number;
  hash: string;
  notice: NoticeContent;
}

// Text: a mirror that begins asks this of every notice.
const PUBLIC = defineSelect((p: Params<{ id: string }>) => ({
  fields: { version: publishedNotices.version, hash: noticeVersions.hash, content: noticeVersions.content },
  rest: sql`FROM ${publishedNotices} JOIN ${noticeVersions}
    ON ${noticeVersions.noticeId} = ${publishedNotices.id} AND ${noticeVersions.version} = ${publishedNotices.version}
    WHERE ${publishedNotices.id} = ${p.id}`,
}));

export const NOTICE_CHANGES: ChangeFeed<NoticePayload> = {
  subject: 'notice',
  findRemoval: (db, id) => findRemoval(db, 'notice', id),
  find(db, id) {
    const row = PUBLIC.first(db, { id });
    return row && { version: row.version, hash: row.hash, notice: JSON.parse(row.content) as NoticeContent };
  },
};
