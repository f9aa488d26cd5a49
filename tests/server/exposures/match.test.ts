import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { InputError } from '#src/domain/errors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { listMarkedParties, listOrganizationMarks } from '#src/server/exposures/marks.ts';
import { matchExposures, parseMatchQuery } from '#src/server/exposures/match.ts';
import { listOverlaps } from '#src/server/exposures/overlaps.ts';
import { DEBARMENTS, seedExposure } from '#tests/support/seed-exposures.ts';
import { openTestDatabase, seedSources } from '#tests/support/seed-notices.ts';
import { seedDeal } from '#tests/support/seed-parties.ts';

const NOW = '2026-06-15T04:00:00.000Z';
const CODE = '91370800000000000X';
const OTHER_CODE = '91370811MA0000015F';
const NAME = '示例微山（鲁南）建设有限公司';

let db: Db;
let close: () => void;

beforeEach(() => {
  ({ db, close } = openTestDatabase());
  seedSources(db);
});
afterEach(() => close());

let serial = 0;
const add = (fields: Record<string, string> = {}) =>
  seedExposure(
    db,
    { 当事人: NAME, 文号: `演财罚〔2026〕${++serial}号`, 决定日期: '2026-05-10', 处罚有效期: '2027-05-09', ...fields },
    { now: Date.parse(NOW) },
  );
const coded = () => add({ 统一社会信用代码: CODE });
const match = (query: { name?: string; code?: string }, now = NOW) => matchExposures(db, query, now);
const matched = (query: { name?: string; code?: string }) => match(query).matches.map((entry) => entry.matched);

/** The same name in disguise: each must find the entry. */
const DISGUISES: [string, string][] = [
  ['zero-width characters', '示\u200b例\u200d微\ufeff山（鲁南）建\u00ad设有限公司'],
  ['variation selectors and direction marks', '示\ufe00例微\u202e山\u202c（鲁南）建设有限公司'],
  ['full-width and half-width brackets', '示例微山(鲁南)建设有限公司'],
  ['other brackets', '示例微山〔鲁南〕建设有限公司'],
  ['blanks of all kinds', ' 示例 微山\u3000（鲁南）\u00a0建设\u2003有限公司 '],
  ['traditional forms', '示例微山（魯南）建設有限公司'],
  ['radicals copied from PDF files', '示例微山（鲁南）建设有限公司'.replace('有', '有\u0301')],
];

/** Other companies, one step away: none may ever be found. */
const NEAR: string[] = [
  '示例微山建设有限公司',
  '示例微山（鲁北）建设有限公司',
  '示例微山（鲁南）建筑有限公司',
  '示例微山（鲁南）建设集团有限公司',
  '示例微山（鲁南）建设有限责任公司',
  '示例微山（鲁南）建设有限公司曲阜分公司',
  '济宁示例微山（鲁南）建设有限公司',
  '示例（鲁南）建设有限公司',
  '示例微山鲁南建设有限公司',
  '微山（鲁南）建设有限公司',
  '示例徽山（鲁南）建设有限公司',
];

describe('a name', () => {
  test.each(DISGUISES)('is found in spite of %s', (_kind, name) => {
    coded();
    expect(matched({ name })).toEqual(['name']);
  });

  test.each(NEAR)('is not confused with %s', (name) => {
    coded();
    add();
    expect(match({ name })).toMatchObject({ listed: false, matches: [], asOf: NOW });
  });

  test('is found under the former name of its organization, and the other way round', () => {
    seedDeal(db, 1, { day: '2026-01-05', winner: NAME, code: CODE });
    seedDeal(db, 2, { day: '2026-03-05', winner: '示例新名建设有限公司', code: CODE });
    coded();
    expect(matched({ name: '示例新名建设有限公司' })).toEqual(['name']);
    expect(match({ name: '示例新名建设有限公司' }).names).toContain(NAME);
    const uncoded = add({ 当事人: '示例新名建设有限公司' });
    expect(match({ name: NAME }).matches.map(({ id }) => id)).toContain(uncoded);
  });

  test('is never certain, and persons are never looked up', () => {
    add({ 当事人: '公冶砚棠', 违法行为: '评标期间擅离职守' });
    expect(match({ name: '公冶砚棠' }).listed).toBe(false);
    expect(match({ name: '公冶**' }).listed).toBe(false);
  });
});

describe('a code', () => {
  test('is certain; entries without one are by name only, entries with another are not about it', () => {
    const own = coded();
    const uncoded = add();
    add({ 统一社会信用代码: OTHER_CODE });
    const found = match({ name: NAME, code: CODE }).matches.map(({ id, matched: how }) => [id, how]);
    expect(found).toEqual([
      [own, 'code'],
      [uncoded, 'name'],
    ]);
    expect(matched({ code: CODE })).toEqual(['code']);
    expect(match({ code: '91370811MA00003490' })).toMatchObject({ listed: false });
  });

  test('is asked with its check character', () => {
    const parse = (query: string) => () => parseMatchQuery(new URLSearchParams(query));
    for (const query of ['', 'code=913708000000000001', 'name=%E2%80%8B', 'nam=x', 'name='])
      expect(parse(query), query).toThrow(InputError);
    expect(parse(`code=${CODE.toLowerCase()}`)()).toEqual({ code: CODE.toLowerCase() });
  });

  test('is answered for the instant of the question', () => {
    coded();
    expect(match({ code: CODE }, '2027-05-10T15:59:59.000Z').listed).toBe(true);
    expect(match({ code: CODE }, '2027-05-10T16:00:00.000Z').listed).toBe(false);
  });
});

