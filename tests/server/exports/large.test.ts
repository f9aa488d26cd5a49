import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportFormat } from '#src/domain/exports/urls.ts';
import type { ExportWork } from '#tests/support/export-process.ts';
import { openTestDatabase, seedNotices, seedSources } from '#tests/support/seed-notices.ts';

/** So many rows, of which each is as heavy as twenty ordinary ones: together 100 MB. */
const COUNT = 5_000;
const TITLE_BYTES = 20_000;
/** What a process that writes them may hold. Its code takes half of that: rows that are kept have no place. */
const HEAP_MB = 64;
const SCRIPT = fileURLToPath(new URL('../../support/export-process.ts', import.meta.url));
const FORMATS = ['csv', 'xlsx'] as const satisfies ExportFormat[];

let database: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  database = openTestDatabase();
  seedSources(database.db);
  seedNotices(database.db, COUNT);
  database.db.$client.prepare(`UPDATE notices SET title = title || printf('%.*c', ?, 'x')`).run(TITLE_BYTES);
});
afterAll(() => database.close());

/** @throws Error with `signal` SIGABRT when the process's memory does not suffice */
async function write(work: Omit<ExportWork, 'database'>): Promise<{ bytes: number; lines: number }> {
  const argument = JSON.stringify({ ...work, database: database.path } satisfies ExportWork);
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${HEAP_MB}`, SCRIPT, argument]);
  return JSON.parse(stdout);
}

// What the system counts as a process's memory says little: it keeps what it was once given, and takes it when it likes.
it.each(FORMATS)('a large file (%s) is written by a process that could not hold its rows', async (format) => {
  const { bytes, lines } = await write({ format, keeps: false });
  expect(bytes).toBeGreaterThan(COUNT * 20);
  // The headers come first, and no newline comes last.
  if (format === 'csv') expect(lines).toBe(COUNT);
});

it.each(FORMATS)('a process that keeps the rows (%s) does not get through', async (format) => {
  await expect(write({ format, keeps: true })).rejects.toMatchObject({ signal: 'SIGABRT' });
});
