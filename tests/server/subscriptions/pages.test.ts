import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { loadTokenKey, makeToken } from '#src/server/subscriptions/tokens.ts';
import { seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let dataDirectory: string;
beforeAll(async () => {
  portal = await startPortal(
    (db) => {
      seedSources(db);
      seedNotices(db, 30);
      dataDirectory = db.$client.name.replace(/\/[^/]+$/, '');
    },
    { SMTP_URL: 'smtp://mail.example:2525', MAIL_FROM: 'notify@portal.example' },
  );
});
afterAll(() => portal.stop());
afterEach(() => {
  for (const table of ['subscriptions', 'confirmation_requests'])
    portal.db.$client.prepare(`DELETE FROM ${table}`).run();
});

type Fields = Record<string, string>;
const GOOD: Fields = {
  filter: 'q=监控&county=qufu',
  channel: 'email',
  address: 'reader@mail.example',
  frequency: 'instant',
};

/** Sends a form as a browser does; `headers` replace what it says of itself. */
const post = (path: string, fields: Fields = {}, headers: Fields = { origin: PORTAL_SITE }) =>
  fetch(portal.url + path, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
const rows = (sql: string) => portal.db.$client.prepare(sql).all() as Record<string, unknown>[];
const only = () => rows('SELECT id, address, filter, confirmed_at AS confirmedAt FROM subscriptions')[0];
const tokenOf = (purpose: 'confirm' | 'manage') => makeToken(loadTokenKey(dataDirectory), purpose, String(only()?.id));

it('is offered on every list and search, also where nothing is found, with the filter in words', async () => {
  for (const path of ['/notices', '/county/qufu/notices', '/search?q=%E8%9D%BE%E8%9E%88&county=qufu']) {
    const page = await (await fetch(portal.url + path)).text();
    const href = /href="(\/subscribe[^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&');
    expect(href, path).toBeDefined();
    const form = await (await fetch(portal.url + href)).text();
    expect(form).toContain('name="address"');
    if (path !== '/notices') expect(form).toContain('曲阜市');
  }
});

it('takes a form, keeps hashes of tokens only, and goes step by step to confirmed and stopped', async () => {
  const sent = await post('/subscribe', { ...GOOD, exclude: '监理 造价' });
  expect(sent.status).toBe(200);
  expect(await sent.text()).toContain('请查收邮件');
  expect(only()).toMatchObject({ address: 'reader@mail.example', confirmedAt: null });
  expect(new URLSearchParams(String(only()?.filter)).get('q')).toBe('监控 -监理 -造价');
  expect(rows(`SELECT kind, state FROM subscription_messages`)).toEqual([{ kind: 'confirm', state: 'pending' }]);
  const [confirm, manage] = [tokenOf('confirm'), tokenOf('manage')];
  expect(JSON.stringify(rows('SELECT * FROM subscriptions'))).not.toContain(confirm);
  const look = await fetch(`${portal.url}/subscribe/confirm?token=${confirm}`);
  expect(look.headers.get('cache-control')).toBe('no-store');
  const page = await look.text();
  expect(page).toContain('确认订阅');
  expect(page).not.toContain('reader@mail.example');
  expect(only()).toMatchObject({ confirmedAt: null });
  expect(await (await post(`/subscribe/confirm?token=${confirm}`)).text()).toContain(`token=${manage}`);
  expect(only()?.confirmedAt).not.toBeNull();
  expect(await (await fetch(`${portal.url}/subscribe/manage?token=${manage}`)).text()).toContain('停止订阅');
  expect(await (await post(`/subscribe/manage?token=${manage}`)).text()).toContain('已经删除');
  expect(only()).toBeUndefined();
  expect(rows('SELECT 1 FROM subscription_messages')).toEqual([]);
  expect((await fetch(`${portal.url}/subscribe/manage?token=${manage}`)).status).toBe(404);
});

it('stops with one click of a mail program, which has no origin; looking stops nothing', async () => {
  await post('/subscribe', GOOD);
  const path = `/subscribe/stop?token=${tokenOf('manage')}`;
  const looked = await fetch(portal.url + path, { redirect: 'manual' });
  expect(looked.status).toBe(303);
  expect(only()).toBeDefined();
  const stopped = await post(path, { 'List-Unsubscribe': 'One-Click' }, {});
  expect(stopped.status).toBe(200);
  expect(only()).toBeUndefined();
  expect((await post(path, { 'List-Unsubscribe': 'One-Click' }, {})).status).toBe(200);
});

it('names each fault in Chinese and keeps what was typed', async () => {
  const faulty = await post('/subscribe', { ...GOOD, address: 'nobody', exclude: '监理' });
  expect(faulty.status).toBe(400);
  const page = await faulty.text();
  expect(page).toContain('邮箱地址格式不正确');
  expect(page).toContain('value="nobody"');
  expect(page).toContain('value="监理"');
  const cases: [Fields, string][] = [
    [{ ...GOOD, channel: 'pigeon' }, '请选择接收方式'],
    [{ ...GOOD, channel: 'dingtalk', address: 'https://oapi.dingtalk.com/robot/send?access_token=a' }, '签名密钥'],
    [{ ...GOOD, channel: 'wecom', address: 'https://example.com/' }, '这不是企业微信'],
    [{ ...GOOD, channel: 'webhook', address: 'https://10.0.0.1/' }, '不允许使用'],
  ];
  for (const [fields, words] of cases) expect(await (await post('/subscribe', fields)).text()).toContain(words);
  expect((await post('/subscribe', { ...GOOD, filter: 'county=atlantis' })).status).toBe(400);
  expect(only()).toBeUndefined();
});

it('refuses forms of other sites, and tokens that are none', async () => {
  expect((await post('/subscribe', GOOD, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post('/subscribe', GOOD, {})).status).toBe(403);
  await post('/subscribe', GOOD);
  for (const token of ['', 'x', 'a'.repeat(43), '%00']) {
    expect((await fetch(`${portal.url}/subscribe/confirm?token=${token}`)).status).toBe(404);
  }
  expect(only()).toMatchObject({ confirmedAt: null });
});

it('does not tell whether an address is known, and writes to none more than three times a day', async () => {
  const pages: string[] = [];
  const spellings = [
    GOOD.address,
    'READER@mail.example',
    'reader+1@MAIL.example',
    'Reader+a.b@mail.example',
    GOOD.address,
  ];
  for (const [attempt, address = ''] of spellings.entries()) {
    pages.push(await (await post('/subscribe', { ...GOOD, address, filter: `q=词${attempt}` })).text());
  }
  expect(rows('SELECT 1 FROM subscription_messages')).toHaveLength(3);
  await post(`/subscribe/confirm?token=${tokenOf('confirm')}`);
  pages.push(await (await post('/subscribe', { ...GOOD, filter: 'q=词0' })).text());
  expect(rows('SELECT 1 FROM subscription_messages')).toHaveLength(3);
  expect(new Set(pages).size).toBe(1);
});

it('takes twenty forms an hour from one client, and any number of confirmations', async () => {
  const from = { origin: PORTAL_SITE, 'x-forwarded-for': '203.0.113.7' };
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 22; attempt++) {
    statuses.push((await post('/subscribe', { ...GOOD, address: `r${attempt}@mail.example` }, from)).status);
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual([429, 429]);
  expect((await post(`/subscribe/confirm?token=${'a'.repeat(43)}`, {}, from)).status).toBe(404);
});

it('shows the secret of a signed webhook once', async () => {
  const page = await (
    await post('/subscribe', { ...GOOD, channel: 'webhook', address: 'https://hooks.example/in' })
  ).text();
  expect(page).toMatch(/whsec_[\w+/]{43}=/);
});

it('says in Chinese that a form of several parts is broken, on every page that takes forms', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="channel"\r\n\r\nemail\r\n--x--\r\n';
  const broken: [type: string, body: string][] = [
    ['multipart/form-data', part],
    ['multipart/form-data; boundary=y', part],
    ['multipart/form-data; boundary=x', part.slice(0, 40)],
    ['multipart/form-data; boundary=x', 'nothing'],
    ['multipart/form-data; boundary=x', ''],
  ];
  for (const path of ['/subscribe', '/developers/validate']) {
    for (const [type, body] of broken) {
      const headers = { origin: PORTAL_SITE, 'content-type': type };
      const answer = await fetch(portal.url + path, { method: 'POST', body, headers });
      expect([path, type, body, answer.status]).toEqual([path, type, body, 400]);
      expect(await answer.text()).toContain('内容不完整');
    }
  }
});
