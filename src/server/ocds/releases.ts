import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { projects } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import { stateAfter } from '#src/domain/deals/standing.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { CONTRACTING_STAGES, isAboutContract } from '#src/domain/ocds/award-links.ts';
import type { OcdsSite } from '#src/domain/ocds/identifiers.ts';
import type { Release } from '#src/domain/ocds/release.ts';
import { OCDS_CATEGORIES, toRelease } from '#src/domain/ocds/to-release.ts';
import { n } from '../notices/conditions.ts';
import { listDeals } from '../notices/deal.ts';
import { listPublishedNotices } from '../notices/published.ts';

const CODES = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .select({ id: projects.id, code: projects.code })
    .from(projects)
    .where(inArray(projects.id, valuesOf(p.ids))),
);

const CONTRACTING = defineSelect((p: Params<{ projectIds: string }>) => ({
  fields: { id: n.id },
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} IN ${valuesOf(p.projectIds)}
    AND +${n.stage} IN ${valuesOf(JSON.stringify(CONTRACTING_STAGES))}`,
}));

/** Notices as releases, in their order. All must be of categories that OCDS models. */
export function toReleases(db: Db, notices: readonly PublishedNotice[], site: OcdsSite): Release[] {
  const codes = listProjectCodes(db, toProjectIds(notices));
  const deals = listDeals(db, toProjectIds(notices));
  const courses = Map.groupBy(
    listContracting(db, toProjectIds(notices.filter(isAboutContract))),
    ({ projectId }) => projectId,
  );
  return notices.map((notice) => {
    const { projectId } = notice;
    const deal = deals.get(projectId);
    const state = deal ? stateAfter(deal, notice) : null;
    return toRelease(notice, { code: codes.get(projectId) ?? null, state, course: courses.get(projectId) ?? [] }, site);
  });
}

const toProjectIds = (notices: readonly PublishedNotice[]): string[] => notices.map(({ projectId }) => projectId);

function listProjectCodes(db: Db, ids: readonly string[]): Map<string, string | null> {
  const rows = CODES.all(db, { ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/** The notices of projects that say whom contracts were made with. */
function listContracting(db: Db, projectIds: readonly string[]): PublishedNotice[] {
  const rows = CONTRACTING.all(db, { projectIds: JSON.stringify(projectIds) });
  const ids = rows.map(({ id }) => id);
  return listPublishedNotices(db, ids).filter(({ category }) => OCDS_CATEGORIES.has(category));
}
