import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { NoticeSummary, NoticeView } from '#src/domain/site/views.ts';
import { listSummariesById, SUMMARY_COLUMNS, type SummaryRow, toNoticeSummary } from './row.ts';

const RELATED = 6;
const DUPLICATES = 5;

/** All public notices of a project, oldest first. */
export function listProjectNotices(db: Db, projectId: string): NoticeSummary[] {
  return listRows<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM published_notices n WHERE n.project_id = ? ORDER BY n.published_at, n.id`,
    [projectId],
  ).map(toNoticeSummary);
}

/** Newest notices of the same buyer, then of the same county and category; the notice's own project is left out. */
export function listRelated(db: Db, notice: NoticeSummary): NoticeSummary[] {
  const sameBuyer = notice.buyer
    ? listRows<{ notice_id: string }>(
        db,
        `SELECT notice_id FROM notice_parties WHERE role = 'buyer' AND name = ? ORDER BY published_at DESC, notice_id DESC LIMIT 40`,
        [notice.buyer],
      )
    : [];
  const neighbours = listRows<{ notice_id: string }>(
    db,
    `SELECT n.id AS notice_id FROM published_notices n WHERE n.county = ? AND n.category = ?
     ORDER BY n.published_at DESC, n.id DESC LIMIT 20`,
    [notice.county, notice.category],
  );
  const ids = [...new Set([...sameBuyer, ...neighbours].map((row) => row.notice_id))];
  return listSummariesById(db, ids)
    .filter((other) => other.projectId !== notice.projectId)
    .slice(0, RELATED);
}

/** Notices with the same text fingerprint in other projects: a person should compare them. */
export function listPossibleDuplicates(db: Db, notice: NoticeSummary, fingerprint: string): NoticeSummary[] {
  if (!fingerprint) return [];
  return listRows<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM published_notices n
     WHERE n.fingerprint = ? AND n.id <> ? ORDER BY n.published_at DESC LIMIT ${DUPLICATES}`,
    [fingerprint, notice.id],
  ).map(toNoticeSummary);
}

/** The same notice at other sites: rows folded into this one, and aliases with an address of their own. */
export function listTwins(db: Db, id: string): NoticeView['alsoPublishedAt'] {
  return listRows<{ sourceName: string; url: string | null }>(
    db,
    `SELECT s.name AS sourceName, n.source_url AS url FROM notices n JOIN sources s ON s.key = n.source_key
     WHERE n.canonical_id = ? AND n.withdrawn_at IS NULL
     UNION
     SELECT s.name, a.url FROM notice_aliases a JOIN sources s ON s.key = a.source_key
     WHERE a.notice_id = ? AND a.url IS NOT NULL
       AND a.url IS NOT (SELECT source_url FROM notices WHERE id = ?)`,
    [id, id, id],
  );
}
