import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { DraftPool } from '#src/publish/items/draft-pool.ts';
import { decideMapping } from '#src/publish/mappings/decide-mapping.ts';
import { PUSH_KINDS, type PushedItem, type PushKind } from '#src/server/api/sync/schema.ts';
import { issueKey, pushSourceKey } from '#src/server/push/keys.ts';
import { toPublicReasons } from '#src/server/push/public-reasons.ts';
import { receivePush } from '#src/server/push/receive.ts';
import type { PushFormat } from '#src/server/push/split.ts';
import { FROM_START } from '#src/staff/work/list.ts';
import { codes } from '#src/staff/work/lists/codes.ts';
import { rejected } from '#src/staff/work/lists/rejected.ts';
import { hostileItem, makeExposure } from '#tests/support/hostile-items.ts';
import { makeNotice } from '#tests/support/push-client.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { TESTER } from '#tests/support/writer.ts';

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`hostile pushes: seed ${seed}`);

const folder = mkdtempSync(join(tmpdir(), 'tongming-push-'));
let pool: DraftPool;
let db: Db;
let close: () => void;
const keyIds = new Map<County, string>();
beforeAll(() => {
  ({ db, close } = openTestDatabase());
  pool = new DraftPool({ threads: 1 });
  for (const county of COUNTY_SLUGS) {
    keyIds.set(county, issueKey(db, county, 'http://portal.example', new Date().toISOString()).keyId);
  }
});
afterAll(async () => {
  await pool.close();
  close();
  removeFolder(folder);
});

/** Pushes items given as JSON texts, one a line. */
async function pushTexts(
  texts: readonly string[],
  kind: PushKind = 'notices',
  county: County = 'qufu',
  format: PushFormat = 'lines',
): Promise<PushedItem[]> {
  const path = join(folder, randomUUID());
  writeFileSync(path, format === 'lines' ? texts.join('\n') : `[${texts.join(',')}]`);
  const request = {
    keyId: keyIds.get(county) ?? '',
    nonce: randomUUID(),
    idempotencyKey: randomUUID(),
    digest: randomUUID(),
  };
  const job = { ...request, kind, county, sourceKey: pushSourceKey(county), format, path };
  return (await receivePush(db, pool, job)).items;
}
const push = (items: readonly unknown[], kind?: PushKind, county?: County) =>
  pushTexts(
    items.map((item) => JSON.stringify(item)),
    kind,
    county,
  );

const rowOf = (table: 'notices' | 'exposures', item: PushedItem | undefined) =>
  db.$client.prepare(`SELECT county, source_key AS sourceKey FROM ${table} WHERE id = ?`).get(item?.recordId);

describe('whatever is pushed', () => {
  it.each(PUSH_KINDS)('is answered item by item, with reasons that its sender can act on (%s)', async (kind) => {
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(hostileItem(kind), { minLength: 1, maxLength: 40 }), async (texts) => {
        const items = await pushTexts(texts, kind);
        expect(items).toHaveLength(texts.length);
        for (const { status, reasons = [], index } of items) {
          if (status === 'rejected') expect([texts[index]?.slice(0, 300), reasons.length]).not.toContain(0);
          for (const { code, message, field = '' } of reasons) {
            expect([code, message, texts[index]?.slice(0, 300)]).not.toContain('internal');
            expect(message).toMatch(/\p{sc=Han}/u);
            expect(message).not.toMatch(/处理出错|Error|undefined|\[object/);
            expect([message.isWellFormed(), field.isWellFormed()]).toEqual([true, true]);
            expect(message.length).toBeLessThan(400);
            codes.set(code, (codes.get(code) ?? 0) + 1);
          }
        }
      }),
      { seed, numRuns: Number(process.env.FUZZ_RUNS ?? 40), endOnFailure: true },
    );
    expect(codes.get('invalid')).toBeGreaterThan(0);
    expect(codes.get('unreadable')).toBeGreaterThan(0);
    expect(codes.get('text-broken')).toBeGreaterThan(0);
  });

  it.each<[string, string, Partial<{ code: string; field: string }>]>([
    ['最长 500 个字符', JSON.stringify(makeNotice(1, { title: '长'.repeat(501) })), { field: 'title' }],
    ['最长 2097152 个字符', JSON.stringify(makeNotice(1, { bodyHtml: 'x'.repeat(2_097_153) })), { field: 'bodyHtml' }],
    [
      '最多 500 项',
      JSON.stringify(
        makeNotice(1, { attachments: Array.from({ length: 501 }, () => ({ name: 'a', url: 'http://a.example/' })) }),
      ),
      { field: 'attachments' },
    ],
    [
      '嵌套过深：最多 64 层',
      JSON.stringify(makeNotice(1)).replace('}', `,"x":${'['.repeat(70)}${']'.repeat(70)}}`),
      { code: 'unreadable' },
    ],
    [
      '不成对的代理字符',
      JSON.stringify(makeNotice(1, { title: '采购公告\ud83d' })),
      { code: 'text-broken', field: 'title' },
    ],
    ['不成对的代理字符', JSON.stringify(makeNotice(1, { fields: { '预算\udc00': '1' } })), { code: 'text-broken' }],
    ['须为文字，收到的是数字', JSON.stringify(makeNotice(1, { title: 12 })), { field: 'title' }],
    ['须为列表，收到的是文字', JSON.stringify(makeNotice(1, { attachments: 'a.pdf' })), { field: 'attachments' }],
    ['缺失', JSON.stringify({ ...makeNotice(1), bodyHtml: undefined }), { field: 'bodyHtml' }],
    ['须为 construction', JSON.stringify(makeNotice(1, { category: '工程建设' })), { field: 'category' }],
    ['须是 http 或 https 地址', JSON.stringify(makeNotice(1, { url: 'ftp://a.example/' })), { field: 'url' }],
    ['没有这个字段：sourceKey', JSON.stringify(makeNotice(1, { sourceKey: 'push-zoucheng' })), { field: 'sourceKey' }],
    ['字段重复：id', JSON.stringify(makeNotice(1)).replace('{', '{"id":"x",'), { code: 'unreadable' }],
    ['JSON 不完整', JSON.stringify(makeNotice(1)).slice(0, -1), { code: 'unreadable' }],
    ['有多个 JSON', `${JSON.stringify(makeNotice(1))}{}`, { code: 'unreadable' }],
    ['不是 JSON', '<html></html>', { code: 'unreadable' }],
  ])('is refused in its own terms: %s', async (message, text, more) => {
    const [bad, good] = await pushTexts([text, JSON.stringify(makeNotice(2))]);
    expect(bad?.reasons?.[0]).toMatchObject({ message: expect.stringContaining(message), ...more });
    expect(good?.status).not.toBe('rejected');
  });
});

