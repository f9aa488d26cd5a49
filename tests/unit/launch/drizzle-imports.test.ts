import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';

test('all that drizzle-orm imports of its own are ES modules, as the quick way of loading them takes for granted', () => {
  const folder = join(ROOT, 'node_modules/drizzle-orm');
  expect(globSync('**/package.json', { cwd: folder })).toEqual(['package.json']);
  const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type: string };
  expect(type).toBe('module');
});
