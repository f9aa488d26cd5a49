import { statisticDirty as dirty, notices } from '../schema/index.ts';
import { ddl, type SchemaObject, trigger } from './ddl.ts';

const { category, stage, county, publishedAt, isPublic, withdrawnAt, canonicalId } = notices;

/** The cell of publication volume that a row of `notices` counts in has to be made anew. Counts are by month in Shanghai. */
const mark = (
  row: 'old' | 'new',
) => ddl`INSERT INTO ${dirty} (${dirty.measure}, ${dirty.month}, ${dirty.category}, ${dirty.county}, ${dirty.part})
  SELECT 'noticeCount', strftime('%Y-%m', ${row}.${publishedAt}, '+8 hours'), ${row}.${category}, ${row}.${county}, ${row}.${stage}
  WHERE ${row}.${isPublic} = 1
  ON CONFLICT DO NOTHING;`;

/** What became public, or ceased to be, makes cells of statistics dirty in the same transaction. */
export const STATISTIC_OBJECTS: readonly SchemaObject[] = [
  trigger('statistic_notices_insert', ddl`AFTER INSERT ON ${notices} WHEN new.${isPublic} = 1`, mark('new')),
  trigger('statistic_notices_delete', ddl`AFTER DELETE ON ${notices} WHEN old.${isPublic} = 1`, mark('old')),
  trigger(
    'statistic_notices_update',
    ddl`AFTER UPDATE OF ${category}, ${stage}, ${county}, ${publishedAt}, ${withdrawnAt}, ${canonicalId} ON ${notices}
WHEN old.${isPublic} <> new.${isPublic} OR old.${category} <> new.${category} OR old.${stage} <> new.${stage}
  OR old.${county} <> new.${county} OR old.${publishedAt} <> new.${publishedAt}`,
    `${mark('old')}\n  ${mark('new')}`,
  ),
];
