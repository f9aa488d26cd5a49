import { and, eq } from 'drizzle-orm';
import { defineQuery, type Params } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { ChangeFeed } from './feed.ts';

/** A notice as it is public now. */
export interface ToldNotice {
  version: number;
  hash: string;
  notice: NoticeContent;
}

const PUBLIC = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ version: publishedNotices.version, hash: noticeVersions.hash, content: noticeVersions.content })
    .from(publishedNotices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, publishedNotices.id), eq(noticeVersions.version, publishedNotices.version)),
    )
    .where(eq(publishedNotices.id, p.id)),
);

export const NOTICE_CHANGES: ChangeFeed<ToldNotice> = {
  subject: 'notice',
  find(db, id) {
    const row = PUBLIC.first(db, { id });
    return row && { version: row.version, hash: row.hash, notice: JSON.parse(row.content) as NoticeContent };
  },
};
