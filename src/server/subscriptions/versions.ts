import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeVersions } from '#db/schema/notices.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import type { MaterialContent } from '#src/domain/subscriptions/material-change.ts';

/** The present rules by which the content of a version is read. */
export type ReadContent = (content: NoticeContent) => Pick<NoticeReading, 'facts'>;

const CONTENT = defineQuery((db, p: Params<{ noticeId: string; version: number }>) =>
  db
    .select({ content: noticeVersions.content })
    .from(noticeVersions)
    .where(and(eq(noticeVersions.noticeId, p.noticeId), eq(noticeVersions.version, p.version))),
);

/** A version with the one before it, in substance; undefined when either is not known here, as after mirroring. */
export function findVersionPair(
  db: Db,
  read: ReadContent,
  noticeId: string,
  version: number,
  earlier = version - 1,
): [before: MaterialContent, after: MaterialContent] | undefined {
  const [before, after] = [earlier, version].map((number) => findMaterialContent(db, read, noticeId, number));
  return before && after ? [before, after] : undefined;
}

function findMaterialContent(
  db: Db,
  read: ReadContent,
  noticeId: string,
  version: number,
): MaterialContent | undefined {
  const row = CONTENT.first(db, { noticeId, version });
  if (!row) return undefined;
  const content = JSON.parse(row.content) as NoticeContent;
  const { title, category, stage, county, attachments } = content;
  return {
    title,
    category,
    stage,
    county,
    attachments: attachments.map(({ name }) => name),
    facts: read(content).facts,
  };
}
