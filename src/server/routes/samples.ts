import type { Db } from '#db/client.ts';
import { findRow, type SqlValue } from '#db/statements.ts';
import { toOcid } from '#src/domain/ocds/identifiers.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { IN_FORCE } from '../exposures/in-force.ts';
import type { Route, Subject } from './route.ts';

/** Ids of things that answer at the moment; of some subjects there may be nothing. */
export type SampleIds = Readonly<Record<Subject, string | undefined>>;

/** Ids for addresses to try: what was published last, and any of the rest. */
export function findSampleIds(db: Db, now: Instant, ocdsPrefix: string): SampleIds {
  const find = (sql: string, values: SqlValue[] = []) => findRow<{ id: string }>(db, sql, values)?.id;
  return {
    notice: find('SELECT id FROM published_notices ORDER BY published_at DESC LIMIT 1'),
    project: find('SELECT project_id AS id FROM published_notices ORDER BY published_at DESC LIMIT 1'),
    process: findOcid(db, ocdsPrefix),
    organization: find('SELECT id FROM organizations WHERE merged_into IS NULL LIMIT 1'),
    exposure: find(`SELECT e.id FROM exposures e WHERE ${IN_FORCE} LIMIT 1`, [now, now]),
    source: find('SELECT key AS id FROM sources ORDER BY key LIMIT 1'),
  };
}

/** An address of a row that answers now; undefined when its path names something of which there is nothing. */
export function toSampleAddress({ path, parts, example }: Route, ids: SampleIds): string | undefined {
  let filled = path;
  for (const [name, part] of Object.entries(parts)) {
    const value = part.of ? ids[part.of] : part.example;
    if (!value) return undefined;
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  }
  const query = new URLSearchParams(example).toString();
  return query === '' ? filled : `${filled}?${query}`;
}

function findOcid(db: Db, prefix: string): string | undefined {
  const sql = `SELECT project_id AS id FROM published_notices WHERE category IN (SELECT value FROM json_each(?))
    ORDER BY published_at DESC LIMIT 1`;
  const project = findRow<{ id: string }>(db, sql, [JSON.stringify([...OCDS_CATEGORIES])]);
  return project && toOcid(prefix, project.id);
}
