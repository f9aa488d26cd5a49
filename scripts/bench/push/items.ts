import type { Db } from '#db/client.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { toShanghaiIso } from '#src/domain/time/time.ts';

/** Public notices of a database as a county would push them. */
export function readItems(db: Db): object[] {
  const sql = `SELECT v.content FROM published_notices n
    JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version ORDER BY n.id`;
  const contents = db.$client.prepare<[], string>(sql).pluck().all();
  return contents.map((content) => toItem(JSON.parse(content) as NoticeContent));
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
