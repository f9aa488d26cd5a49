import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { lastDigestAt } from '#src/domain/subscriptions/digest.ts';
import { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { AddressError, maskAddress, parseAddress } from '#src/server/subscriptions/address.ts';
import { toMailHtml, toMailText } from '#src/server/subscriptions/format-mail.ts';
import { toMarkdown } from '#src/server/subscriptions/format-markdown.ts';
import type { Message } from '#src/server/subscriptions/message.ts';
import { pauseAfter } from '#src/server/subscriptions/queue.ts';
import { makeWebhookSecret } from '#src/server/subscriptions/tokens.ts';
import { toRobotRequest } from '#src/server/subscriptions/webhooks/robots.ts';
import { toSignedRequest } from '#src/server/subscriptions/webhooks/standard.ts';

const NOW = '2026-06-10T00:00:00.000Z';
const message = (count: number): Message => ({
  id: 'm1',
  kind: 'notices',
  subject: '工程建设：更新',
  intro: '您订阅的“工程建设”有更新：',
  items: Array.from({ length: count }, (_, index) => ({
    heading: `【新公告】第${index}号 <b>桥梁</b> [加固](http://evil.example) 工程 & *重要*`,
    url: `https://portal.example/notice/${index}`,
    lines: [`金额：${index}.00 元，${'很长'.repeat(60)}`],
  })),
  actions: [{ label: '管理或停止订阅', url: 'https://portal.example/subscribe/manage?token=t' }],
  footer: '自动发出',
});

describe('a message', () => {
  it('is plain text, and HTML that loads nothing and lets no markup in', () => {
    expect(toMailText(message(1))).toContain('https://portal.example/notice/0');
    const html = toMailHtml(message(1));
    expect(html).not.toContain('<b>');
    expect(html).toContain('&#x3C;b>桥梁');
    expect(html).not.toMatch(/<(?:img|script|link|iframe)|src=/);
  });

  it('fits a robot whatever its length, says how many are missing, and turns markup into plain signs', () => {
    const text = toMarkdown(message(8));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
    expect(text).toContain('另有');
    expect(text).not.toContain('](http://evil.example)');
    expect(text).toContain('[管理或停止订阅](https://portal.example/subscribe/manage?token=t)');
    expect(toMarkdown(message(2))).not.toContain('另有');
  });
});

describe('signatures', () => {
  const url = new URL('https://robot.example/send?access_token=a');

  it('are DingTalk 加签 in the address', () => {
    const signed = toRobotRequest('dingtalk', message(1), { url, secret: 'SECfictional' }, NOW).url.searchParams;
    const expected = createHmac('sha256', 'SECfictional')
      .update(`${Date.parse(NOW)}\nSECfictional`)
      .digest('base64');
    expect(signed.get('timestamp')).toBe(String(Date.parse(NOW)));
    expect(signed.get('sign')).toBe(expected);
    expect(signed.get('access_token')).toBe('a');
  });

  it('are Feishu 签名校验 in the body', () => {
    const body = JSON.parse(toRobotRequest('feishu', message(1), { url, secret: 's' }, NOW).body);
    expect(body.timestamp).toBe(String(Date.parse(NOW) / 1000));
    expect(body.sign).toBe(createHmac('sha256', `${body.timestamp}\ns`).digest('base64'));
  });

  it('are Standard Webhooks, as their own library checks them', () => {
    const secret = makeWebhookSecret(Buffer.alloc(32, 1), 'subscription');
    const { body, headers } = toSignedRequest(message(1), secret, new Date().toISOString());
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'notices.changed' });
    expect(() => new Webhook(secret).verify(body.replace('notices', 'notes'), headers)).toThrow();
  });
});

describe('addresses', () => {
  const none = new PrivateHosts([]);
  const parse = (channel: Parameters<typeof parseAddress>[0], text: string) => () => parseAddress(channel, text, none);

  it('are mailboxes, or https of the vendor whose robot it is', () => {
    expect(parse('email', ' a.b@Example.ORG ')()).toBe('a.b@example.org');
    expect(parse('wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0')()).toContain('key=0');
    expect(parse('webhook', 'https://hooks.example/in#part')()).toBe('https://hooks.example/in');
  });

  it.each([
    ['email', 'nobody'],
    ['email', 'a@b.example\r\nBcc: c@d.example'],
    ['wecom', 'https://hooks.example/cgi-bin/webhook/send?key=0'],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
    ['dingtalk', 'https://oapi.dingtalk.com/other?access_token=1'],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/'],
    ['webhook', 'http://hooks.example/in'],
    ['webhook', 'https://hooks.example:8443/in'],
    ['webhook', 'https://127.0.0.1/in'],
    ['webhook', 'https://0x7f.1/in'],
    ['webhook', 'https://[::ffff:10.0.0.1]/in'],
    ['webhook', 'https://user:pass@hooks.example/in'],
    ['webhook', 'file:///etc/passwd'],
  ] as const)('are refused otherwise: %s %s', (channel, text) => {
    expect(parse(channel, text)).toThrow(AddressError);
  });

  it('are shown to operators in part', () => {
    expect(maskAddress('email', 'somebody@example.org')).toBe('s***@example.org');
    expect(maskAddress('wecom', 'https://qyapi.weixin.qq.com/x?key=secret')).not.toContain('secret');
  });
});

describe('times', () => {
  it('of the digest are the last hour that was struck in Shanghai', () => {
    expect(lastDigestAt('2026-06-10T00:30:00.000Z', 8)).toBe('2026-06-10T00:00:00.000Z');
    expect(lastDigestAt('2026-06-09T23:59:59.000Z', 8)).toBe('2026-06-09T00:00:00.000Z');
    expect(lastDigestAt('2026-06-09T17:00:00.000Z', 0)).toBe('2026-06-09T16:00:00.000Z');
  });

  it('between attempts grow fourfold to six hours, spread', () => {
    const pauses = [1, 2, 3, 8].map((attempt) => pauseAfter(attempt, () => 0.5));
    expect(pauses).toEqual([30_000, 120_000, 480_000, 21_600_000]);
    expect(pauseAfter(1, () => 0)).toBeLessThan(pauseAfter(1, () => 0.99));
  });
});
