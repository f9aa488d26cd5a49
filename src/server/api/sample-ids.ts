import type { Db } from '#db/client.ts';
import { findRow, type SqlValue } from '#db/statements.ts';
import { toOcid } from '#src/domain/ocds/identifiers.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { IN_FORCE } from '../exposures/in-force.ts';

/** By the head of an address: the id of something that it answers with at the moment. */
export type SampleIds = Partial<Record<string, string>>;

/** Ids for the examples of the API reference: what was published last, and any organization and exposure entry. */
export function findSampleIds(db: Db, now: Instant, ocdsPrefix: string): SampleIds {
  const find = (sql: string, values: SqlValue[] = []) => findRow<{ id: string }>(db, sql, values)?.id;
  const ids = {
    '/api/v1/notices': find('SELECT id FROM published_notices ORDER BY published_at DESC LIMIT 1'),
    '/api/v1/projects': find('SELECT project_id AS id FROM published_notices ORDER BY published_at DESC LIMIT 1'),
    '/api/v1/ocds/records': findOcid(db, ocdsPrefix),
    '/api/v1/organizations': find('SELECT id FROM organizations WHERE merged_into IS NULL LIMIT 1'),
    '/api/v1/exposures': find(`SELECT e.id FROM exposures e WHERE ${IN_FORCE} LIMIT 1`, [now, now]),
  };
  return Object.fromEntries(Object.entries(ids).flatMap(([path, id]) => (id ? [[path, id]] : [])));
}

function findOcid(db: Db, prefix: string): string | undefined {
  const sql = `SELECT project_id AS id FROM published_notices WHERE category IN (SELECT value FROM json_each(?))
    ORDER BY published_at DESC LIMIT 1`;
  const project = findRow<{ id: string }>(db, sql, [JSON.stringify([...OCDS_CATEGORIES])]);
  return project && toOcid(prefix, project.id);
}
