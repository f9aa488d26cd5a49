import type { Db } from '#db/client.ts';
import { compileReleases } from '#src/domain/ocds/compile.ts';
import { parseOcid } from '#src/domain/ocds/identifiers.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import type { PublishedNotice } from '#src/domain/published-notice.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { apiRecordUrl } from '#src/domain/urls.ts';
import type { Config } from '../config.ts';
import { NotFoundError } from '../errors.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { getAsOf } from '../sources/as-of.ts';
import { listRows } from '../statements.ts';
import { type OcdsRecord, type RecordPackage, toPackageMetadata, toSite } from './package.ts';
import { toReleases } from './releases.ts';

/** Everything about one process. @throws NotFoundError when there is none, or none that OCDS models. */
export function getRecordPackage(db: Db, config: Config, ocid: string): RecordPackage {
  const projectId = parseOcid(config.OCDS_PREFIX, ocid);
  const record = projectId ? findRecord(db, config, projectId) : undefined;
  if (!record) throw new NotFoundError('没有这个合同过程，或它不是采购');
  return { ...toPackageMetadata(config, apiRecordUrl(ocid), getAsOf(db)), records: [record] };
}

/** The record of a project; undefined when nothing of it is public or it is no procurement. */
export function findRecord(db: Db, config: Config, projectId: string): OcdsRecord | undefined {
  const sql = 'SELECT id FROM published_notices WHERE project_id = ?';
  const ids = listRows<{ id: string }>(db, sql, [projectId]).map(({ id }) => id);
  const notices = listPublishedNotices(db, ids).filter(({ category }) => OCDS_CATEGORIES.has(category));
  const releases = toReleases(db, notices.sort(byCourse), toSite(config));
  const [first] = releases;
  return first && { ocid: first.ocid, releases, compiledRelease: compileReleases(releases) };
}

/** As published; on the same instant (many sources give only the day) in the order of a deal's life. */
function byCourse(one: PublishedNotice, other: PublishedNotice): number {
  if (one.publishedAt !== other.publishedAt) return one.publishedAt < other.publishedAt ? -1 : 1;
  const stages = STAGE_SLUGS.indexOf(one.stage) - STAGE_SLUGS.indexOf(other.stage);
  return stages || one.id.localeCompare(other.id);
}
