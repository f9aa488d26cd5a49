import { type Db, openReadOnly } from '#db/client.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import type { Check } from '#src/server/verify/check.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { startRig } from '#tests/support/ingest-rig.ts';
import type { FeedItem } from '#tests/support/test-site.ts';

/** Everything that is public and hangs on one notice, without times, versions and row numbers. */
const TABLES = [
  `SELECT n.id, v.hash, n.project_id, n.gone_at IS NOT NULL FROM published_notices n
   JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version`,
  'SELECT id, code, title, category, county, buyer FROM projects WHERE id IN (SELECT project_id FROM published_notices)',
  'SELECT notice_id, body FROM notice_texts',
  'SELECT notice_id, role, name FROM notice_parties',
  'SELECT notice_id, key, whole FROM code_keys',
  'SELECT notice_id, position, name, url FROM attachments',
  'SELECT notice_id, category, stage, county, published_at, deadline_at, amount_fen FROM search_documents',
];

/** What is public, one line a row: the same for two databases that took the same feed, whatever happened on the way. */
export function publicContent(db: Db): Set<string> {
  return new Set(
    TABLES.flatMap((sql, table) =>
      (db.$client.prepare(sql).raw().all() as unknown[][]).map((row) => `${table} ${row.join(' ')}`),
    ),
  );
}

/** What one undisturbed run makes of a feed, under the key of its source. */
export async function undisturbedContent(items: FeedItem[], key = 'test-zoucheng'): Promise<Set<string>> {
  const rig = await startRig({ key });
  rig.items = items;
  const { state, error } = await rig.run({ full: true });
  if (state !== 'succeeded') throw new Error(`undisturbed run ${state}: ${error}`);
  while ((await drainChanges(rig.db, null)) > 0);
  const content = publicContent(rig.db);
  await rig.close();
  return content;
}

/** Differences in a few words each. */
export function compareContent(content: ReadonlySet<string>, wanted: ReadonlySet<string>): string[] {
  const missing = [...wanted].filter((line) => !content.has(line));
  const extra = [...content].filter((line) => !wanted.has(line));
  return [
    ...(missing.length > 0 ? [`content: ${missing.length} rows missing, first: ${missing[0]?.slice(0, 120)}`] : []),
    ...(extra.length > 0 ? [`content: ${extra.length} rows too many, first: ${extra[0]?.slice(0, 120)}`] : []),
  ];
}

/** Invariants that do not hold, one line each. */
export async function verify(db: Db, checks: readonly Check[] = DATABASE_CHECKS): Promise<string[]> {
  const results = await verifyInvariants(db, checks);
  return results
    .filter(({ breaches }) => breaches > 0)
    .map(({ key, breaches, examples }) => `verify ${key}: ${breaches}, first: ${examples[0]}`);
}

/**
 * The same on a connection of its own: SQLite's integrity check calls a full-text table corrupt when another process has
 * changed it since this connection last read it.
 */
export async function verifyFile(path: string): Promise<string[]> {
  const db = openReadOnly(path);
  try {
    return await verify(db);
  } finally {
    db.$client.close();
  }
}
