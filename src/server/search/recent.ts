import type { Db } from '#db/client.ts';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import { findRow } from '../statements.ts';
import { FTS_CURSOR, INDEX_CURSOR } from './states.ts';
import type { SearchEngineName, SearchPage } from './types.ts';

/** Answers are kept this long at most: "open" moves with the clock. */
const KEPT_MS = 5000;
const CAPACITY = 300;

interface Kept {
  page: SearchPage;
  until: number;
}

const recent = new WeakMap<Db, Map<string, Kept>>();

/** Changes with every notice stored or withdrawn and with every step of either index. */
function generation(db: Db): string {
  const row = findRow<{ stamp: string }>(
    db,
    `SELECT coalesce((SELECT max(seq) FROM outbox), 0) || '.' ||
       coalesce((SELECT group_concat(value, '.') FROM states WHERE key IN (?, ?)), '') AS stamp`,
    [FTS_CURSOR, INDEX_CURSOR],
  );
  return row?.stamp ?? '';
}

/** The answer to the same search a moment ago while nothing has changed, else a new one. */
export async function recall(
  db: Db,
  engine: SearchEngineName,
  filter: NoticeFilter,
  search: () => Promise<SearchPage>,
): Promise<SearchPage> {
  const pages = recent.get(db) ?? new Map<string, Kept>();
  recent.set(db, pages);
  const entries = Object.entries(filter).sort(([a], [b]) => a.localeCompare(b));
  const key = JSON.stringify([engine, generation(db), entries]);
  const known = pages.get(key);
  if (known && known.until > Date.now()) return known.page;
  const page = await search();
  pages.delete(key);
  pages.set(key, { page, until: Date.now() + KEPT_MS });
  const oldest = pages.size > CAPACITY ? pages.keys().next().value : undefined;
  if (oldest !== undefined) pages.delete(oldest);
  return page;
}
