import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { NoticeVersionView } from '#src/domain/site/views.ts';

interface VersionRow {
  version: number;
  content: string;
  hash: string;
  published_at: string;
  reason: NoticeVersionView['reason'];
}

/** The published content of one version; undefined when there is no such version. We wrote it, so it is trusted. */
export function findNoticeContent(db: Db, id: string, version: number): NoticeContent | undefined {
  const row = findRow<{ content: string }>(
    db,
    'SELECT content FROM notice_versions WHERE notice_id = ? AND version = ?',
    [id, version],
  );
  return row && (JSON.parse(row.content) as NoticeContent);
}

/** Every published version of a notice, newest first, with the fields in which it differs from the one before. */
export function listNoticeVersions(db: Db, id: string): NoticeVersionView[] {
  const rows = listRows<VersionRow>(
    db,
    'SELECT version, content, hash, published_at, reason FROM notice_versions WHERE notice_id = ? ORDER BY version',
    [id],
  );
  const contents = rows.map((row) => JSON.parse(row.content) as Record<string, unknown>);
  return rows
    .map((row, index) => ({
      version: row.version,
      publishedAt: row.published_at,
      hash: row.hash,
      reason: row.reason,
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
