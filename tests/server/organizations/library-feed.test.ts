import { afterEach, beforeEach, expect, test } from 'vitest';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { getOrganization } from '#src/server/organizations/get.ts';
import { type FeedServer, startFeedServer } from '#tests/support/feed-server.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const CODE = '91370811MA0000015F';
const KEY = 'register-qualifications';
const HEAD = '企业名称,统一社会信用代码,资质名称,资质等级,证书编号,有效期自,有效期至';
const ROW = `济宁砚棠建设有限公司,${CODE},建筑工程施工总承包,二级,YS1,2024-01-01,2029-01-01`;

let table: string;
let feed: FeedServer;
let fetcher: Fetcher;
let opened: ReturnType<typeof openTestDatabase>;

beforeEach(async () => {
  table = `${HEAD}\n${ROW}\n${ROW.replace(CODE, '91370811MA0000015E')}`;
  feed = await startFeedServer(() => ({ type: 'text/csv; charset=utf-8', body: table }));
  fetcher = createFetcher({ allowPrivate: [feed.host], timeoutMs: 4_000, backoffMs: 1 });
  opened = openTestDatabase();
  const settings = { url: `${feed.url}/register.csv`, register: '虚构资质名录' };
  seedSources(opened.db, [
    {
      key: KEY,
      name: '资质名录',
      county: 'jining',
      adapter: 'library-table',
      settings,
      schedule: '0 5 * * *',
      minimumItems: 0,
    },
  ]);
});
afterEach(async () => {
  await fetcher.close();
  await feed.close();
  opened.close();
});

const read = () => runSource(opened.db, KEY, { fetcher });
const view = () => getOrganization(opened.db, organizationId({ uscc: CODE }));

test('a register is read like any other source: good rows are entries, bad ones are kept with their reasons', async () => {
  expect(await read()).toMatchObject({ state: 'succeeded', fetched: 2, created: 1, rejected: 1 });
  expect(view().library.qualifications).toMatchObject([{ name: '建筑工程施工总承包', source: '虚构资质名录' }]);
  const kept = opened.db.$client.prepare('SELECT reasons FROM library_rejections').pluck().all();
  expect(kept).toEqual([expect.stringContaining('校验不通过')]);
  expect(await read()).toMatchObject({ state: 'succeeded', created: 0, unchanged: 1, rejected: 1 });
  const source = opened.db.$client.prepare('SELECT last_success_at, last_error FROM sources WHERE key = ?').get(KEY);
  expect(source).toMatchObject({ last_success_at: expect.any(String), last_error: null });
});

test.each([
  ['an empty table', HEAD, '没有返回任何条目'],
  ['a table of something else', '项目,金额\n甲,1', '表头不是'],
])('%s fails the run and takes nothing away', async (_, text, reason) => {
  await read();
  table = text;
  expect(await read()).toMatchObject({ state: 'failed', error: expect.stringContaining(reason) });
  expect(view().library.qualifications).toHaveLength(1);
});
