import { execFileSync } from 'node:child_process';
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

test('imports of our modules lead by the quick way where they lead by Node’s own', () => {
  const parameters = ['--experimental-import-meta-resolve', join(ROOT, 'tests/support/imports-child.mjs')];
  const environment = { ...process.env, NODE_OPTIONS: '' };
  const told = JSON.parse(execFileSync(process.execPath, parameters, { env: environment, encoding: 'utf8' })) as object;
  expect(told).toEqual({ asked: expect.toSatisfy((asked: number) => asked > 1000), different: [] });
});