it.each(['lines', 'array'] as const)(
  'refuses an item beyond four million characters, and takes those beside it (%s)',
  async (format) => {
    const items = [810, 811, 812].map((number) => makeNotice(number));
    const texts = items.map((item, index) =>
      JSON.stringify(index === 1 ? { ...item, x: '长, ]\\"'.repeat(700_000) } : item),
    );
    const answers = await pushTexts(texts, 'notices', 'qufu', format);
    expect(answers.map(({ status }) => status === 'rejected')).toEqual([false, true, false]);
    expect(answers[1]?.reasons).toEqual([{ code: 'too-long', message: '这一条过长：最多 4194304 个字符' }]);
  },
);

describe('a key', () => {
  it('of a county publishes as that county only; the good items still go through', async () => {
    for (const own of COUNTY_SLUGS.filter((county) => county !== 'jining')) {
      const named = [...COUNTY_SLUGS, undefined];
      const items = named.map((county, index) => makeNotice(500 + index, { id: `${own}-${county}`, county }));
      const answers = await push(items, 'notices', own);
      for (const [index, county] of named.entries()) {
        const answer = answers[index];
        if (county === own || county === undefined) expect(rowOf('notices', answer)).toMatchObject({ county: own });
        else
          expect(answer).toMatchObject({ status: 'rejected', reasons: [{ code: 'county-foreign', field: 'county' }] });
      }
    }
    const foreign = `SELECT count(*) FROM notices n JOIN sources s ON s.key = n.source_key WHERE s.county <> 'jining' AND n.county <> s.county`;
    expect(db.$client.prepare(foreign).pluck().get()).toBe(0);
    expect(retryRejected(db, TESTER).accepted).toBe(0);
    expect(db.$client.prepare(foreign).pluck().get()).toBe(0);
  });

  it.each([
    '邹城市',
    '邹城',
    'Zoucheng',
    'ZOUCHENG',
    'ｚｏｕｃｈｅｎｇ',
    ' zoucheng',
    '370883',
    '３７０８８３',
    ['zoucheng'],
    null,
  ])('knows counties by their slugs: %j is none', async (county) => {
    const [notice] = await push([makeNotice(600, { county })]);
    const [exposure] = await push([makeExposure(600, { county })], 'exposures');
    for (const answer of [notice, exposure]) {
      expect(answer).toMatchObject({ status: 'rejected', reasons: [{ code: 'invalid', field: 'county' }] });
    }
  });

  it('of a county stays with it whatever the title and the fields say', async () => {
    const [notice] = await push([
      makeNotice(610, { title: '邹城市某小学采购项目公开招标公告', fields: { 行政区域: '邹城市' } }),
    ]);
    expect(rowOf('notices', notice)).toMatchObject({ county: 'qufu' });
  });

  it('of a county puts no entry of another county on the exposure board, and ends none', async () => {
    const [foreign] = await push([makeExposure(620, { county: 'zoucheng' })], 'exposures');
    expect(foreign).toMatchObject({ status: 'rejected', reasons: [{ code: 'county-foreign' }] });
    const [theirs] = await push([makeExposure(621)], 'exposures', 'zoucheng');
    expect(rowOf('exposures', theirs)).toMatchObject({ county: 'zoucheng' });
    const [ended] = await push([makeExposure(621, { withdrawn: true })], 'exposures', 'qufu');
    expect(ended).toMatchObject({ status: 'rejected', reasons: [{ code: 'county-foreign' }] });
    const events = db.$client.prepare(`SELECT count(*) FROM exposure_events WHERE exposure_id = ?`).pluck();
    expect(events.get(theirs?.recordId)).toBe(0);
    const [own] = await push([makeExposure(621, { withdrawn: true })], 'exposures', 'zoucheng');
    expect(own?.status).toBe('changed');
  });

  it('of the city speaks for all its counties', async () => {
    const items = COUNTY_SLUGS.map((county, index) =>
      makeNotice(700 + index, { id: `J-${county}`, title: `某小学第${index}批采购项目公开招标公告`, county }),
    );
    const answers = await push(items, 'notices', 'jining');
    expect(answers.map((answer) => (rowOf('notices', answer) as { county: County }).county)).toEqual([...COUNTY_SLUGS]);
    const { fields } = makeExposure(720);
    const decidedBy = (处罚机关: string) => ({ county: 'yutai', fields: { ...(fields as object), 处罚机关 } });
    const [exposure] = await push([makeExposure(720, decidedBy('县财政局'))], 'exposures', 'jining');
    expect(rowOf('exposures', exposure)).toMatchObject({ county: 'yutai' });
    // A board is that of the deciding body, where its name says whose it is.
    const [ofQufu] = await push([makeExposure(721, decidedBy('曲阜市财政局'))], 'exposures', 'jining');
    expect(rowOf('exposures', ofQufu)).toMatchObject({ county: 'qufu' });
  });
});

