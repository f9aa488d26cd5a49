import type { Statement } from 'better-sqlite3';
import type { Db } from './client.ts';

/** SQLite's own counters of changes: of those by other connections, and of those by this one. */
type Stamp = () => string;

const stamps = new WeakMap<Db['$client'], Stamp>();

/** The pragma by itself: asked as a table it costs four times as much, on every page. A handle that only reads changes nothing. */
function makeStamp({ $client }: Db): Stamp {
  const value = (text: string): Statement<[], number> => $client.prepare<[], number>(text).pluck();
  const byOthers = value('PRAGMA data_version');
  if ($client.readonly) return () => String(byOthers.get());
  const byThis = value('SELECT total_changes()');
  return () => `${byOthers.get()}.${byThis.get()}`;
}

/** Keeps a value per handle until any connection commits a change. */
export function memoizeOnData<Value>(compute: (db: Db) => Value): (db: Db) => Value {
  const kept = new WeakMap<Db['$client'], { stamp: string; value: Value }>();
  return (db) => {
    const read = stamps.get(db.$client) ?? makeStamp(db);
    stamps.set(db.$client, read);
    const stamp = read();
    const found = kept.get(db.$client);
    if (found?.stamp === stamp) return found.value;
    const value = compute(db);
    kept.set(db.$client, { stamp, value });
    return value;
  };
}
