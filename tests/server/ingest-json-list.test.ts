import { afterEach, expect, test } from 'vitest';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';

let rig: IngestRig;
const lastDay = 28;

/** A site whose rows count their own page, with bodies behind a second interface; the token comes first. */
async function open(): Promise<void> {
  const feed = await startFeedServer(({ url, body, headers }) => {
    const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });
    if (url.pathname === '/token') return json({ data: 't-1' });
    if (headers['x-token'] !== 't-1') return json({ code: 401, msg: '令牌失效' });
    const asked = JSON.parse(body || '{}');
    if (url.pathname === '/detail') {
      return json({
        code: 200,
        data: { html: `<p>采购人：邹城市第${asked.id}小学。预算金额：${asked.id}.5 万元。</p>` },
      });
    }
    const all = Array.from({ length: lastDay }, (_, at) => ({
      id: at + 1,
      title: `<font color="red">邹城市</font>第${at + 1}小学课桌采购公告`,
      time: Date.parse(`2026-06-${String(lastDay - at).padStart(2, '0')}T09:30:00+08:00`),
      kind: at % 2 ? 'B' : 'A',
    }));
    const rows = all.filter(({ kind }) => kind === asked.kind).slice(asked.from, asked.from + 5);
    return json({ code: 200, RowCount: rows.length, data: JSON.stringify({ rows }) });
  });
  rig = await startRig(
    {
      adapter: 'json-list',
      settings: {
        list: { url: `${feed.url}/list`, json: { kind: '{column}', from: '{offset}' } },
        session: { request: { url: `${feed.url}/token` }, headers: { 'X-Token': '{data}' } },
        paging: { by: 'offset', size: 5 },
        rows: 'data.rows',
        total: 'RowCount',
        success: { path: 'code', equals: [200], message: 'msg' },
        fields: { id: 'id', title: 'title', published: 'time' },
        columns: {
          A: { label: '采购公告', category: 'procurement', stage: 'tenderNotice' },
          B: { label: '其他公告', category: 'procurement', stage: 'mixed' },
        },
        detail: {
          request: { url: `${feed.url}/detail`, json: { id: '{id|number}' } },
          success: { path: 'code', equals: [200] },
          fields: { body: 'data.html' },
        },
      },
    },
    feed,
  );
}

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

test('every notice of every page and column once, with its body; a second run changes nothing', async () => {
  await open();
  expect(await rig.run()).toMatchObject({ state: 'succeeded', fetched: lastDay, created: lastDay, rejected: 0 });
  expect(rig.rows(`SELECT title, published_at FROM notices WHERE source_item_id = '1'`)).toEqual([
    { title: '邹城市第1小学课桌采购公告', published_at: '2026-06-28T01:30:00.000Z' },
  ]);
  expect(rig.count(`SELECT count(*) FROM notice_versions WHERE content LIKE '%预算金额：%.5 万元%'`)).toBe(lastDay);
  expect(await rig.run({ full: true })).toMatchObject({ state: 'succeeded', unchanged: lastDay, changed: 0 });
  expect(rig.feed.requests.filter((line) => line === 'POST /detail')).toHaveLength(lastDay);
});
