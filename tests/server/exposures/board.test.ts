import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { InputError, NotFoundError, PublicityEndedError } from '#src/domain/errors.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { getExposure } from '#src/server/exposures/get.ts';
import { listExposures } from '#src/server/exposures/list.ts';
import { parseExposureFilter } from '#src/server/exposures/parse-filter.ts';
import { listExposurePaths } from '#src/server/exposures/sitemap.ts';
import { DEBARMENTS, seedExposure } from '#tests/support/seed-exposures.ts';
import { openTestDatabase, seedSources } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

/** In force for all of them, unless a test says otherwise. */
const NOW = '2026-06-15T04:00:00.000Z';
const at = (instant: string) => Date.parse(instant);

let db: Db;
let close: () => void;

beforeEach(() => {
  ({ db, close } = openTestDatabase());
  seedSources(db);
});
afterEach(() => close());

const add = (number: number, fields: Record<string, string> = {}, more: Parameters<typeof seedExposure>[2] = {}) =>
  seedExposure(
    db,
    { 当事人: `示例${number}号建设有限公司`, 文号: `演财罚〔2026〕${number}号`, 决定日期: '2026-05-10', ...fields },
    { now: at(NOW), ...more },
  );
const ids = (filter = {}, now = NOW) => listExposures(db, filter, now).items.map(({ id }) => id);

describe('what is public', () => {
  test('is decided by the clock alone: nothing is written when a period ends', () => {
    const id = add(1);
    const written = db.$client.prepare('SELECT total_changes()').pluck().get();
    expect(ids({}, '2027-05-10T15:59:59.999Z')).toEqual([id]);
    expect(getExposure(db, id, '2027-05-10T15:59:59.999Z').state).toBe('inForce');
    expect(ids({}, '2027-05-10T16:00:00.000Z')).toEqual([]);
    expect(() => getExposure(db, id, '2027-05-10T16:00:00.000Z')).toThrow(PublicityEndedError);
    expect(listExposures(db, {}, '2027-05-10T16:00:00.000Z')).toMatchObject({ total: 0, ended: 1 });
    expect(listExposurePaths(db, '2027-05-10T16:00:00.000Z')).toEqual([]);
    expect(db.$client.prepare('SELECT total_changes()').pluck().get()).toBe(written);
  });

  test('ends with repair and revocation, and says neither whom nor which', () => {
    const [repaired, revoked] = [add(1, { 信用修复日期: '2026-06-01' }), add(2)];
    recordExposureEvent(
      db,
      revoked,
      { kind: 'revoked', at: '2026-06-10T00:00:00.000Z', basis: '复议决定' },
      byTester(),
    );
    expect(ids()).toEqual([]);
    for (const id of [repaired, revoked]) {
      const ended = (() => {
        try {
          return getExposure(db, id, NOW);
        } catch (error) {
          return error as PublicityEndedError;
        }
      })();
      expect(ended).toBeInstanceOf(PublicityEndedError);
      expect(JSON.stringify([ended, (ended as Error).message])).not.toMatch(/示例|演财罚/);
    }
    expect(new Set([repaired, revoked].map((id) => tryMessage(id))).size).toBe(1);
    expect(listExposures(db, {}, NOW).ended).toBe(2);
  });

  test('never was a minor record without a reason, nor one of tomorrow', () => {
    const withheld = add(1, { 处罚类别: '警告', 处罚内容: '警告', '罚款金额（万元）': '' });
    const reasoned = add(2, {
      处罚类别: '警告',
      处罚内容: '警告',
      '罚款金额（万元）': '',
      轻微公示理由: '涉及公共安全',
    });
    const upcoming = add(3, { 公示日期: '2026-06-16' });
    expect(ids()).toEqual([reasoned]);
    for (const id of [withheld, upcoming]) expect(() => getExposure(db, id, NOW)).toThrow(NotFoundError);
    expect(listExposures(db, {}, NOW)).toMatchObject({ ended: 0 });
    expect(ids({}, '2026-06-16T04:00:00.000Z')).toContain(upcoming);
  });

  test('is on one list only, each with its own period', () => {
    const penalty = add(1);
    const debarred = add(1, { 公布截止日期: '2028-05-09' }, { column: DEBARMENTS });
    expect(ids({ board: 'exposure' })).toEqual([penalty]);
    expect(ids({ board: 'blacklist' })).toEqual([debarred]);
    expect(getExposure(db, debarred, NOW)).toMatchObject({
      list: 'govProcurementDebarment',
      publicUntil: '2028-05-09',
    });
    expect(() => add(2, {}, { column: DEBARMENTS })).toThrow('截止日期');
  });
});

