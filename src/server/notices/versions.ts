import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { noticeContents, noticeRevisions, noticeVersions, redactions } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { NoticeVersionView } from '#src/domain/site/views.ts';

const CONTENT = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ content: noticeVersions.content })
    .from(noticeVersions)
    .where(and(eq(noticeVersions.noticeId, p.id), eq(noticeVersions.version, p.version))),
);

const r = aliased(noticeRevisions, 'r');
const c = aliased(noticeContents, 'c');
const removal = aliased(redactions, 'removal');
const masking = aliased(redactions, 'masking');
const HISTORY = {
  version: r.version,
  publishedAt: r.publishedAt,
  reason: r.reason,
  /** What was written last: with the version, or with its last masking. */
  seal: sql<string | null>`coalesce((SELECT ${masking.seal} FROM ${named(masking)} WHERE ${masking.subject} = 'notice'
    AND ${masking.id} = ${r.noticeId} AND ${masking.version} = ${r.version} AND ${masking.seal} IS NOT NULL
    ORDER BY ${masking.sanitizerVersion} DESC LIMIT 1), ${r.seal})`,
  hash: sql<string | null>`${c.hash}`,
  content: sql<string | null>`${c.content}`,
  removedAt: sql<string | null>`${removal.at}`,
  ground: sql<string | null>`${removal.reason}`,
};
const ALL = defineSelect((p: Params<{ id: string }>) => ({
  fields: HISTORY,
  rest: sql`FROM ${named(r)}
    LEFT JOIN ${named(c)} ON ${c.noticeId} = ${r.noticeId} AND ${c.version} = ${r.contentVersion}
    LEFT JOIN ${named(removal)} ON ${removal.subject} = 'notice' AND ${removal.id} = ${r.noticeId}
      AND ${removal.version} = ${r.contentVersion} AND ${removal.kind} = 'removed'
    WHERE ${r.noticeId} = ${p.id} ORDER BY ${r.version}`,
}));

/** The published content of one version; undefined when there is no such version. We wrote it, so it is trusted. */
export function findNoticeContent(db: Db, id: string, version: number): NoticeContent | undefined {
  const row = CONTENT.first(db, { id, version });
  return row && (JSON.parse(row.content) as NoticeContent);
}

/**
 * Every version that a public notice has had, newest first, with the fields in which it differs from the one before. A withdrawal is
 * what was withdrawn, marked as withdrawn; of one from before they shared their content, the mark stands in its own. Of what was
 * removed by law is said that it was there, when, and why it is gone.
 */
export function listNoticeVersions(db: Db, id: string): NoticeVersionView[] {
  const rows = ALL.all(db, { id }).map((row) => ({ row, content: readContent(row) }));
  return rows
    .map(({ row, content }, index) => ({
      ...withoutContent(row),
      hash: content && (content.isDerived ? digest('sha256', canonicalize(content.said) ?? '') : row.hash),
      changedFields: listChangedFields(rows[index - 1]?.content?.said, content?.said),
    }))
    .reverse();
}

/** The same of a notice that is not public, newest first: that there were versions, when and why, and nothing of what they said. */
export function listHiddenVersions(db: Db, id: string): NoticeVersionView[] {
  return ALL.all(db, { id }).map(withoutContent).reverse();
}

function withoutContent({ version, publishedAt, reason, seal, ground, removedAt }: RowOf<typeof HISTORY>) {
  const gone = ground !== null && removedAt !== null ? { reason: ground, at: removedAt } : null;
  return { version, publishedAt, reason, seal, removal: gone, hash: null, changedFields: [] };
}

/** What a version says; null when it was destroyed. */
function readContent({ content, reason }: RowOf<typeof HISTORY>) {
  if (content === null) return null;
  const stored = JSON.parse(content) as Record<string, unknown>;
  const isDerived = reason === 'withdrawn' && stored.withdrawn !== true;
  return { said: isDerived ? { ...stored, withdrawn: true } : stored, isDerived };
}

/** Names of the top-level fields that differ. Canonical JSON sorts keys, so equal values have equal text. */
function listChangedFields(
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown> | undefined,
): string[] {
  if (!before || !after) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
