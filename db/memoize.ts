import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { defineSelect } from './query.ts';

/** SQLite's own counters of changes: `dataVersion` of those by other connections, `total` of those by this one. */
const STAMP = defineSelect(() => ({
  fields: { dataVersion: sql<number>`data_version`, total: sql<number>`total_changes()` },
  rest: sql`FROM pragma_data_version`,
}));

/** Keeps a value per handle until any connection commits a change. */
export function memoizeOnData<Value>(compute: (db: Db) => Value): (db: Db) => Value {
  const kept = new WeakMap<Db['$client'], { stamp: string; value: Value }>();
  return (db) => {
    const { dataVersion, total } = STAMP.first(db) ?? {};
    const stamp = `${dataVersion}.${total}`;
    const found = kept.get(db.$client);
    if (found?.stamp === stamp) return found.value;
    const value = compute(db);
    kept.set(db.$client, { stamp, value });
    return value;
  };
}
