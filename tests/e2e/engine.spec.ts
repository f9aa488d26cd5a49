import { existsSync, readFileSync } from 'node:fs';
import { enginePaths } from '#src/server/search/process.ts';
import { dataDirectory } from './database.ts';
import { openSearch, readTotal } from './reading.ts';
import { expect, test } from './test.ts';

const { pid } = enginePaths(dataDirectory());
const NOTE = '搜索引擎暂不可用，以下结果由内置索引给出。';
/** Start of the engine and its first indexing, on a busy machine. */
const PATIENCE = { timeout: 120_000 };

test('search answers while the engine is down, says so quietly, and uses it again by itself', {
  tag: '@alone',
}, async ({ page }) => {
  test.setTimeout(300_000);
  test.skip(!existsSync(pid), 'no search engine on this machine');
  const waitForEngine = () =>
    expect(async () => {
      await openSearch(page, '监控');
      await expect(page.getByText(NOTE)).toBeHidden();
    }).toPass(PATIENCE);
  await waitForEngine();
  const total = await readTotal(page);

  process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
  const answer = await openSearch(page, '监控', '&sort=published');
  expect(answer?.status()).toBe(200);
  await expect(page.getByText(NOTE)).toBeVisible();
  expect(await readTotal(page)).toBe(total);

  await waitForEngine();
  expect(await readTotal(page)).toBe(total);
});
