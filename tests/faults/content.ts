import { type Column, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Db, openReadOnly } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import {
  attachments,
  codeKeys,
  noticeParties,
  noticeTexts,
  noticeVersions,
  projects,
  publishedNotices,
  searchDocuments,
} from '#db/schema/index.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import type { Check } from '#src/server/verify/check.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { startRig } from '#tests/support/ingest-rig.ts';
import type { FeedItem } from '#tests/support/test-site.ts';

/** Everything that is public and hangs on one notice, without times, versions and row numbers. */
const NOTICES = defineSelect(() => {
  const { id, projectId, goneAt, version } = publishedNotices;
  return {
    fields: { id, hash: noticeVersions.hash, projectId, isGone: sql`${goneAt} IS NOT NULL` },
    rest: sql`FROM ${publishedNotices} JOIN ${noticeVersions}
      ON ${noticeVersions.noticeId} = ${id} AND ${noticeVersions.version} = ${version}`,
  };
});
const PROJECTS = defineSelect(() => {
  const { id, code, title, category, county, buyer } = projects;
  return {
    fields: { id, code, title, category, county, buyer },
    rest: sql`FROM ${projects} WHERE ${id} IN (SELECT ${publishedNotices.projectId} FROM ${publishedNotices})`,
  };
});
const whole = <Columns extends Record<string, Column>>(table: SQLiteTable, fields: Columns) =>
  defineSelect(() => ({ fields, rest: sql`FROM ${table}` }));
const { noticeId, category, stage, county, publishedAt, deadlineAt, amountFen } = searchDocuments;
const TABLES = [
  NOTICES,
  PROJECTS,
  whole(noticeTexts, { noticeId: noticeTexts.noticeId, body: noticeTexts.body }),
  whole(noticeParties, { noticeId: noticeParties.noticeId, role: noticeParties.role, name: noticeParties.name }),
  whole(codeKeys, { noticeId: codeKeys.noticeId, key: codeKeys.key, whole: codeKeys.whole }),
  whole(attachments, {
    noticeId: attachments.noticeId,
    position: attachments.position,
    name: attachments.name,
    url: attachments.url,
  }),
  whole(searchDocuments, { noticeId, category, stage, county, publishedAt, deadlineAt, amountFen }),
];

/** What is public, one line a row: the same for two databases that took the same feed, whatever happened on the way. */
export function publicContent(db: Db): Set<string> {
  return new Set(
    TABLES.flatMap((query, table) => query.all(db).map((row) => `${table} ${Object.values(row).join(' ')}`)),
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
