import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPlainNames, TABLE_NAMES } from '#tests/schema-names/plain-names.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Whose texts name tables by themselves still. */
const PLAIN = [
  'scripts/',
  'src/server/bulk/',
  'src/server/changes/',
  'src/server/submission/',
  'src/server/search/index-state.ts',
  'src/server/search/indexer.ts',
  'src/server/search/reconcile.ts',
  'src/server/subscriptions/',
];

describe('names of tables', () => {
  it('are found in texts of SQL, whichever way they are written', () => {
    expect(TABLE_NAMES).toContain('published_notices');
    expect(TABLE_NAMES).toContain('search_index');
    const program = [
      `const a = 'SELECT id FROM notices';`,
      `const b = \`SELECT \${a} FROM notices n JOIN "sources" ON \${b} WHERE x IN (SELECT 1 FROM projects)\`;`,
      `const c = sql\`UPDATE \${notices} SET x = 1 FROM json_each(1)\`;`,
      `const d = 'take it FROM notices.csv';`,
    ].join('\n');
    expect(listPlainNames('a.ts', program)).toEqual([
      { line: 1, table: 'notices' },
      { line: 2, table: 'notices' },
      { line: 2, table: 'sources' },
      { line: 2, table: 'projects' },
    ]);
  });

  it('stand in no text, but come from the schema', () => {
    const files = globSync('{src,db,scripts}/**/*.{ts,tsx,astro}', { cwd: ROOT });
    expect(files.length).toBeGreaterThan(300);
    const plain = files
      .filter((path) => !PLAIN.some((prefix) => path.startsWith(prefix)))
      .flatMap((path) =>
        listPlainNames(path, readFileSync(join(ROOT, path), 'utf8')).map(
          ({ line, table }) => `${path}:${line} ${table}`,
        ),
      );
    expect(plain).toEqual([]);
  });
});
