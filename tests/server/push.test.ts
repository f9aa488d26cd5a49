import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeRecords } from '#db/schema/index.ts';
import { type IssuedKey, issueKey, revokeKeys, rotateKey } from '#src/server/push/keys.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { makeNotice, sendPush, signPush, type Twist, toLines } from '#tests/support/push-client.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const now = () => new Date().toISOString();
let portal: Portal;
let qufu: IssuedKey;
let zoucheng: IssuedKey;

beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    qufu = issueKey(db, 'qufu', PORTAL_SITE, now());
    zoucheng = issueKey(db, 'zoucheng', PORTAL_SITE, now());
  });
});
afterAll(async () => {
  const results = await verifyInvariants(
    portal.db,
    DATABASE_CHECKS.filter(({ key }) => !key.includes('index')),
  );
  await portal.stop();
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
});

const push = async (items: readonly unknown[], twist: Twist = {}, key = qufu) =>
  sendPush(portal.url, await signPush(key, toLines(items), twist));
const count = (sql: string, ...values: unknown[]) => portal.db.$client.prepare(sql).pluck().get(values) as number;
const countOf = (source: string) => count('SELECT count(*) FROM notices WHERE source_key = ?', source);
const rawCount = () => count('SELECT count(*) FROM raw_items');

describe('a signed push', () => {
  it('is taken in and answered item by item, in its order', async () => {
    const items = [makeNotice(1), makeNotice(2, { category: 'roads' }), makeNotice(3)];
    const { status, answer } = await push(items);
    expect(status).toBe(200);
    expect(documentedSchema('PushAnswer').safeParse(answer).error?.issues).toBeUndefined();
    expect(answer).toMatchObject({ received: 3, created: 2, changed: 0, unchanged: 0, rejected: 1 });
    expect(answer.items.map(({ id, status: of }) => [id, of])).toEqual([
      ['QF-1', 'created'],
      ['QF-2', 'rejected'],
      ['QF-3', 'created'],
    ]);
    expect(answer.items[1]?.reasons?.[0]).toMatchObject({ code: 'invalid', field: 'category' });
    const response = await fetch(`${portal.url}/api/v1/notices/${answer.items[0]?.recordId}`);
    expect(await response.json()).toMatchObject({ title: items[0]?.title, county: 'qufu' });
    const actors = portal.db.$client
      .prepare('SELECT actor FROM notice_versions UNION SELECT actor FROM changes')
      .pluck();
    expect(actors.all()).toEqual([`key:${qufu.keyId}`]);
  });

  it('takes a JSON array as well as lines', async () => {
    const body = JSON.stringify([makeNotice(10), makeNotice(11, { title: '含 ] 和 "引号", 逗号的采购公告' })], null, 2);
    const { answer } = await sendPush(portal.url, await signPush(qufu, body, { type: 'application/json' }));
    expect(answer).toMatchObject({ received: 2, created: 2 });
  });

  it('changes what is corrected, leaves what is the same, and takes back what is withdrawn', async () => {
    const corrected = makeNotice(20, { bodyHtml: '<p>预算金额：30 万元</p>' });
    expect((await push([makeNotice(20), makeNotice(21), makeNotice(22)])).answer.created).toBe(3);
    const { answer } = await push([corrected, makeNotice(21), { id: 'QF-22', withdrawn: true }]);
    expect(answer.items.map(({ status }) => status)).toEqual(['changed', 'unchanged', 'changed']);
    expect((await fetch(`${portal.url}/api/v1/notices/${answer.items[2]?.recordId}`)).status).toBe(410);
  });

  it('applies items of one id in their order', async () => {
    const { answer } = await push([
      makeNotice(25),
      { id: 'QF-25', withdrawn: true },
      { id: 'QF-none', withdrawn: true },
    ]);
    expect(answer.items.map(({ status }) => status)).toEqual(['created', 'changed', 'unchanged']);
  });

  it('masks personal data and removes scripts, as a pull does', async () => {
    const bodyHtml = '<p>联系人身份证号 11010519491231002X</p><script>alert(1)</script><p onclick="x()">正文内容</p>';
    const { answer } = await push([makeNotice(30, { bodyHtml })]);
    const text = await (await fetch(`${portal.url}/api/v1/notices/${answer.items[0]?.recordId}`)).text();
    expect(text).toContain('正文内容');
    expect(text).not.toMatch(/11010519491231002X|<script|onclick/);
  });

  it('is the same push when it is sent again under its idempotency key', async () => {
    const body = toLines([makeNotice(40)]);
    const twist = { idempotencyKey: 'qufu:2026-06-15:1' };
    const first = await sendPush(portal.url, await signPush(qufu, body, twist));
    const again = await sendPush(portal.url, await signPush(qufu, body, twist));
    expect(again).toEqual(first);
    const other = await sendPush(portal.url, await signPush(qufu, toLines([makeNotice(41)]), twist));
    expect(other.status).toBe(422);
    expect(count(`SELECT count(*) FROM raw_items WHERE source_item_id IN ('QF-40', 'QF-41')`)).toBe(1);
  });

  it('takes entries of the exposure board, and refuses a decision that names no one', async () => {
    const fields = {
      行政相对人名称: '虚构建设工程有限公司',
      行政处罚决定书文号: '虚财采罚〔2026〕7号',
      违法行为类型: '提供虚假材料谋取中标',
      处罚类别: '罚款',
      处罚内容: '罚款 1 万元',
      处罚决定日期: '2026-06-10',
      处罚机关: '曲阜市财政局',
    };
    const entry = { id: 'CF-1', board: 'exposure', kind: 'penalty', title: '行政处罚决定', publishedAt: '2026-06-15' };
    const items = [
      { ...entry, subjectType: 'supplier', fields },
      { ...entry, id: 'CF-2', fields: {} },
    ];
    const { answer } = await push(items, { kind: 'exposures' });
    expect(answer.items.map(({ id, status }) => [id, status])).toEqual([
      ['CF-1', 'created'],
      ['CF-2', 'rejected'],
    ]);
    expect((await push(items.slice(0, 1), { kind: 'exposures' })).answer.unchanged).toBe(1);
    const exchanged = portal.db.select().from(exchangeRecords).all();
    expect(exchanged.map(({ direction, channel, partner, result }) => [direction, channel, partner, result])).toEqual([
      ['in', 'api', '曲阜市', 'created'],
      ['in', 'api', '曲阜市', 'rejected'],
      ['in', 'api', '曲阜市', 'unchanged'],
    ]);
    expect(exchanged[0]).toMatchObject({ decisionNo: '虚财采罚〔2026〕7号', exposureId: answer.items[0]?.recordId });
  });

  it('takes entries of the company library', async () => {
    const fields = {
      企业名称: '虚构建设工程有限公司',
      统一社会信用代码: '91370800MA3C0J0R0E',
      资质名称: '建筑工程施工总承包',
      资质等级: '二级',
    };
    const item = { id: 'ZZ-1', block: 'qualifications', fields };
    const kind = 'organizations';
    const corrected = { ...item, fields: { ...fields, 资质等级: '一级' } };
    const outcomes = [];
    for (const each of [item, item, corrected, { ...item, fields: { 企业名称: '虚构建设工程有限公司' } }]) {
      outcomes.push((await push([each], { kind })).answer.items[0]?.status);
    }
    expect(outcomes.slice(1)).toEqual(['unchanged', 'changed', 'rejected']);
  });
});

