import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { CONTRACTING_STAGES, isAboutContract } from '#src/domain/ocds/award-links.ts';
import type { OcdsSite } from '#src/domain/ocds/identifiers.ts';
import type { Release } from '#src/domain/ocds/release.ts';
import { OCDS_CATEGORIES, toRelease } from '#src/domain/ocds/to-release.ts';
import { listPublishedNotices } from '../notices/published.ts';

/** Notices as releases, in their order. All must be of categories that OCDS models. */
export function toReleases(db: Db, notices: readonly PublishedNotice[], site: OcdsSite): Release[] {
  const codes = listProjectCodes(db, toProjectIds(notices));
  const courses = Map.groupBy(
    listContracting(db, toProjectIds(notices.filter(isAboutContract))),
    ({ projectId }) => projectId,
  );
  return notices.map((notice) => {
    const { projectId } = notice;
    return toRelease(notice, { code: codes.get(projectId) ?? null, course: courses.get(projectId) ?? [] }, site);
  });
}

const toProjectIds = (notices: readonly PublishedNotice[]): string[] => notices.map(({ projectId }) => projectId);

function listProjectCodes(db: Db, ids: readonly string[]): Map<string, string | null> {
  const sql = 'SELECT id, code FROM projects WHERE id IN (SELECT value FROM json_each(?))';
  const rows = listRows<{ id: string; code: string | null }>(db, sql, [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/** The notices of projects that say whom contracts were made with. */
function listContracting(db: Db, projectIds: readonly string[]): PublishedNotice[] {
  const sql = `SELECT id FROM published_notices WHERE project_id IN (SELECT value FROM json_each(?))
    AND +stage IN (SELECT value FROM json_each(?))`;
  const rows = listRows<{ id: string }>(db, sql, [JSON.stringify(projectIds), JSON.stringify(CONTRACTING_STAGES)]);
  const ids = rows.map(({ id }) => id);
  return listPublishedNotices(db, ids).filter(({ category }) => OCDS_CATEGORIES.has(category));
}