describe('marks', () => {
  test('stand beside a party by its code alone; by name only on the page of the organization', () => {
    const byCode = seedDeal(db, 1, { day: '2026-04-05', winner: NAME, code: CODE });
    const byName = seedDeal(db, 2, { day: '2026-04-05', winner: '示例微山(鲁南)建设有限公司' });
    const nameless = seedDeal(db, 4, { day: '2026-04-05', winner: '示例无码建设有限公司' });
    const other = seedDeal(db, 3, { day: '2026-04-05', winner: '示例另一家工程有限公司', code: OTHER_CODE });
    coded();
    const marks = (id: string) =>
      listMarkedParties(db, [id], NOW).flatMap((party) => party.marks.map((mark) => mark.matched));
    expect(marks(byCode)).toEqual(['code']);
    expect(marks(byName)).toEqual([]);
    add({ 当事人: '示例无码建设有限公司' });
    expect(marks(nameless)).toEqual([]);
    const own = organizationId({ key: nameKey('示例无码建设有限公司') });
    expect(listOrganizationMarks(db, own, NOW).map((mark) => mark.matched)).toEqual(['name']);
    expect(marks(other)).toEqual([]);
    expect(listOrganizationMarks(db, organizationId({ uscc: CODE }), NOW)).toHaveLength(1);
    expect(listOrganizationMarks(db, organizationId({ uscc: OTHER_CODE }), NOW)).toEqual([]);
    expect(listMarkedParties(db, [byCode], '2027-05-11T00:00:00.000Z')).toEqual([]);
  });

  test('do not stand beside a company of the same name with another code', () => {
    const namesake = seedDeal(db, 1, { day: '2026-04-05', winner: NAME, code: OTHER_CODE });
    coded();
    expect(listMarkedParties(db, [namesake], NOW)).toEqual([]);
    add();
    expect(listMarkedParties(db, [namesake], NOW)).toEqual([]);
  });
});

describe('awards under sanction', () => {
  test('are those between the decision and the end of the measure, of the very company', () => {
    const during = seedDeal(db, 1, { day: '2026-06-01', winner: NAME, code: CODE });
    seedDeal(db, 2, { day: '2026-05-09', winner: NAME, code: CODE });
    seedDeal(db, 3, { day: '2027-05-10', winner: NAME, code: CODE });
    seedDeal(db, 4, { day: '2026-06-01', winner: NAME, code: OTHER_CODE });
    const id = coded();
    seedDeal(db, 5, { day: '2026-06-01', winner: NAME });
    const overlaps = listOverlaps(db, NOW);
    expect(overlaps.map(({ noticeId, exposure, kind }) => [noticeId, exposure.id, kind])).toEqual([
      [during, id, 'award'],
    ]);
    expect(overlaps[0]).toMatchObject({ sanctionFrom: '2026-05-10', sanctionUntil: '2027-05-09', winner: NAME });
  });

  test('of the deciding day itself are told as such', () => {
    const sameDay = seedDeal(db, 1, { day: '2026-05-10', winner: NAME, code: CODE });
    const nextDay = seedDeal(db, 2, { day: '2026-05-11', winner: NAME, code: CODE });
    coded();
    const told = listOverlaps(db, NOW).map(({ noticeId, isDecisionDay }) => [noticeId, isDecisionDay]);
    expect(told).toEqual([
      [nextDay, false],
      [sameDay, true],
    ]);
  });

  test('are listed only while the sanction is public', () => {
    seedDeal(db, 1, { day: '2026-06-01', winner: NAME, code: CODE });
    add({ 统一社会信用代码: CODE, 信用修复日期: '2026-06-10' });
    expect(listOverlaps(db, NOW)).toEqual([]);
    expect(listOverlaps(db, '2026-06-05T00:00:00.000Z')).toHaveLength(1);
  });

  test('candidates are flagged while their publicity period runs', () => {
    const running = seedDeal(db, 1, { day: '2026-06-14', winner: NAME, code: CODE, stage: 'candidateNotice' });
    const named = seedDeal(db, 2, {
      day: '2026-06-08',
      winner: NAME,
      code: CODE,
      stage: 'candidateNotice',
      period: '2026年6月9日至2026年6月15日',
    });
    seedDeal(db, 3, { day: '2026-06-08', winner: NAME, code: CODE, stage: 'candidateNotice' });
    coded();
    const flagged = (now: string) => listOverlaps(db, now).map(({ noticeId, kind }) => [noticeId, kind]);
    expect(flagged(NOW)).toEqual([
      [running, 'candidate'],
      [named, 'candidate'],
    ]);
    expect(flagged('2026-06-15T16:00:00.000Z')).toEqual([[running, 'candidate']]);
    expect(flagged('2026-06-17T16:00:00.000Z')).toEqual([]);
  });

  test('count for a blacklist too', () => {
    const deal = seedDeal(db, 1, { day: '2026-06-01', winner: NAME, code: CODE });
    seedExposure(
      db,
      { 当事人: NAME, 统一社会信用代码: CODE, 文号: '', 决定日期: '2026-05-10', 公布截止日期: '2028-05-09' },
      { column: DEBARMENTS, now: Date.parse(NOW) },
    );
    expect(listOverlaps(db, NOW)).toMatchObject([{ noticeId: deal, sanctionUntil: '2028-05-09' }]);
  });
});