describe('a push that is not what it should be', () => {
  it.each<[string, number, Twist]>([
    ['signed by an unknown key', 401, { keyId: 'qufu-000000000000' }],
    ['signed in the name of another key', 401, { keyId: 'other' }],
    ['signed for another site', 401, { site: 'https://other.example' }],
    ['signed too long ago', 401, { ageMs: 302_000 }],
    ['signed in the future', 401, { ageMs: -330_000 }],
    [
      'signed without its digest',
      401,
      { fields: ['@method', '@authority', '@path', 'content-type', 'idempotency-key'] },
    ],
    [
      'signed without its path',
      401,
      { fields: ['@method', '@authority', 'content-digest', 'content-type', 'idempotency-key'] },
    ],
    ['said to be of another algorithm', 401, { algorithm: 'hmac-sha256' }],
    ['with a short nonce', 401, { nonce: 'short' }],
    ['of another type', 415, { type: 'text/csv' }],
    ['with a short idempotency key', 400, { idempotencyKey: 'x' }],
  ])('%s is refused', async (_what, status, twist) => {
    const before = rawCount();
    const keyId = twist.keyId === 'other' ? zoucheng.keyId : twist.keyId;
    const refused = await push([makeNotice(50)], { ...twist, ...(keyId ? { keyId } : {}) });
    expect(refused.status).toBe(status);
    expect(documentedSchema('Problem').safeParse(refused.answer).error?.issues).toBeUndefined();
    expect(refused.answer.detail).toMatch(/\p{Script=Han}/u);
    expect(rawCount()).toBe(before);
  });

  it.each(['content-type', 'content-digest', 'idempotency-key', 'signature', 'signature-input'])(
    'is refused without %s, or with one character of it changed',
    async (name) => {
      const before = rawCount();
      const signed = await signPush(qufu, toLines([makeNotice(51)]));
      const key = Object.keys(signed.headers).find((header) => header.toLowerCase() === name) as string;
      const { [key]: value = '', ...rest } = signed.headers;
      const at = value.length - 6;
      const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
      for (const headers of [rest, { ...rest, [key]: changed }]) {
        const { status } = await sendPush(portal.url, { ...signed, headers });
        expect([400, 401, 415]).toContain(status);
      }
      expect(rawCount()).toBe(before);
    },
  );

  it('is refused when it comes a second time', async () => {
    const signed = await signPush(qufu, toLines([makeNotice(52)]));
    expect((await sendPush(portal.url, signed)).status).toBe(200);
    const replayed = await sendPush(portal.url, signed);
    expect([replayed.status, replayed.answer.detail]).toEqual([409, expect.stringContaining('nonce')]);
  });

  it('is refused when its body is cut or changed on the way', async () => {
    const before = rawCount();
    const body = toLines([makeNotice(53), makeNotice(54)]);
    const signed = await signPush(qufu, body);
    for (const other of [body.slice(0, -20), body.replace('54', '55'), '']) {
      expect((await sendPush(portal.url, { ...signed, body: other })).status).toBe(400);
    }
    expect(rawCount()).toBe(before);
  });

  it('is refused as a whole when an array is not whole, and in its last item when lines are not', async () => {
    const before = rawCount();
    const array = JSON.stringify([makeNotice(56), makeNotice(57)]);
    for (const body of [array.slice(0, -1), array.slice(0, -30), '{"id":1}', '', `${array}x`]) {
      const signed = await signPush(qufu, body, { type: 'application/json' });
      expect((await sendPush(portal.url, signed)).status).toBe(400);
    }
    expect(rawCount()).toBe(before);
    const lines = toLines([makeNotice(56), makeNotice(57)]);
    const { answer } = await sendPush(portal.url, await signPush(qufu, lines.slice(0, -30)));
    expect(answer.items.map(({ status }) => status)).toEqual(['created', 'rejected']);
  });

  it('is refused above ten thousand items, and above 64 MB before its body is read', async () => {
    const before = rawCount();
    expect((await push(Array.from({ length: 10_001 }, (_, id) => ({ id })))).status).toBe(413);
    expect(rawCount()).toBe(before);
    const answer = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(portal.url);
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          `POST /api/v1/sync/notices HTTP/1.1\r\nhost: portal.example\r\ncontent-length: ${65 * 1024 * 1024}\r\n\r\n[`,
        ),
      );
      socket.once('data', (bytes) => {
        resolve(String(bytes));
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('is answered for methods and addresses that are not', async () => {
    expect((await fetch(`${portal.url}/api/v1/sync/notices`)).status).toBe(405);
    expect((await fetch(`${portal.url}/api/v1/sync/laws`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a county', () => {
  it('writes only as itself, whatever ids it uses', async () => {
    expect((await push([makeNotice(60)])).answer.created).toBe(1);
    const other = await push(
      [makeNotice(60, { title: '邹城市另一个采购项目公开招标公告', projectCode: 'ZC-60' })],
      {},
      zoucheng,
    );
    expect(other.answer.created).toBe(1);
    expect((await push([{ id: 'QF-60', withdrawn: true }], {}, zoucheng)).answer.changed).toBe(1);
    expect(
      count(
        `SELECT count(*) FROM notices WHERE source_item_id = 'QF-60' AND source_key = 'push-qufu' AND withdrawn_at IS NULL`,
      ),
    ).toBe(1);
    expect(countOf('push-zoucheng')).toBe(1);
    const { status } = await push([makeNotice(61, { sourceKey: 'push-zoucheng' })]);
    expect([status, countOf('push-zoucheng')]).toEqual([200, 1]);
  });

  it('signs with either key while they overlap, and with none that is revoked', async () => {
    const old = issueKey(portal.db, 'sishui', PORTAL_SITE, now());
    const next = rotateKey(portal.db, 'sishui', PORTAL_SITE, 7, now());
    for (const key of [old, next]) expect((await push([makeNotice(70)], {}, key)).status).toBe(200);
    expect(revokeKeys(portal.db, 'sishui', old.keyId, now())).toBe(1);
    expect((await push([makeNotice(70)], {}, old)).status).toBe(401);
    expect((await push([makeNotice(70)], {}, next)).status).toBe(200);
    const last = rotateKey(portal.db, 'sishui', PORTAL_SITE, 0, now());
    expect((await push([makeNotice(70)], {}, next)).status).toBe(401);
    expect((await push([makeNotice(70)], {}, last)).status).toBe(200);
  });

  it('is on the sync board, and is not late when it has nothing to send', async () => {
    const { items } = (await (await fetch(`${portal.url}/api/v1/sources?`)).json()) as { items: { key: string }[] };
    expect(items.find(({ key }) => key === 'push-qufu')).toMatchObject({
      direction: 'push',
      state: 'fresh',
      county: 'qufu',
    });
  });
});

describe('the validator page', () => {
  const judge = async (item: unknown) => {
    const body = new URLSearchParams({ kind: 'notices', county: 'qufu', text: JSON.stringify(item) });
    const response = await fetch(`${portal.url}/developers/validate`, {
      method: 'POST',
      body,
      headers: { origin: PORTAL_SITE },
    });
    return { status: response.status, text: await response.text() };
  };

  it('says what would become of an item, and stores nothing', async () => {
    const before = rawCount();
    expect((await judge(makeNotice(80))).text).toContain('会作为新公告收下');
    const refused = await judge(makeNotice(80, { stage: 'nonsense' }));
    expect(refused).toMatchObject({ status: 200, text: expect.stringMatching(/会被拒收[\s\S]*stage/) });
    expect(rawCount()).toBe(before);
    await push([makeNotice(80)]);
    expect((await judge(makeNotice(80))).text).toContain('与已有内容相同');
    expect((await judge('<script>alert(1)</script>')).text).not.toContain('<script>alert(1)');
  });

  it('offers an example that would be taken in', async () => {
    const page = await (await fetch(`${portal.url}/developers/validate`)).text();
    const text = /<textarea[^>]*>([\s\S]*?)<\/textarea>/
      .exec(page)?.[1]
      ?.replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect((await judge(JSON.parse(text ?? ''))).text).toContain('会作为新公告收下');
  });
});

describe('items that anybody pastes', () => {
  const hostile = makeNotice(90, { bodyHtml: `<table><tr>${'<b>x<td>y</b>'.repeat(20_000)}` });
  const paste = async (item: unknown, client: string) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ kind: 'notices', county: 'qufu', text: JSON.stringify(item) })) {
      body.set(name, value);
    }
    const headers = { origin: PORTAL_SITE, 'x-forwarded-for': client };
    const response = await fetch(`${portal.url}/developers/validate`, { method: 'POST', body, headers });
    return { status: response.status, again: response.headers.get('retry-after'), text: await response.text() };
  };

  it('are refused beyond few at once, and no push waits for them', async () => {
    const ended: string[] = [];
    const pasted = Array.from({ length: 12 }, async (_, index) => {
      const answer = await paste(hostile, `203.0.113.${index}`);
      ended.push(answer.status === 200 ? 'judged' : 'refused');
      return answer;
    });
    const { answer } = await push([makeNotice(91)]);
    ended.push('pushed');
    expect(answer).toMatchObject({ created: 1 });
    const answers = await Promise.all(pasted);
    expect(ended.indexOf('pushed')).toBeLessThan(ended.lastIndexOf('judged'));
    expect(ended.filter((end) => end === 'judged')).toHaveLength(4);
    for (const { status, again, text } of answers.filter((each) => each.status !== 200)) {
      expect({ status, again, text }).toMatchObject({
        status: 503,
        again: '10',
        text: expect.stringContaining('试验的人太多'),
      });
    }
  });

  it('of one client wait for each other', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => paste(hostile, '198.51.100.7')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429, 429]);
    expect((await paste(makeNotice(92), '198.51.100.7')).text).toContain('会作为新公告收下');
  });

  it('are told what is out of place in a body, and quotes without an end cost nothing', async () => {
    const misplaced = makeNotice(93, { bodyHtml: `<table>${'<i></i>'.repeat(60_000)}` });
    expect((await paste(misplaced, '198.51.100.8')).text).toMatch(/会被拒收[\s\S]*放错位置的内容过多/);
    const body = new FormData();
    const text = `"${'\\"'.repeat(400_000)}`;
    for (const [name, value] of Object.entries({ kind: 'notices', county: 'qufu', text })) body.set(name, value);
    const sent = { method: 'POST', body, headers: { origin: PORTAL_SITE } };
    expect(await (await fetch(`${portal.url}/developers/validate`, sent)).text()).toContain('会被拒收');
  });
});

describe('many at once', () => {
  it('are taken in one after the other, and all of them', async () => {
    const keys = (['yutai', 'jinxiang', 'jiaxiang'] as const).map((county) =>
      issueKey(portal.db, county, PORTAL_SITE, now()),
    );
    const items = (start: number) =>
      Array.from({ length: 150 }, (_, each) => makeNotice(start + each, { title: `${randomUUID()}采购项目公告` }));
    const answers = await Promise.all(keys.map((key, index) => push(items(1_000 * (index + 1)), {}, key)));
    expect(answers.map(({ answer }) => answer.created)).toEqual([150, 150, 150]);
  });
});
