import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test.ts';

const CLIENT = join(import.meta.dirname, '../../dist/client');

test('what browsers get holds no server code and no source maps', () => {
  const files = globSync('**/*.*', { cwd: CLIENT });
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0);
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  for (const file of files) {
    expect(readFileSync(join(CLIENT, file), 'utf8'), file).not.toMatch(/sqlite|drizzle|meilisearch|sourceMappingURL/i);
  }
});
