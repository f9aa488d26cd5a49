import type { Db } from '#db/client.ts';
import type { OcdsSite } from '#src/domain/ocds/identifiers.ts';
import type { Release } from '#src/domain/ocds/release.ts';
import { toRelease } from '#src/domain/ocds/to-release.ts';
import type { PublishedNotice } from '#src/domain/published-notice.ts';
import { listRows } from '../statements.ts';

/** Notices as releases, in their order. All must be of categories that OCDS models. */
export function toReleases(db: Db, notices: readonly PublishedNotice[], site: OcdsSite): Release[] {
  const codes = listProjectCodes(
    db,
    notices.map(({ projectId }) => projectId),
  );
  return notices.map((notice) => toRelease(notice, codes.get(notice.projectId) ?? null, site));
}

function listProjectCodes(db: Db, ids: readonly string[]): Map<string, string | null> {
  const sql = 'SELECT id, code FROM projects WHERE id IN (SELECT value FROM json_each(?))';
  const rows = listRows<{ id: string; code: string | null }>(db, sql, [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, code }) => [id, code]));
}
