import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMailer } from '#src/server/subscriptions/mailer.ts';
import { listDead, retryDead } from '#src/server/subscriptions/operate.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { type SubscriptionRig, startSubscriptionRig } from '#tests/support/subscription-rig.ts';

const DAY_MS = 86_400_000;
let server: TestMailServer;
let rig: SubscriptionRig;
beforeEach(async () => {
  server = await startMailServer();
  const from = '通明 <notify@portal.example>';
  rig = await startSubscriptionRig({
    mailer: createMailer({ url: server.url, from, host: 'portal.example', timeoutMs: 2_000 }),
  });
});
afterEach(async () => {
  await rig.close();
  await server.close();
});

const publishAndFollow = async (...numbers: number[]) => {
  await rig.publish(...numbers.map((number) => rig.item(number)));
  rig.follow();
};

it('asks for confirmation and tells nothing before it', async () => {
  rig.request({ filter: 'county=qufu&q=看这里http://evil.example&buyer=假单位' });
  await publishAndFollow(1);
  await rig.send();
  expect(server.received).toHaveLength(1);
  const [{ mail, to }] = server.received as [(typeof server.received)[0]];
  expect(to).toBe('reader@mail.example');
  expect(mail.subject).toContain('请确认订阅');
  expect(mail.text).toContain('曲阜市');
  for (const typed of ['看这里', 'evil', '假单位']) expect(mail.text).not.toContain(typed);
  expect(mail.text).toMatch(/http:\/\/portal\.example\/subscribe\/confirm\?token=[\w-]{43}/);
});

it('sends what is new as text and HTML, with one click to stop, and once', async () => {
  rig.subscribe({ filter: 'q=设备' });
  await publishAndFollow(1, 2);
  await rig.send();
  rig.pass(DAY_MS);
  await rig.send();
  expect(server.received).toHaveLength(1);
  const mail = server.received[0]?.mail;
  expect(mail?.subject).toContain('2 条更新');
  for (const part of [mail?.text, mail?.html]) expect(part).toContain('第1号');
  const headers = Object.fromEntries(mail?.headers.map(({ key, value }) => [key, value]) ?? []);
  expect(headers['list-unsubscribe']).toMatch(/^<http:\/\/portal\.example\/subscribe\/stop\?token=[\w-]{43}>$/);
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  expect(headers['auto-submitted']).toBe('auto-generated');
  expect(mail?.html).not.toMatch(/<img|src=/);
});

it('tries again after 4xx and after a lost line, with the same Message-ID and text', async () => {
  rig.subscribe({});
  await publishAndFollow(1);
  const moods = [{ code: 451, at: 'RCPT' }, { code: 421, at: 'DATA' }, 'drop', 'take'] as const;
  for (const mood of moods) {
    server.mood = mood;
    await rig.send();
    await publishAndFollow(2);
    rig.pass(DAY_MS);
  }
  expect(server.received).toHaveLength(1);
  expect(new Set(server.seen).size).toBe(1);
  expect(server.received[0]?.mail.text).not.toContain('第2号');
  expect(rig.failures.map(({ isPermanent }) => isPermanent)).toEqual([false, false, false]);
  await rig.send();
  expect(server.received[1]?.mail.text).toContain('第2号');
});

it('does not try before its pause is over', async () => {
  rig.subscribe({});
  await publishAndFollow(1);
  server.mood = { code: 451, at: 'RCPT' };
  await rig.send();
  server.mood = 'take';
  rig.pass(20_000);
  await rig.send();
  expect(server.received).toHaveLength(0);
  rig.pass(20_000);
  await rig.send();
  expect(server.received).toHaveLength(1);
});

it('gives up after 5xx, or after many attempts, until an operator asks again', async () => {
  rig.subscribe({});
  await publishAndFollow(1);
  server.mood = { code: 550, at: 'RCPT' };
  await rig.send();
  expect(listDead(rig.db)).toMatchObject([{ address: 'r***@mail.example', attempts: 1, error: '邮件服务器：550' }]);
  server.mood = { code: 451, at: 'DATA' };
  expect(retryDead(rig.db, undefined, rig.now)).toBe(1);
  for (let attempt = 0; attempt < 8; attempt++) {
    expect(listDead(rig.db)).toEqual([]);
    await rig.send();
    rig.pass(DAY_MS);
  }
  expect(listDead(rig.db)).toMatchObject([{ attempts: 8 }]);
  server.mood = 'take';
  retryDead(rig.db, listDead(rig.db)[0]?.id, rig.now);
  await rig.send();
  expect(server.received).toHaveLength(1);
});

it('waits while no mail server is there', async () => {
  rig.subscribe({});
  await publishAndFollow(1);
  await server.close();
  await rig.send();
  expect(rig.failures).toMatchObject([{ isPermanent: false }]);
  server = await startMailServer();
});

it('gathers a day into one digest at its hour', async () => {
  rig.subscribe({ frequency: 'daily' });
  await publishAndFollow(1);
  const hour = new Date(Date.parse(rig.now) + 8 * 3600_000).getUTCHours();
  const digestHour = (hour + 2) % 24;
  await rig.send(digestHour);
  await publishAndFollow(2);
  await rig.send(digestHour);
  expect(server.received).toHaveLength(0);
  rig.pass(2 * 3600_000);
  await rig.send(digestHour);
  await rig.send(digestHour);
  expect(server.received).toHaveLength(1);
  expect(server.received[0]?.mail.subject).toContain('2 条更新');
});

it('names the whole count in one message, however much a day brings', async () => {
  rig.subscribe({ frequency: 'daily' });
  await publishAndFollow(...Array.from({ length: 60 }, (_, number) => number + 1));
  const hour = new Date(Date.parse(rig.now) + 8 * 3600_000).getUTCHours();
  rig.pass(2 * 3600_000);
  for (let turn = 0; turn < 3; turn++) {
    await rig.send((hour + 1) % 24);
    rig.pass(120_000);
  }
  expect(server.received).toHaveLength(1);
  const { subject, text } = server.received[0]?.mail ?? {};
  expect(subject).toContain('60 条更新');
  expect(text?.match(/【新公告】/g)).toHaveLength(50);
  expect(text).toContain('另有 10 条');
});

it('leaves out what was withdrawn before it was sent', async () => {
  rig.subscribe({});
  await publishAndFollow(1, 2);
  await rig.publish(rig.item(1, { withdrawn: true }));
  rig.follow();
  await rig.send();
  expect(server.received[0]?.mail.subject).toContain('1 条更新');
  expect(server.received[0]?.raw).not.toContain('撤回');
  await rig.publish(rig.item(2, { withdrawn: true }));
  rig.follow();
  rig.pass(DAY_MS);
  await rig.send();
  expect(server.received[1]?.mail.text).toContain('公告已撤回');
  expect(server.received[1]?.mail.text).not.toContain('第2号');
});