function tryMessage(id: string): string {
  try {
    getExposure(db, id, NOW);
    return 'public';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the list', () => {
  test('filters by every parameter', () => {
    const agency = add(1, { 违法行为: '代理机构违规代理', 处罚机关: '示例市住建局' }, { county: '曲阜市' });
    const late = add(2, { 决定日期: '2026-06-01' });
    expect(ids({ subject: 'agency' })).toEqual([agency]);
    expect(ids({ county: 'qufu' })).toEqual([agency]);
    expect(ids({ misconduct: 'agencyMisconduct' })).toEqual([agency]);
    expect(ids({ body: '住建' })).toEqual([agency]);
    expect(ids({ from: '2026-06-01' })).toEqual([late]);
    expect(ids({ to: '2026-05-31' })).toEqual([agency]);
    expect(ids({ subject: 'agency', body: '财政' })).toEqual([]);
  });

  test('finds words of names in every disguise, codes and decision numbers', () => {
    const id = add(1, { 当事人: '示例（鲁南）建设有限公司', 统一社会信用代码: '91370800000000000X' });
    for (const q of [
      '示例（鲁南）',
      '示例(鲁南)建設',
      '示\u200b例 〔鲁南〕',
      '９１３７０８０００００００００００X',
      '演财罚[2026]1号',
    ]) {
      expect(ids({ q }), q).toEqual([id]);
    }
    for (const q of ['示例（鲁北）', '91370811MA0000015F', '演财罚〔2026〕11号', '%', '***'])
      expect(ids({ q }), q).toEqual([]);
  });

  test('never finds a natural person by name', () => {
    const id = add(1, { 当事人: '公冶砚棠', 违法行为: '评标期间擅离职守' });
    expect(ids()).toEqual([id]);
    for (const q of ['公冶砚棠', '公冶', '公冶**']) expect(ids({ q }), q).toEqual([]);
  });

  test('is walked to its end without loss or repeat', () => {
    const all = Array.from({ length: 25 }, (_, index) => add(index + 1, { 决定日期: `2026-05-${10 + (index % 7)}` }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = listExposures(db, { limit: 4, ...(cursor ? { cursor } : {}) }, NOW);
      expect(page.total).toBe(25);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(all.toSorted());
  });

  test('refuses what it does not understand', () => {
    const parse = (query: string) => () => parseExposureFilter(new URLSearchParams(query), 'exposure');
    for (const query of [
      'x=1',
      'subject=firm',
      'from=2026-02-30',
      'from=2026-02-02&to=2026-02-01',
      'board=blacklist',
      'q=1&q=2',
    ])
      expect(parse(query), query).toThrow(InputError);
    expect(parse('q=&subject=agency')()).toEqual({ subject: 'agency', board: 'exposure' });
    expect(() => listExposures(db, { cursor: 'abc' }, NOW)).toThrow(InputError);
  });

  test('reads the entries in force by an index', () => {
    const plan = (sql: string) =>
      (db.$client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
        .map(({ detail }) => detail)
        .join('\n');
    const force = `e.withheld = 0 AND e.public_from <= '${NOW}' AND e.public_until > '${NOW}'`;
    expect(plan(`SELECT * FROM exposures e WHERE ${force} AND e.subject_key IN ('a')`)).toContain('exposures_subject');
    expect(
      plan(`SELECT * FROM exposures e WHERE ${force} AND e.subject_uscc IS NOT NULL AND e.subject_uscc IN ('a')`),
    ).toContain('exposures_uscc');
    expect(plan(`SELECT * FROM exposures e WHERE ${force}`)).toContain('USING INDEX exposures_until');
  });
});
