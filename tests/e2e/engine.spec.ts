import { existsSync, readFileSync } from 'node:fs';
import { enginePaths } from '#src/server/search/process.ts';
import { dataDirectory } from './database.ts';
import { openSearch, readTotal } from './reading.ts';
import { expect, test } from './test.ts';

const { pid } = enginePaths(dataDirectory());
const NOTE = '搜索引擎暂不可用，以下结果由内置索引给出。';
/** One without synonyms: where several words may stand the built-in index answers anyway. */
const WORD = '道路';
/** Start of the engine and its first indexing, on a busy machine. */
const PATIENCE = { timeout: 120_000 };

test('search answers while the engine is down, says so quietly, and uses it again by itself', {
  tag: '@alone',
}, async ({ page }) => {
  test.setTimeout(300_000);
  test.skip(!existsSync(pid), 'no search engine on this machine');
  const waitForEngine = () =>
    expect(async () => {
      await openSearch(page, WORD);
      await expect(page.getByText(NOTE)).toBeHidden();
    }).toPass(PATIENCE);
  await waitForEngine();
  const total = await readTotal(page);

  const engine = Number(readFileSync(pid, 'utf8'));
  // Stopped first: one that is killed may be back before the page is asked for.
  process.kill(engine, 'SIGSTOP');
  // By date the scope is narrower unless it is asked for; an address of its own, so that no answer of before is given.
  const answer = await openSearch(page, WORD, '&sort=published&scope=all');
  process.kill(engine, 'SIGKILL');
  expect(answer?.status()).toBe(200);
  await expect(page.getByText(NOTE)).toBeVisible();
  expect(await readTotal(page)).toBe(total);

  await waitForEngine();
  expect(await readTotal(page)).toBe(total);
});
