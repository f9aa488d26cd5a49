import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '#src/domain/subscriptions/channels.ts';
import { listDead } from '#src/server/subscriptions/operate.ts';
import { makeWebhookSecret } from '#src/server/subscriptions/tokens.ts';
import { type SubscriptionRig, startSubscriptionRig } from '#tests/support/subscription-rig.ts';

const DAY_MS = 86_400_000;

interface Call {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let host: string;
let calls: Call[];
let answer: (response: ServerResponse) => void;
let rig: SubscriptionRig;

const sayJson = (value: unknown) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

beforeEach(async () => {
  calls = [];
  answer = (response) => void response.writeHead(204).end();
  server = createServer(async (request, response) => {
    const body = await text(request);
    calls.push({ url: new URL(request.url ?? '', 'http://x'), headers: request.headers, body });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  rig = await startSubscriptionRig({ allowed: [host], timeoutMs: 30_000 });
});
afterEach(async () => {
  await rig.close();
  server.closeAllConnections();
  server.close();
});

async function subscribeAndPublish(channel: Channel, secret?: string): Promise<string> {
  const id = rig.subscribe({ channel, address: `http://${host}/hook?key=k`, ...(secret ? { secret } : {}) });
  await rig.publish(rig.item(1), rig.item(2));
  rig.follow();
  await rig.send();
  return id;
}

/** How many messages there are in each state. */
const states = () => rig.rows('SELECT state, count(*) AS total FROM subscription_messages GROUP BY state');

describe('a robot', () => {
  it('of WeCom gets several notices in one Markdown message', async () => {
    answer = sayJson({ errcode: 0, errmsg: 'ok' });
    await subscribeAndPublish('wecom');
    expect(calls).toHaveLength(1);
    const { msgtype, markdown } = JSON.parse(calls[0]?.body ?? '{}');
    expect(msgtype).toBe('markdown');
    for (const word of ['第1号', '第2号', '管理或停止订阅']) expect(markdown.content).toContain(word);
    expect(states()).toEqual([{ state: 'sent', total: 1 }]);
  });

  it('of DingTalk is signed in the address, of Feishu in the body', async () => {
    answer = sayJson({ errcode: 0, code: 0 });
    await subscribeAndPublish('dingtalk', 'SECone');
    const { searchParams } = calls[0]?.url ?? new URL('http://x');
    const stamp = searchParams.get('timestamp');
    expect(searchParams.get('sign')).toBe(createHmac('sha256', 'SECone').update(`${stamp}\nSECone`).digest('base64'));
    rig.subscribe({ channel: 'feishu', address: `http://${host}/feishu`, secret: 'two' });
    await rig.publish(rig.item(3));
    rig.follow();
    await rig.send();
    const body = JSON.parse(calls.find(({ url }) => url.pathname === '/feishu')?.body ?? '{}');
    expect(body.sign).toBe(createHmac('sha256', `${body.timestamp}\ntwo`).update('').digest('base64'));
    expect(JSON.stringify(body.card)).toContain('第3号');
  });

  it.each([
    ['is told to slow down', { errcode: 45_009 }, 'pending'],
    ['does not exist', { errcode: 93_000 }, 'dead'],
    ['answers with an unknown error', { errcode: 1_234 }, 'pending'],
    ['answers with a page', '<html>', 'pending'],
  ])('that %s has not taken the message, although the status is 200', async (_case, said, state) => {
    answer = sayJson(said);
    await subscribeAndPublish('wecom');
    expect(states()).toEqual([{ state, total: 1 }]);
    expect(rig.failures).toHaveLength(1);
    answer = sayJson({ errcode: 0 });
    rig.pass(45_000);
    await rig.send();
    const isBusy = typeof said === 'object' && said.errcode === 45_009;
    expect(calls).toHaveLength(isBusy || state === 'dead' ? 1 : 2);
    rig.pass(30_000);
    await rig.send();
    expect(calls).toHaveLength(state === 'dead' ? 1 : 2);
    expect(states()).toEqual([{ state: state === 'dead' ? 'dead' : 'sent', total: 1 }]);
  });

  it('that serves several subscriptions gets one message at a time, seconds apart', async () => {
    answer = sayJson({ errcode: 0 });
    for (const filter of ['', 'q=设备', 'q=采购'])
      rig.subscribe({ channel: 'wecom', filter, address: `http://${host}/r` });
    await rig.publish(rig.item(1));
    rig.follow();
    for (const sent of [1, 1, 2, 3]) {
      await rig.send();
      expect(calls).toHaveLength(sent);
      rig.pass(sent === 1 && calls.length === 1 ? 2_000 : 4_000);
    }
  });
});

describe('a signed webhook', () => {
  it('can be checked, and keeps its id through failing attempts', async () => {
    const moods: ((response: ServerResponse) => void)[] = [
      (response) => void response.writeHead(500).end(),
      (response) => void response.writeHead(429, { 'retry-after': '120' }).end(),
      (response) => void response.destroy(),
      () => undefined,
      (response) => void response.writeHead(302, { location: `http://${host}/elsewhere` }).end(),
      (response) => void response.writeHead(204).end(),
    ];
    answer = (response) => moods[calls.length - 1]?.(response);
    await rig.close();
    rig = await startSubscriptionRig({ allowed: [host], timeoutMs: 1_000 });
    const id = await subscribeAndPublish('webhook');
    for (const _mood of moods.slice(1)) {
      rig.pass(DAY_MS);
      await rig.send();
    }
    expect(calls).toHaveLength(moods.length);
    expect(calls.every(({ url }) => url.pathname === '/hook')).toBe(true);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(states()).toEqual([{ state: 'sent', total: 1 }]);
    const first = calls[0] as Call;
    const hook = new Webhook(makeWebhookSecret(rig.key, id));
    const { data } = hook.verify(first.body, first.headers as Record<string, string>) as { data: { items: unknown[] } };
    expect(data.items).toHaveLength(2);
  });

  it('that is gone is not called again', async () => {
    answer = (response) => void response.writeHead(410).end();
    await subscribeAndPublish('webhook');
    expect(listDead(rig.db)).toMatchObject([{ error: '对方返回 410', address: `http://${host}/…` }]);
  });

  it('is asked for a confirmation first', async () => {
    rig.request({ channel: 'webhook', address: `http://${host}/new` });
    await rig.publish(rig.item(1));
    rig.follow();
    await rig.send();
    expect(calls).toHaveLength(1);
    expect(JSON.parse(calls[0]?.body ?? '{}')).toMatchObject({ type: 'subscription.confirm' });
    expect(calls[0]?.body).toContain('/subscribe/confirm?token=');
  });
});

describe('a webhook on a private address', () => {
  const send = async (allowed: string[], address: string) => {
    const guarded = await startSubscriptionRig({ allowed });
    try {
      guarded.request({ channel: 'webhook', address });
      await guarded.send();
      return guarded.rows<{ state: string }>('SELECT state FROM subscription_messages')[0]?.state;
    } finally {
      await guarded.close();
    }
  };

  it.each([
    (port: string) => `https://127.0.0.1:${port}/`,
    (port: string) => `http://127.0.0.1:${port}/`,
    () => 'https://127.1/',
    () => 'https://[::1]/',
    () => 'https://localhost/',
    () => 'https://169.254.169.254/latest',
  ])('is never called, however it is written (%#)', async (toAddress) => {
    expect(await send([], toAddress(host.split(':')[1] ?? ''))).toBe('dead');
    expect(calls).toHaveLength(0);
  });

  it('is called when the operator allows it', async () => {
    expect(await send([host], `http://${host}/`)).toBe('sent');
    expect(calls).toHaveLength(1);
  });
});
