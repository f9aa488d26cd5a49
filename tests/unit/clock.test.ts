import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** A span of time measured by the clock on the wall: `Date.now() + …`, `… - Date.now()`, a comparison with it. */
const SPAN = /Date\.now\(\)\s*[-+<>]|[-+<>]=?\s*Date\.now\(\)/;
/** Spans from or to a moment that was stored, or that another program told: for these the clock on the wall is the only one. */
const STORED: Record<string, string> = {
  'src/ingest/fetch/answers.ts': 'a date of HTTP',
  'db/lease.ts': 'other machines read it',
  'src/worker/worker.ts': 'when a source was asked last',
  'src/server/bulk/schedule.ts': 'when files were made',
};

test('no span of time is measured by the clock on the wall, which may be put right by a day', () => {
  const files = [...globSync('src/ingest/**/*.ts'), ...globSync('src/server/**/*.ts')];
  expect(files.length).toBeGreaterThan(200);
  const found = files.filter((file) => SPAN.test(readFileSync(file, 'utf8')));
  expect(found.filter((file) => !(file in STORED))).toEqual([]);
});
