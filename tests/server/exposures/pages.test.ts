import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { seedDeal } from '#tests/support/seed-parties.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

const CODE = '91370800000000000X';
const FIRM = '示例微山建设有限公司';
const REPAIRED = '示例洸河商贸有限公司';
const EXPERT = '公冶砚棠';
const ID_CARD = '370899190001010016';
const MOBILE = '13800138000';
const NOW = new Date().toISOString();
const day = (days: number) => formatDate(addDays(NOW, days));

let portal: Portal;
const entries: Record<'firm' | 'repaired' | 'expired' | 'minor' | 'expert', string> = {
  firm: '',
  repaired: '',
  expired: '',
  minor: '',
  expert: '',
};
let notice: string;

beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    notice = seedDeal(db, 1, { day: day(-5), winner: FIRM, code: CODE });
    const add = (number: number, fields: Record<string, string>) =>
      seedExposure(db, { 文号: `演财罚〔2026〕${number}号`, 决定日期: day(-30), ...fields });
    entries.firm = add(1, { 当事人: FIRM, 统一社会信用代码: CODE, 处罚有效期: day(200) });
    entries.repaired = add(2, { 当事人: REPAIRED });
    entries.expired = add(3, { 当事人: '示例昨日工程有限公司', 公示截止期: day(-1) });
    entries.minor = add(4, {
      当事人: '示例轻微服务有限公司',
      处罚类别: '警告',
      处罚内容: '警告',
      '罚款金额（万元）': '',
    });
    entries.expert = add(5, {
      当事人: EXPERT,
      违法行为: '评标期间擅离职守',
      违法事实: `${EXPERT}（身份证号${ID_CARD}，电话${MOBILE}）评标期间离开。`,
    });
  });
});
afterAll(() => portal.stop());

