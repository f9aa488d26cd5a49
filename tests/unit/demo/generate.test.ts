import { describe, expect, test } from 'vitest';
import { makeCreditCode, makeIdNumber } from '#scripts/demo/generate/codes.ts';
import { DEMO_SEED, generateDemo } from '#scripts/demo/generate/generate.ts';
import { SHOPS } from '#scripts/demo/generate/names.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { TOTALS_2020 } from '#scripts/demo/generate/year-2020.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { isIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';

const TODAY = '2026-03-18';
const demo = generateDemo(DEMO_SEED, TODAY);
const notices = demo.projects.flatMap((project) => project.notices);
const of2020 = notices.filter(({ publishedAt }) => publishedAt.startsWith('2020'));

// Each generation takes a second of a free machine.
describe('what is generated', { timeout: 60_000 }, () => {
  test('has the reported totals of 2020', () => {
    const totals = CATEGORY_SLUGS.map((slug) => [slug, of2020.filter(({ category }) => category === slug).length]);
    expect(Object.fromEntries(totals)).toEqual(TOTALS_2020);
    expect(of2020).toHaveLength(5182);
  });

  test('is the same every time', () => {
    expect(JSON.stringify(generateDemo(DEMO_SEED, TODAY)) === JSON.stringify(demo)).toBe(true);
    expect(generateDemo(DEMO_SEED + 1, TODAY).projects[0]).not.toEqual(demo.projects[0]);
  });

  test('only gains notices with a later day', () => {
    const later = generateDemo(DEMO_SEED, '2026-03-27').projects.flatMap((project) => project.notices);
    const byKey = new Map(later.map((notice) => [notice.key, notice]));
    expect(notices.filter((notice) => JSON.stringify(byKey.get(notice.key)) !== JSON.stringify(notice))).toEqual([]);
    expect(later.length).toBeGreaterThan(notices.length);
  });

  test('ends with today', () => {
    expect(notices.filter(({ publishedAt }) => publishedAt.slice(0, 10) > TODAY)).toEqual([]);
    expect(notices.some(({ publishedAt }) => publishedAt.startsWith(TODAY))).toBe(true);
  });
});

describe('notices', () => {
  test('have keys, and projects codes, of their own', () => {
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
    expect(new Set(demo.projects.map(({ code }) => code)).size).toBe(demo.projects.length);
  });

  test('say their stage in their title, so that feeds with mixed columns can be read', () => {
    const unclear = notices.filter(({ title, category, stage }) => stageFromTitle(title, category) !== stage);
    expect(unclear.map(({ title }) => title)).toEqual([]);
  });

  test('come from every county, and go through several stages', () => {
    expect(new Set(of2020.map(({ county }) => county)).size).toBe(COUNTY_SLUGS.length);
    const current = notices.filter(({ publishedAt }) => publishedAt > '2021');
    expect(new Set(current.map(({ county }) => county)).size).toBe(COUNTY_SLUGS.length);
    expect(demo.projects.filter((project) => project.notices.length >= 4).length).toBeGreaterThan(100);
  });

  test('leave tenders open beyond today', () => {
    expect(
      notices.filter(({ deadline }) => deadline !== undefined && deadline > `${TODAY} 23:59`).length,
    ).toBeGreaterThan(40);
  });
});

describe('names and numbers', () => {
  test('every firm has an invented name', () => {
    const text = notices.map(({ title, body }) => `${title}\n${body}`).join('\n');
    const firms = new Set(text.match(/\p{Script=Han}{4,40}(?:有限公司|医院|服务中心)/gu));
    expect(firms.size).toBeGreaterThan(500);
    expect([...firms].filter((firm) => !SHOPS.some((shop) => firm.includes(shop)))).toEqual([]);
  });

  test('credit codes and identity numbers have valid check digits', () => {
    const random = new Random(DEMO_SEED, 'codes');
    for (let count = 0; count < 200; count++) {
      expect(isUscc(makeCreditCode(random, '370883'))).toBe(true);
      expect(isIdCardNumber(makeIdNumber(random))).toBe(true);
    }
  });
});
