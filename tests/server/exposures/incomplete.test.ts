import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { completeExposure } from '#src/ingest/complete-exposure.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { listIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { getExposure } from '#src/server/exposures/get.ts';
import { listExposures } from '#src/server/exposures/list.ts';
import { matchExposures } from '#src/server/exposures/match.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

const NAME = '示例甲建设有限公司';
const HEADER =
  'id,供应商或代理机构名称,不良行为的具体情形,处罚结果,执法（记录）单位,处罚（记录）日期,行政处罚决定书文号,地区';
const ROW = `1,${NAME},与其他供应商恶意串通,禁止参加政府采购活动,示例市财政局,2026-05-10`;
const MAPPING = {
  columns: { id: 'id', '处罚（记录）日期': ['published', 'field:处罚（记录）日期'], 地区: 'county' },
  templates: { title: '不良行为 {id}' },
  defaults: { exposure: { board: 'exposure', kind: 'penalty' } },
};
const NUMBER = '示财罚〔2026〕8号';

let db: Db;
let close: () => void;
let fetcher: Fetcher;
let root: string;

beforeEach(() => {
  ({ db, close } = openTestDatabase());
  root = mkdtempSync(join(tmpdir(), 'tongming-incomplete-'));
  cpSync('tests/fixtures/feeds/folder/penalties', join(root, 'records'), { recursive: true });
  writeFileSync(join(root, 'records/mapping.json'), JSON.stringify(MAPPING));
  place('');
  fetcher = createFetcher({ allowPrivate: [], filesDir: root });
  const entry = { name: '不良行为记录', county: 'jining', adapter: 'folder', settings: { folder: 'records' } } as const;
  seedSources(db, [{ key: 'records', ...entry, schedule: '0 6 * * *', minimumItems: 1 }]);
});
afterEach(async () => {
  await fetcher.close();
  close();
  removeFolder(root);
});

const place = (number: string) =>
  writeFileSync(join(root, 'records/decisions.csv'), `${HEADER}\n${ROW},${number},曲阜市\n`);
const read = () => runSource(db, 'records', { fetcher, full: true });
const reasons = () =>
  db.$client
    .prepare(`SELECT json_extract(r.value, '$.message') FROM raw_items, json_each(reasons) r WHERE state = 'rejected'`)
    .pluck()
    .all();

test('a record without a number is kept, says what is not given, and restricts nobody', async () => {
  expect(await read()).toMatchObject({ state: 'succeeded', created: 0, rejected: 1 });
  expect(listIncomplete(db)).toMatchObject([
    {
      sourceName: '不良行为记录',
      missing: ['decisionNo'],
      said: { subjectName: NAME, decisionNo: null, authority: '示例市财政局', decisionDate: '2026-05-10' },
    },
  ]);
  expect(reasons()).toEqual([expect.stringContaining('来源未给出：行政处罚决定书文号')]);
  expect(listExposures(db, {}).items).toEqual([]);
  expect(matchExposures(db, { name: NAME }).listed).toBe(false);
});

test('is kept once, however often it is read', async () => {
  await read();
  await read();
  expect(listIncomplete(db)).toHaveLength(1);
});

test('becomes an entry when its source adds the number', async () => {
  await read();
  place(NUMBER);
  expect(await read()).toMatchObject({ created: 1, rejected: 0 });
  expect(listIncomplete(db)).toEqual([]);
  expect(listExposures(db, {}).items).toMatchObject([{ subjectName: NAME, decisionNo: NUMBER }]);
});

test('becomes an entry when staff complete it, which says so, and stays one when the source is read again', async () => {
  await read();
  const [kept] = listIncomplete(db);
  const id = completeExposure(db, kept?.id ?? '', { decisionNo: NUMBER }, '示例市财政局来函', byTester());
  expect(id).toBeDefined();
  expect(listIncomplete(db)).toEqual([]);
  const entry = getExposure(db, id ?? '');
  expect(entry).toMatchObject({ decisionNo: NUMBER, state: 'corrected' });
  expect(entry.events).toMatchObject([
    { kind: 'corrected', basis: '工作人员补录行政处罚决定书文号：示例市财政局来函' },
  ]);
  expect(matchExposures(db, { name: NAME }).listed).toBe(true);
  expect(await read()).toMatchObject({ rejected: 0 });
  expect(listExposures(db, {}).items).toHaveLength(1);
});

test('stays incomplete while something is missing, and judges what staff add as it judges sources', async () => {
  await read();
  const [kept] = listIncomplete(db);
  const id = kept?.id ?? '';
  expect(completeExposure(db, id, { violation: '恶意串通' }, '来函', byTester())).toBeUndefined();
  expect(listIncomplete(db)).toMatchObject([{ missing: ['decisionNo'], supplement: { basis: '来函' } }]);
  expect(completeExposure(db, id, { decisionNo: '没有文号' }, '来函', byTester())).toBeUndefined();
  expect(listExposures(db, {}).items).toEqual([]);
  expect(() => completeExposure(db, id, { decisionDate: '不知道' }, '来函', byTester())).toThrow('不是日期');
  expect(() => completeExposure(db, 'none', { decisionNo: NUMBER }, '来函', byTester())).toThrow(
    '没有这条待补录的记录',
  );
});
