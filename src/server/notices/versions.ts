import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeVersions } from '#db/schema/index.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { NoticeVersionView } from '#src/domain/site/views.ts';

const CONTENT = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ content: noticeVersions.content })
    .from(noticeVersions)
    .where(and(eq(noticeVersions.noticeId, p.id), eq(noticeVersions.version, p.version))),
);

const ALL = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      version: noticeVersions.version,
      publishedAt: noticeVersions.publishedAt,
      hash: noticeVersions.hash,
      reason: noticeVersions.reason,
      content: noticeVersions.content,
    })
    .from(noticeVersions)
    .where(eq(noticeVersions.noticeId, p.id))
    .orderBy(noticeVersions.version),
);

/** The published content of one version; undefined when there is no such version. We wrote it, so it is trusted. */
export function findNoticeContent(db: Db, id: string, version: number): NoticeContent | undefined {
  const row = CONTENT.first(db, { id, version });
  return row && (JSON.parse(row.content) as NoticeContent);
}

/** Every published version of a notice, newest first, with the fields in which it differs from the one before. */
export function listNoticeVersions(db: Db, id: string): NoticeVersionView[] {
  const rows = ALL.all(db, { id });
  const contents = rows.map((row) => JSON.parse(row.content) as Record<string, unknown>);
  return rows
    .map(({ content: _content, ...version }, index) => ({
      ...version,
      changedFields: listChangedFields(contents[index - 1], contents[index] ?? {}),
    }))
    .reverse();
}

/** Names of the top-level fields that differ. Canonical JSON sorts keys, so equal values have equal text. */
function listChangedFields(before: Record<string, unknown> | undefined, after: Record<string, unknown>): string[] {
  if (!before) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
