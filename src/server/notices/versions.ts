import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';
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

/**
 * Every version of a notice that can be shown, newest first, with the fields in which it differs from the one before. A withdrawal is
 * what was withdrawn, marked as withdrawn; of one from before they shared their content, the mark stands in its own.
 */
export function listNoticeVersions(db: Db, id: string): NoticeVersionView[] {
  const rows = ALL.all(db, { id }).map(({ content, ...version }) => {
    const stored = JSON.parse(content) as Record<string, unknown>;
    if (version.reason !== 'withdrawn' || stored.withdrawn === true) return { version, content: stored };
    const withdrawn = { ...stored, withdrawn: true };
    return { version: { ...version, hash: digest('sha256', canonicalize(withdrawn) ?? '') }, content: withdrawn };
  });
  return rows
    .map(({ version, content }, index) => ({
      ...version,
      changedFields: listChangedFields(rows[index - 1]?.content, content),
    }))
    .reverse();
}

/** Names of the top-level fields that differ. Canonical JSON sorts keys, so equal values have equal text. */
function listChangedFields(before: Record<string, unknown> | undefined, after: Record<string, unknown>): string[] {
  if (!before) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
