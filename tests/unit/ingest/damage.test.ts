import { describe, expect, test } from 'vitest';
import { encodeJsonGb18030 } from '#scripts/demo/platforms/gb18030.ts';
import { describeDamage } from '#src/formats/damage.ts';
import { decodeText } from '#src/formats/decode.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import { ccgp } from '#src/ingest/adapters/ccgp.ts';
import { epointFulltext } from '#src/ingest/adapters/epoint-fulltext.ts';
import { hanweb } from '#src/ingest/adapters/hanweb.ts';
import { jinan } from '#src/ingest/adapters/jinan.ts';
import { jiningNewest } from '#src/ingest/adapters/jining-newest.ts';
import { syndication } from '#src/ingest/adapters/syndication.ts';
import { completeItem } from '#src/ingest/details/complete.ts';
import type { FeedPage } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { openFeed } from '#tests/support/open-feed.ts';

const WINDOW = { until: '2026-05-01' };
const columns = { '001': { category: 'construction', stage: 'tenderNotice' } } as const;
const TITLES = ['某某小学操场改造', '某某路排水工程', '某某村道路硬化'];

/** The bytes with the one at a place that no encoding knows. */
function damaged(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = 0xff;
  return copy;
}

/** Each byte from the first of `from` to the first of `to` damaged in turn: what became of the page. */
function sweep(bytes: Buffer, from: string, to: string, read: (bytes: Buffer) => FeedPage) {
  const places = Array.from({ length: bytes.indexOf(to) - bytes.indexOf(from) }, (_, at) => bytes.indexOf(from) + at);
  return places.map((at) => ({ at, page: read(damaged(bytes, at)) }));
}

/** Whether exactly one of three rows is refused, with its place, and the others are as they were. */
function expectOneRefused(page: FeedPage, at: number): void {
  const refused = page.faults.filter(({ reason }) => reason.includes('字节'));
  expect([at, page.drafts.length, refused.length]).toEqual([at, 2, 1]);
  for (const { title } of page.drafts) expect(TITLES).toContain(title);
  for (const { raw, reason } of refused) {
    expect(describeDamage(raw) ?? '').not.toContain('字节');
    expect(reason).toMatch(/第 \d+ 字节/);
  }
}

const rows = TITLES.map((title, index) => ({ infoid: `id-${index}`, title, webdate: `2026-04-0${index + 1}` }));

describe('JSON', () => {
  const feed = openFeed(epointFulltext, { base: 'https://a.example/', columns }, WINDOW);
  const whole = JSON.stringify({ result: { totalcount: 3, records: rows } });

  test.each([
    ['UTF-8', Buffer.from(whole)],
    ['GB18030', encodeJsonGb18030(whole)],
    ['JSON in JSON', Buffer.from(JSON.stringify({ code: 1, content: whole }))],
  ])('%s: whichever byte of a row is damaged, only that row is refused', (name, bytes) => {
    const id = name === 'JSON in JSON' ? '{\\"infoid\\":\\"id-1' : '{"infoid":"id-1';
    const next = name === 'JSON in JSON' ? ',{\\"infoid\\":\\"id-2' : ',{"infoid":"id-2';
    for (const { at, page } of sweep(bytes, id, next, (answer) => feed.page(answer))) expectOneRefused(page, at);
  });

  test('a row says which it is, and keeps its id when that is sound', () => {
    const bytes = Buffer.from(whole);
    const { faults } = feed.page(damaged(bytes, bytes.indexOf('排水')));
    expect(faults).toMatchObject([
      { sourceItemId: 'id-1', reason: `第 2 条含无法识别的字节（第 ${bytes.indexOf('排水') + 1} 字节）` },
    ]);
  });

  test('a replacement character that the site sent itself is told from one made here', () => {
    const { drafts, faults } = feed.page(whole.replace('操场', '操\uFFFD'));
    expect([drafts.length, faults.map(({ reason }) => reason)]).toEqual([
      2,
      ['第 1 条含替换字符 U+FFFD，来源自己没有正确转码'],
    ]);
  });

  test('damage outside the rows costs nothing, numbers and literals are mended in their own row only', () => {
    const bytes = Buffer.from('{"message":"成功","rows":[{"n":1234,"t":true,"l":["a","b"]},{"n":2}]}');
    expect(parseJsonBytes(damaged(bytes, bytes.indexOf('功')))).toMatchObject({ rows: [{ n: 1234 }, { n: 2 }] });
    for (const place of ['234', 'rue', ',"l"', '"a"', '["a"'].map((text) => bytes.indexOf(text))) {
      const { rows: read } = parseJsonBytes(damaged(bytes, place)) as { rows: unknown[] };
      expect(read.map((row) => describeDamage(JSON.stringify(row)) !== undefined)).toEqual([true, false]);
    }
  });
});

