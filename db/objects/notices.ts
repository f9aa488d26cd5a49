import { noticeCounts as counts, notices, publishedNotices } from '../schema/index.ts';
import { ddl, type SchemaObject, trigger } from './ddl.ts';

const { category, stage, county, publishedAt, isPublic, withdrawnAt, canonicalId } = notices;

/** The Shanghai year in which a row was published. */
const yearOf = (row: 'old' | 'new') => ddl`CAST(strftime('%Y', ${row}.${publishedAt}, '+8 hours') AS INTEGER)`;

const COUNT = ddl`INSERT INTO ${counts} (${counts.category}, ${counts.stage}, ${counts.county}, ${counts.year}, ${counts.total})
  SELECT new.${category}, new.${stage}, new.${county}, ${yearOf('new')}, 1
  WHERE new.${isPublic} = 1
  ON CONFLICT DO UPDATE SET ${counts.total} = ${counts.total} + 1;`;

const UNCOUNT = ddl`UPDATE ${counts} SET ${counts.total} = ${counts.total} - 1
  WHERE old.${isPublic} = 1 AND ${counts.category} = old.${category} AND ${counts.stage} = old.${stage}
    AND ${counts.county} = old.${county} AND ${counts.year} = ${yearOf('old')};`;

/** What the public may see, and exact totals without counting: `notice_counts` follows every change of the public set. */
export const NOTICE_OBJECTS: readonly SchemaObject[] = [
  {
    type: 'view',
    name: 'published_notices',
    // The planner flattens it, so the partial indexes serve it.
    sql: ddl`CREATE VIEW ${publishedNotices} AS SELECT * FROM ${notices} WHERE ${isPublic} = 1`,
  },
  trigger('notice_counts_insert', ddl`AFTER INSERT ON ${notices} WHEN new.${isPublic} = 1`, COUNT),
  trigger('notice_counts_delete', ddl`AFTER DELETE ON ${notices} WHEN old.${isPublic} = 1`, UNCOUNT),
  trigger(
    'notice_counts_update',
    ddl`AFTER UPDATE OF ${category}, ${stage}, ${county}, ${publishedAt}, ${withdrawnAt}, ${canonicalId} ON ${notices}
WHEN old.${isPublic} <> new.${isPublic} OR old.${category} <> new.${category} OR old.${stage} <> new.${stage}
  OR old.${county} <> new.${county} OR old.${publishedAt} <> new.${publishedAt}`,
    `${UNCOUNT}\n  ${COUNT}`,
  ),
];
