import { createHmac } from 'node:crypto';
import fc from 'fast-check';
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
import { assertRobotTook, toRobotRequest } from '#src/server/subscriptions/webhooks/robots.ts';
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
  unlisted: 0,
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
    const fits = (text: string) => Buffer.byteLength(text) <= 4_096;
    const text = toMarkdown({ ...message(8), unlisted: 70 }, fits);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
    const listed = text.match(/【新公告】/g)?.length ?? 0;
    expect(listed).toBeGreaterThan(3);
    expect(text).toContain(`另有 ${78 - listed} 条`);
    expect(text).not.toContain('](http://evil.example)');
    expect(text).toContain('[管理或停止订阅](https://portal.example/subscribe/manage?token=t)');
    expect(toMarkdown(message(2), fits)).not.toContain('另有');
  });
});

describe('a message to a robot', () => {
  const url = new URL('https://robot.example/send');
  const MOST = { wecom: 4_096, dingtalk: 20_000, feishu: 20_000 };
  const shownBy = (channel: keyof typeof MOST, sent: Message) => {
    const { body } = toRobotRequest(channel, sent, { url, secret: 's' }, NOW);
    const { markdown, card } = JSON.parse(body) as {
      markdown?: { content?: string; text?: string };
      card?: { elements: { content: string }[] };
    };
    const text = markdown?.content ?? markdown?.text ?? card?.elements[0]?.content ?? '';
    expect(Buffer.byteLength(channel === 'wecom' ? text : body), channel).toBeLessThanOrEqual(MOST[channel]);
    return text;
  };

  it('uses the length that the vendor takes, in bytes', () => {
    const count = (text: string) => text.match(/【新公告】/g)?.length ?? 0;
    const [wecom, dingtalk, feishu] = (['wecom', 'dingtalk', 'feishu'] as const).map((channel) =>
      count(shownBy(channel, message(50))),
    );
    expect(wecom).toBeGreaterThan(3);
    expect(dingtalk).toBeGreaterThan(3 * (wecom ?? 0));
    expect(feishu).toBeGreaterThan(3 * (wecom ?? 0));
  });

  it('fits whatever stands in it, and can always be stopped', () => {
    const hostile = fc.record({
      intro: fc.string({ unit: 'binary', maxLength: 2_000 }),
      lines: fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(hostile, fc.constantFrom('wecom', 'dingtalk', 'feishu'), ({ intro, lines }, channel) => {
        const base = message(20);
        const stop = { label: '管理或停止订阅', url: 'https://portal.example/subscribe/manage?token=t' };
        const list = {
          label: '查看全部',
          url: `https://portal.example/notices?q=${encodeURIComponent(intro.toWellFormed())}`,
        };
        const sent = { ...base, intro, items: base.items.map((item) => ({ ...item, lines })), actions: [list, stop] };
        expect(shownBy(channel, sent)).toContain(stop.url);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a robot answers', () => {
  const say = (status: number, body: unknown) => () =>
    assertRobotTook('feishu', { status, text: JSON.stringify(body), retryAfterMs: undefined });

  it.each([200, 400, 429])(
    'is "too many" with the code 9499 and the status %i: tried again after a minute',
    (status) => {
      expect(say(status, { code: 9_499, msg: 'too many request' })).toThrow(
        expect.objectContaining({ isPermanent: false, retryAfterMs: 60_000 }),
      );
    },
  );

  it('says more than its status', () => {
    expect(say(400, { code: 19_021 })).toThrow(expect.objectContaining({ isPermanent: true }));
    expect(say(200, { code: 0 })).not.toThrow();
    expect(say(500, { code: 0 })).toThrow('500');
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