describe('XML', () => {
  const item = (title: string, index: number) =>
    `<item><title>${title}</title><guid isPermaLink="false">id-${index}</guid><pubDate>2026-04-01</pubDate></item>`;
  const rss = Buffer.from(
    `<?xml version="1.0"?><rss><channel><title>公告</title>${TITLES.map(item).join('')}</channel></rss>`,
  );
  const feed = openFeed(syndication, { feeds: [{ url: 'https://a.example/rss', column: '001' }], columns }, WINDOW);

  test('RSS: whichever byte of an item is damaged, tags included, only that item is refused', () => {
    const second = rss.indexOf('<item>', rss.indexOf('<item>') + 1);
    for (let at = second; at < rss.indexOf('<item>', second + 1); at += 1) {
      expectOneRefused(feed.page(damaged(rss, at)), at);
    }
  });

  test('RSS: the first and the last item', () => {
    for (const at of [rss.indexOf('<item>') + 1, rss.lastIndexOf('</item>') + 3]) {
      expectOneRefused(feed.page(damaged(rss, at)), at);
    }
  });

  test('an item that is not well-formed by itself is refused alone', () => {
    const { drafts, faults } = feed.page(rss.toString().replace('排水', '给水&排水'));
    expect([drafts.length, faults.length]).toEqual([2, 1]);
    expect(faults[0]?.reason).toMatch(/^第 2 条有误/);
  });

  test('大汉: records with HTML in CDATA', () => {
    const records = TITLES.map(
      (title, index) =>
        `<record><![CDATA[<li><a href="/art/art_1_${index}.html" title="${title}">${title}</a><span>2026-04-01</span></li>]]></record>`,
    );
    const bytes = Buffer.from(
      `<?xml version="1.0"?><datastore><totalrecord>3</totalrecord><recordset>${records.join('')}</recordset></datastore>`,
    );
    const site = openFeed(hanweb, { base: 'https://a.example/', webId: '1', unitId: '2', columns }, WINDOW);
    const second = bytes.indexOf('<record>', bytes.indexOf('<record>') + 1);
    for (let at = second; at < bytes.indexOf('<record>', second + 1); at += 1) {
      expectOneRefused(site.page(damaged(bytes, at)), at);
    }
  });
});

