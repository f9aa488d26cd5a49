import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/index.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { toShanghaiIso } from '#src/domain/time/time.ts';

const CONTENTS = defineQuery((db) =>
  db
    .select({ content: noticeVersions.content })
    .from(publishedNotices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, publishedNotices.id), eq(noticeVersions.version, publishedNotices.version)),
    )
    .orderBy(asc(publishedNotices.id)),
);

/** Public notices of a database as a county would push them. */
export function readItems(db: Db): object[] {
  return CONTENTS.all(db).map(({ content }) => toItem(JSON.parse(content) as NoticeContent));
}

function toItem(content: NoticeContent): object {
  const { id, title, category, stage, county, publishedAt, bodyHtml, attachments, projectCode, sourceUrl } = content;
  return {
    id,
    title,
    category,
    stage,
    county,
    publishedAt: toShanghaiIso(publishedAt),
    bodyHtml,
    attachments,
    ...(projectCode ? { projectCode } : {}),
    ...(sourceUrl ? { url: sourceUrl } : {}),
  };
}
