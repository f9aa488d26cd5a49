import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { parseConfig } from '#src/server/config.ts';
import { issueKey } from '#src/server/push/keys.ts';
import { startWorker } from '#src/worker/worker.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

/** Invented numbers with right check digits: a mobile, an identity card and a bank card. */
const NUMBERS = ['13812345678', '370802199003078518', '6222020200112233446'];
const [MOBILE = '', ID_CARD = '', BANK_CARD = ''] = NUMBERS;
const SENTENCE = `联系人手机 ${MOBILE}，身份证号 ${ID_CARD}，银行卡号 ${BANK_CARD}`;

/** Items with numbers wherever a feed can put them, good ones and such as are rejected. */
const items = [
  makeItem(1, { title: `设备采购公告（${SENTENCE}）`, body: `<p>预算金额：3 万元</p><p>${SENTENCE}</p>` }),
  makeItem(2, { fields: { 采购人: `某中学 ${MOBILE}`, 联系方式: SENTENCE } }),
  makeItem(3, { title: `校舍维修公告 ${MOBILE}`, date: `2026-99-99 ${SENTENCE}` }),
  makeItem(4, { column: ID_CARD, title: '栏目未知的公告' }),
  makeItem(5, { county: SENTENCE, body: `<p>手机<b>138</b>12345678</p>` }),
  ...makeItems(30).slice(6),
];
const pushed = [
  makeNotice(1, { title: `校服采购公告 ${SENTENCE}` }),
  makeNotice(2, { publishedAt: SENTENCE }),
  makeNotice(3, { category: SENTENCE }),
];

/** Addresses under which the public reads what came in; the words of readers stand in queries. */
const PATHS = [
  '/',
  '/notices',
  '/sync',
  '/sync/test-zoucheng',
  '/sitemap.xml',
  '/api/v1/notices?limit=100',
  '/api/v1/notices.csv',
  '/api/v1/notices.xlsx',
  '/api/v1/search?q=采购&limit=50',
  '/api/v1/sources',
  '/api/v1/changes?limit=100',
  '/feeds/notices.rss',
  '/feeds/notices.atom',
  '/feeds/notices.json',
  '/feeds/deadlines.ics',
];
/** What readers typed themselves may stand in the answer to them, never in a log. */
const TYPED = [
  `/notices?buyer=${MOBILE}`,
  `/search?q=${MOBILE}`,
  `/api/v1/search?q=${ID_CARD}`,
  `/api/v1/match?name=${MOBILE}`,
  `/%E0%A4%A?${MOBILE}`,
];

const numbersIn = (text: string) => NUMBERS.filter((number) => text.replaceAll(/<[^>]*>/g, '').includes(number));

/** Reads the test feed with a worker that logs everything; what it logged. */
async function readFeed(rig: IngestRig): Promise<string> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const config = parseConfig({ FEED_ALLOW_PRIVATE: rig.feed.host, SEARCH_ENGINE: 'off' });
  const worker = startWorker({ db: rig.db, config, log: pino({ level: 'debug' }, sink) });
  await expect.poll(() => rig.count('SELECT count(*) FROM search_documents'), { timeout: 60_000 }).toBeGreaterThan(20);
  await worker.stop();
  return lines.join('');
}

async function readAll(portal: Portal, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) found.set(path, await (await fetch(portal.url + path)).text());
  return found;
}

test('numbers of persons stand in no page, export, feed, index document or log', async () => {
  const rig = await startRig();
  rig.items = items;
  const workerLog = await readFeed(rig);
  const portal = await startPortal(() => undefined, { LOG_LEVEL: 'debug' }, rig);
  const key = issueKey(rig.db, 'qufu', PORTAL_SITE, new Date().toISOString());
  const { answer } = await sendPush(portal.url, await signPush(key, toLines(pushed)));
  expect(answer).toMatchObject({ created: 1, rejected: 2 });
  const notices = rig.rows('SELECT id FROM published_notices').map(({ id }) => `/notice/${String(id)}`);
  const answers = await readAll(portal, [...PATHS, ...notices]);
  await readAll(portal, TYPED);
  await portal.stop();

  expect(rig.count("SELECT count(*) FROM raw_items WHERE state = 'rejected'")).toBeGreaterThan(0);
  for (const [path, text] of answers) expect.soft(numbersIn(text), path).toEqual([]);
  const indexed = rig.rows('SELECT * FROM search_documents');
  expect.soft(numbersIn(JSON.stringify(indexed)), 'index documents').toEqual([]);
  expect.soft(numbersIn(workerLog), 'log of the worker').toEqual([]);
  expect.soft(numbersIn(portal.printed()), 'log of the web role').toEqual([]);
  // The sweep can fail: the raw items, which only staff may read, do hold the numbers, and the log holds requests.
  expect(numbersIn(JSON.stringify(rig.rows('SELECT list_item FROM raw_items')))).toEqual(NUMBERS);
  expect(portal.printed()).toContain('"path":"/search"');
  await rig.close();
});