describe('HTML', () => {
  const guid = (index: number) => `3a20c67f-5625-4d3c-8f1e-00000000000${index}`;
  const li = (title: string, index: number) =>
    `<li class="list-group-item"><a href="/X/Posts/Detail?id=${guid(index)}" title="${title}">${title}</a><span class="time">2026-04-01</span></li>`;
  const page = Buffer.from(
    `<!DOCTYPE html><html><body><ul class="list-group">${TITLES.map(li).join('\n')}</ul></body></html>`,
  );

  test('a list: no byte of a row loses another row, and none is lost without a word', () => {
    const feed = openFeed(jiningNewest, { base: 'https://a.example', tenant: 'X', columns }, WINDOW);
    const second = page.indexOf('<li', page.indexOf('<li') + 1);
    for (let at = second; at < page.indexOf('\n', second); at += 1) {
      const { drafts, faults } = feed.page(damaged(page, at));
      const titles = drafts.map(({ title }) => title);
      expect([at, titles.includes(TITLES[0] ?? ''), titles.includes(TITLES[2] ?? '')]).toEqual([at, true, true]);
      expect([at, faults.some(({ reason }) => reason.includes('字节'))]).toEqual([at, true]);
    }
  });

  test('a list inside JSON', () => {
    const str = TITLES.map(
      (title, index) =>
        `<li><span class="span1">[市本级]</span><a onclick="showview(${index + 1})" title='${title}'>${title}</a><span class="span2">2026-04-01</span></li>`,
    ).join('');
    const bytes = Buffer.from(
      JSON.stringify({ success: true, params: { pagenum: '1', pagesum: 1, str: `<ul>${str}</ul>` } }),
    );
    const site = openFeed(jinan, { base: 'https://a.example/', columns: { '0/招标公告': columns['001'] } }, WINDOW);
    const second = bytes.indexOf('<li>', bytes.indexOf('<li>') + 1);
    for (const part of ['市本级', 'showview', '>2026', '路排水', '</a>'].map((text) => bytes.indexOf(text, second))) {
      expectOneRefused(site.page(damaged(bytes, part)), part);
    }
  });

  test('search results', () => {
    const list = TITLES.map(
      (title, index) =>
        `<li><a href="/cggg/t20260401_${index}.htm">${title}</a><p>摘要</p><span>2026.04.01 08:00:00|采购人：某某局|<strong>公开招标公告</strong></span></li>`,
    );
    const bytes = Buffer.from(
      `<!DOCTYPE html><html><body><ul class="vT-srch-result-list-bid">${list.join('')}</ul></body></html>`,
    );
    const feed = openFeed(ccgp, { search: { url: 'https://a.example/s', query: {} }, columns }, WINDOW);
    expectOneRefused(feed.page(damaged(bytes, bytes.indexOf('路排水'))), 0);
  });

  test('a damaged body refuses its notice, with the place; damage beside the body does not', () => {
    const feed = openFeed(jiningNewest, { base: 'https://a.example', tenant: 'X', columns }, WINDOW);
    const [draft] = feed.page(page).drafts as [NoticeDraft];
    const text = '本项目已具备招标条件，现对该工程的施工进行公开招标，请符合要求的单位参加。';
    const detail = Buffer.from(
      `<!DOCTYPE html><html><body><div class="top">首页</div><div id="ctn-detail"><p>${text}</p></div></body></html>`,
    );
    const judge = (bytes: Buffer) =>
      completeItem({ adapter: jiningNewest, settings: feed.settings } as never, {
        draft,
        answers: [{ bytes }],
        sourceKey: 'x',
        publishedBy: 'qufu',
      });
    const at = detail.indexOf('公开招标');
    expect(judge(damaged(detail, at))).toMatchObject({
      error: { reasons: [{ code: 'damaged', message: `正文含无法识别的字节（第 ${at + 1} 字节）` }] },
    });
    expect(judge(damaged(detail, detail.indexOf('首页')))).not.toHaveProperty('error');
  });
});

test('which encoding it is survives damage, whatever the header says', () => {
  const utf8 = Buffer.from('招标公告'.repeat(50));
  const gb = encodeJsonGb18030('招标公告 '.repeat(50));
  const readable = (bytes: Buffer) => decodeText(bytes).match(/公告/g)?.length ?? 0;
  for (const at of [0, 1, 2, 100, 299, 399]) {
    expect(readable(damaged(utf8, at))).toBeGreaterThanOrEqual(49);
    expect(readable(damaged(gb, at))).toBeGreaterThanOrEqual(48);
  }
});