describe('what staff decided', () => {
  const by = { actor: TESTER, now: new Date().toISOString() };

  it('about a code of the sender counts for what it pushes; before that, the code waits in the work list', async () => {
    const item = makeNotice(910, { category: '货物类', county: '圣城', stage: 'tenderNotice' });
    expect(await push([item])).toMatchObject([
      { status: 'rejected', reasons: [{ code: 'invalid' }, { code: 'invalid' }] },
    ]);
    const waiting = codes.rows(db, { county: 'qufu', after: FROM_START, limit: 50 }).map(({ title }) => title);
    expect(waiting).toEqual(expect.arrayContaining(['栏目 货物类', '区划名称 圣城']));
    const decide = { sourceKey: pushSourceKey('qufu'), seen: 0, basis: '曲阜市编码表', role: 'countyClerk' } as const;
    decideMapping(
      db,
      { ...decide, kind: 'column', value: '货物类', target: { category: 'procurement', stage: 'mixed' } },
      by,
    );
    decideMapping(db, { ...decide, kind: 'county', value: '圣城', target: { county: 'qufu' } }, by);
    const [taken] = await push([item]);
    expect(taken?.status).toBe('created');
    expect(db.$client.prepare('SELECT category, stage, county FROM notices WHERE id = ?').get(taken?.recordId)).toEqual(
      {
        ...{ category: 'procurement', stage: 'tenderNotice', county: 'qufu' },
      },
    );
    expect(
      db.$client.prepare("SELECT count(*) FROM unknown_codes WHERE value IN ('货物类', '圣城')").pluck().get(),
    ).toBe(0);
  });

  it('about one item holds when it is pushed again as it was', async () => {
    const item = makeNotice(911, { publishedAt: '2099-12-31T10:00:00+08:00' });
    expect(await push([item])).toMatchObject([{ status: 'rejected', reasons: [{ code: 'time-future' }] }]);
    const [row] = rejected
      .rows(db, { county: 'qufu', after: FROM_START, limit: 20_000 })
      .filter(({ title }) => title === item.title);
    const fields = { title: String(item.title), published: '2026-03-01 09:30', category: 'procurement' };
    const fix = { act: 'fix', reason: '年份录错', ...fields };
    rejected.act(db, rejected.item(db, row?.id ?? ''), fix, { ...by, role: 'countyClerk' });
    expect(await push([item])).toMatchObject([{ status: 'unchanged' }]);
  });
});

it('tells of an unforeseen fault only its number', () => {
  const [reason] = toPublicReasons(new Error('secret detail'));
  expect(reason?.code).toBe('internal');
  expect(reason?.message).toMatch(/编号 [\da-f]{8}-[\da-f-]{27}$/);
  expect(reason?.message).not.toContain('secret detail');
});