const get = async (path: string) => {
  const response = await fetch(portal.url + path, { redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
/** Every public address that could tell of an entry. */
const everywhere = () => [
  '/',
  '/exposure',
  '/blacklist',
  '/exposure/overlaps',
  '/search?q=%E7%A4%BA%E4%BE%8B',
  `/notice/${notice}`,
  `/company/${organizationId({ uscc: CODE })}`,
  '/companies',
  '/sync',
  '/sitemap.xml',
  '/sitemap-pages.xml',
  '/sitemap-exposures.xml',
  '/api/v1/exposures',
  `/api/v1/match?code=${CODE}`,
  '/api/v1/sources',
  `/exposure/${entries.firm}`,
  `/api/v1/exposures/${entries.firm}`,
  `/exposure/${entries.expert}`,
  `/api/v1/exposures/${entries.expert}`,
];

describe('pages of the exposure board', () => {
  test('show what is in force, with rule, document and dates', async () => {
    const list = await get('/exposure');
    expect(list.text).toContain(FIRM);
    expect(list.text).toContain('结束公示的共 1 条');
    const page = await get(`/exposure/${entries.firm}`);
    expect(page.status).toBe(200);
    for (const words of [
      '演财罚〔2026〕1号',
      '示例市财政局',
      '信用修复管理办法',
      '可以申请',
      '《招标投标法》第五十三条',
    ])
      expect(page.text, words).toContain(words);
    expect(page.text).not.toContain('name="robots"');
    expect((await get(`/exposure/${entries.expert}`)).text).toContain('<meta name="robots" content="noindex"');
    expect((await get('/exposure?q=%E4%B8%8D%E5%AD%98%E5%9C%A8%E5%85%AC%E5%8F%B8')).text).toMatch(
      /截至 .*未列入曝光台/,
    );
    expect((await get('/exposure?subject=x')).status).toBe(400);
    expect((await get('/exposure?subject=&q=')).status).toBe(302);
  });

  test('mark the party on its notice and its company page, and list the award', async () => {
    for (const path of [`/notice/${notice}`, `/company/${organizationId({ uscc: CODE })}`]) {
      expect((await get(path)).text, path).toContain(`href="/exposure/${entries.firm}"`);
    }
    const overlaps = await get('/exposure/overlaps');
    expect(overlaps.text).toContain(`href="/notice/${notice}"`);
    expect(overlaps.text).toContain('由有关行政监督部门认定');
  });

  test('answer as the document says', async () => {
    for (const [path, component] of [
      ['/api/v1/exposures', 'ExposurePage'],
      [`/api/v1/exposures/${entries.firm}`, 'Exposure'],
      [`/api/v1/match?code=${CODE}`, 'Match'],
    ] as const) {
      const answer = await get(path);
      expect(documentedSchema(component).safeParse(JSON.parse(answer.text)).error?.issues, path).toBeUndefined();
    }
    expect(JSON.parse((await get('/api/v1/match?name=%E6%97%A0%E6%AD%A4')).text)).toMatchObject({ listed: false });
    expect((await get('/api/v1/match')).status).toBe(400);
    expect((await get('/api/v1/match?code=')).status).toBe(400);
    expect((await get('/api/v1/match?code=1')).headers.get('content-type')).toContain('problem+json');
  });

  test('say 410 without the name when publication has ended, 404 when there never was any', async () => {
    for (const path of [`/exposure/${entries.expired}`, `/api/v1/exposures/${entries.expired}`]) {
      const ended = await get(path);
      expect([path, ended.status]).toEqual([path, 410]);
      expect(ended.text).not.toMatch(/昨日|演财罚/);
      expect(ended.headers.get('cache-control')).toBe('no-store');
    }
    expect((await get(`/exposure/${entries.expired}`)).text).toContain('noindex');
    expect((await get(`/exposure/${entries.minor}`)).status).toBe(404);
  });

  test('name a repaired firm nowhere any more, at once', async () => {
    const before = await Promise.all(everywhere().map(get));
    expect(before.filter(({ text }) => text.includes(REPAIRED) || text.includes(entries.repaired))).not.toEqual([]);
    recordExposureEvent(
      portal.db,
      entries.repaired,
      {
        kind: 'repaired',
        at: new Date().toISOString(),
        basis: '修复决定',
      },
      byTester(),
    );
    // Kept answers go when the data changes, which the HTTP server looks for several times a second.
    await expect
      .poll(async () => (await get('/exposure')).text.includes(REPAIRED), { timeout: 5_000, interval: 100 })
      .toBe(false);
    for (const path of [...everywhere(), `/exposure/${entries.repaired}`, `/api/v1/exposures/${entries.repaired}`]) {
      const { text } = await get(path);
      expect(
        text.includes(REPAIRED) || (text.includes(entries.repaired) && !path.includes(entries.repaired)),
        path,
      ).toBe(false);
    }
    expect((await get(`/exposure/${entries.repaired}`)).status).toBe(410);
  });

  test('never show a personal name or number', async () => {
    for (const path of everywhere()) {
      const { text } = await get(path);
      for (const secret of [EXPERT, ID_CARD, MOBILE]) expect(text.includes(secret), `${path}: ${secret}`).toBe(false);
    }
    expect((await get(`/exposure/${entries.expert}`)).text).toContain('公冶**');
  });

  test('are kept no longer than ten seconds: an entry ends at midnight, whoever changes nothing', async () => {
    const { getRoutePolicy } = await import('#src/server/http-server/route-policy.ts');
    const kept = [
      '/exposure',
      `/exposure/${entries.firm}`,
      '/blacklist',
      '/api/v1/exposures',
      '/sitemap-exposures.xml',
    ];
    for (const path of kept) expect(getRoutePolicy(path).ttlMs, path).toBeLessThanOrEqual(10_000);
    expect(getRoutePolicy('/api/v1/match').ttlMs).toBe(0);
    for (const path of everywhere().filter((address) => !/sitemap(?:-pages)?\.xml/.test(address)))
      expect(getRoutePolicy(path.split('?')[0] ?? '').ttlMs, path).toBeLessThanOrEqual(60_000);
  });
});
