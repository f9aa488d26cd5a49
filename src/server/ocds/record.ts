import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { compileReleases } from '#src/domain/ocds/compile.ts';
import { parseOcid } from '#src/domain/ocds/identifiers.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import { apiRecordUrl } from '#src/domain/site/urls.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import type { Config } from '../config.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { latestChange, type RecordPackage, toPackageMetadata, toSite } from './package.ts';
import { toReleases } from './releases.ts';

const OF_PROJECT = defineQuery((db, p: Params<{ projectId: string }>) =>
  db.select({ id: publishedNotices.id }).from(publishedNotices).where(eq(publishedNotices.projectId, p.projectId)),
);

/** Everything about one process. @throws NotFoundError when there is none, or none that OCDS models. */
export function getRecordPackage(db: Db, config: Config, ocid: string): RecordPackage {
  const projectId = parseOcid(config.OCDS_PREFIX, ocid);
  const notices = projectId ? listCourse(db, projectId) : [];
  if (notices.length === 0) throw new NotFoundError('没有这个合同过程，或它不是采购');
  const releases = toReleases(db, notices, toSite(config));
  return {
    ...toPackageMetadata(config, apiRecordUrl(ocid), latestChange(notices)),
    records: [{ ocid, releases, compiledRelease: compileReleases(releases) }],
  };
}

/** The public notices of a project as far as OCDS models them, the first one first. */
function listCourse(db: Db, projectId: string): PublishedNotice[] {
  const ids = OF_PROJECT.all(db, { projectId }).map(({ id }) => id);
  return listPublishedNotices(db, ids)
    .filter(({ category }) => OCDS_CATEGORIES.has(category))
    .sort(byCourse);
}

/** As published; on the same instant (many sources give only the day) in the order of a deal's life. */
function byCourse(one: PublishedNotice, other: PublishedNotice): number {
  if (one.publishedAt !== other.publishedAt) return one.publishedAt < other.publishedAt ? -1 : 1;
  const stages = STAGE_SLUGS.indexOf(one.stage) - STAGE_SLUGS.indexOf(other.stage);
  return stages || one.id.localeCompare(other.id);
}
