/**
 * Searches and lists as the web role does, on the data directory of DATA_DIR. A message is a query, its answer a
 * `SearchProbe`. Ends with its parent.
 */
import { join } from 'node:path';
import { openReadOnly } from '#db/client.ts';
import { getConfig } from '#src/server/config.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { searchNotices } from '#src/server/search/search.ts';

export interface SearchProbe {
  engine: string;
  total: number;
  searchMs: number;
  /** Public notices as a list page counts them. */
  listed: number;
  error?: string;
}

const db = openReadOnly(join(getConfig().DATA_DIR, 'tongming.db'));
let asked = 0;

process.on('message', async (q: string) => {
  const started = performance.now();
  // Never the same page size twice in a row: a kept answer would hide what the engine does.
  const search = searchNotices(db, { q, limit: 20 + (asked++ % 50) });
  const answer = await search.then(
    ({ engine, total }) => ({ engine, total }),
    (error: unknown) => ({ engine: 'none', total: -1, error: String(error) }),
  );
  const searchMs = performance.now() - started;
  const probe: SearchProbe = { ...answer, searchMs, listed: listNotices(db, {}).total };
  process.send?.(probe);
});
process.on('disconnect', () => db.$client.close());
