import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { type Tally, tallySchema } from '#scripts/launch/tally.ts';
import { TALLY_PATH_VARIABLE } from '#scripts/launch/vitest-tally.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

/** The files lie outside the project, where its packages have no short name. */
const VITEST = join(ROOT, 'node_modules/vitest/dist/index.js');

const FILES = {
  'a.test.mjs': `
    import { expect, it } from '${VITEST}';
    it('passes', () => {});
    it.skip('is skipped', () => {});
    it('fails', () => expect(1).toBe(2));
    it('leaves a rejection behind', () => { Promise.reject(new Error('nobody awaited this')); });`,
  'b.test.mjs': `import './missing.mjs';`,
  'c.test.mjs': `
    import { beforeAll, describe, it } from '${VITEST}';
    describe('a group', () => {
      beforeAll(() => { throw new Error('no database'); });
      it('is never run', () => {});
    });`,
};

describe('the tally of a run of vitest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-tally-'));
  let tally: Tally;
  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const path = join(folder, 'tally.json');
    const reporter = `--reporter=${join(ROOT, 'scripts/launch/vitest-tally.ts')}`;
    const command = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, reporter];
    spawnSync(process.execPath, command, { env: { ...process.env, [TALLY_PATH_VARIABLE]: path } });
    tally = tallySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  });
  afterAll(() => removeFolder(folder));

  const failure = (start: string) => tally.failures.filter((text) => text.startsWith(start));

  it('counts what passed, and not what was skipped', () => {
    expect(tally.passed).toBe(2);
  });

  it('names a failed test and what it said', () => {
    expect(failure('a.test.mjs: fails')).toEqual([expect.stringContaining('expected 1 to be 2')]);
  });

  it('tells of a file that could not be read and of a hook that failed', () => {
    expect(failure('b.test.mjs')).toEqual([expect.stringContaining('missing.mjs')]);
    expect(failure('c.test.mjs: a group')).toEqual([expect.stringContaining('no database')]);
  });

  it('tells of an error that belongs to no test', () => {
    expect(failure('outside the tests')).toEqual([expect.stringContaining('nobody awaited this')]);
  });

  it('counts each once', () => {
    expect(tally.failures).toHaveLength(4);
  });
});
