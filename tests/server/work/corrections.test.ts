import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changes, deals, factCorrections, notices } from '#db/schema/index.ts';
import { accountActor } from '#src/domain/actors.ts';
import { decideFact, type FactDecision } from '#src/publish/corrections/decide-fact.ts';
import { markUnread, reextractNotices } from '#src/publish/notices/reextract.ts';
import { removeNotice } from '#src/publish/removal/notices.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { TESTER } from '#tests/support/writer.ts';

const body = (budget: string, more = '') =>
  `<p>项目编号：ZC-2026-0042</p><p>预算金额：${budget}</p><p>采购人：曲阜市教育局</p>
<p>投标截止时间：2026年3月20日09时30分</p><p>${more}采购内容：教学设备一批，详见采购文件。</p>`;
const item = (budget: string, more = '') => ({
  id: 'a1',
  title: '教学设备采购公告',
  date: '2026-03-01',
  body: body(budget, more),
});

let rig: IngestRig;
beforeEach(async () => {
  rig = await startRig();
  rig.items = [item('120万元或130万元')];
  await rig.run();
});
afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

const notice = () => {
  const row = rig.db.select().from(notices).get();
  if (!row) throw new Error('no notice');
  return row;
};
const clerk = () => ({ actor: accountActor('a'), now: new Date().toISOString() });
const decide = (more: Partial<FactDecision>) =>
  rig.db.$client
    .transaction(() =>
      decideFact(
        rig.db,
        {
          ...{ noticeId: notice().id, version: notice().version, place: 'budget', kind: 'set', typed: '120万元' },
          ...{ quote: '预算金额：120万元或130万元', reason: '电话核对', ...more },
        },
        clerk(),
      ),
    )
    .immediate();
const lastChange = () => rig.db.select().from(changes).all().at(-1);

describe('a fact that staff put right', () => {
  test('counts everywhere at once, says so, and leaves the version as it is', () => {
    const before = notice();
    expect([before.amountFen, before.facts.budget?.doubt]).toEqual([null, 'several']);
    decide({});
    const after = notice();
    expect([after.amountFen, after.amountKind, after.version]).toEqual([120_000_000, 'budget', before.version]);
    expect(after.facts.budget).toMatchObject({
      fen: 120_000_000,
      rule: 'manual',
      confidence: 'corrected',
      corrected: { reason: '电话核对', before: before.facts.budget?.text },
    });
    expect(lastChange()).toMatchObject({ subject: 'notice', subjectId: after.id, kind: 'upsert', actor: 'account:a' });
    decide({ place: 'deadline', typed: '2026-03-25 10:00', quote: '投标截止时间：2026年3月20日09时30分' });
    expect(notice().deadlineAt).toBe('2026-03-25T02:00:00.000Z');
    expect(rig.db.select().from(deals).get()?.course).toContain('2026-03-25T02:00:00.000Z');
  });

  test('survives reading anew and versions that leave its words alone; other words void it, the old ones revive it', async () => {
    decide({});
    markUnread(rig.db);
    await reextractNotices(rig.db, { actor: TESTER });
    expect(notice().amountFen).toBe(120_000_000);
    rig.items = [item('120万元或130万元', '（交货期三十日）')];
    await rig.run();
    expect([notice().version, notice().amountFen]).toEqual([2, 120_000_000]);
    rig.items = [item('150万元')];
    await rig.run();
    expect([notice().version, notice().amountFen, notice().facts.budget?.corrected]).toEqual([
      3,
      150_000_000,
      undefined,
    ]);
  });

  test('can be taken back by another row, and the rows stay', () => {
    const before = notice();
    decide({});
    decide({ kind: 'undo', typed: '', quote: '', reason: '核对有误' });
    expect(notice().facts).toEqual(before.facts);
    expect(rig.db.select().from(factCorrections).all()).toHaveLength(2);
    expect(() => rig.db.delete(factCorrections).run()).toThrow('append-only');
    expect(() => rig.db.update(factCorrections).set({ reason: '' }).run()).toThrow('append-only');
    const insert = `INSERT OR REPLACE INTO fact_corrections SELECT id, notice_id, place, kind, value, passage, before, version, 'x', actor, at FROM fact_corrections`;
    expect(() => rig.db.$client.exec(insert)).toThrow('append-only');
  });

  test('may be that there is none, or that the notice leaves it open', () => {
    decide({ kind: 'seen', typed: '', reason: '原文如此' });
    expect(notice().facts.budget).toMatchObject({ isSeen: true, doubt: 'several' });
    expect(JSON.stringify(notice().facts)).toContain('"isSeen":true,"doubt":');
    decide({ kind: 'absent', typed: '', reason: '这是上年预算' });
    expect(notice().facts.budget).toBeUndefined();
  });

  test.each([
    ['words that are not there', { quote: '预算金额：999万元' }],
    ['no sum', { typed: '一百多万' }],
    ['nothing', { typed: '' }],
    ['personal data in the reason', { reason: '李四 13812345678 电话核对' }],
    ['an undoing of nothing', { kind: 'undo' as const }],
    ['nothing to leave out', { place: 'contractAmount', kind: 'absent' as const }],
    ['a cell that is none', { place: 'candidates.0.awardAmount' }],
    ['an old version', { version: 9 }],
  ])('is refused: %s', (_name, more) => {
    const before = notice();
    expect(() => decide(more)).toThrow();
    expect(notice()).toEqual(before);
    expect(rig.db.select().from(factCorrections).all()).toEqual([]);
  });

  test('goes with the notice when it is removed by law', () => {
    decide({});
    removeNotice(rig.db, notice().id, { ...clerk(), reason: '法院裁定' });
    expect(rig.db.select().from(factCorrections).all()).toEqual([]);
  });
});

test('whatever is decided, reading anew gives the same, and undoing all gives what the rules read', {
  timeout: 60_000,
}, async () => {
  const read = notice().facts;
  const step = fc.record({
    place: fc.constantFrom('budget', 'buyer', 'deadline', 'projectName'),
    kind: fc.constantFrom('set' as const, 'absent' as const, 'seen' as const, 'undo' as const),
    amount: fc.integer({ min: 1, max: 999 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      for (const { place, kind, amount } of steps) {
        const words: Record<string, string> = {
          budget: `${amount}万元`,
          deadline: `2026-04-${String((amount % 28) + 1).padStart(2, '0')} 09:00`,
        };
        const typed = words[place];
        try {
          decide({ place, kind, typed: typed ?? `单位${amount}`, quote: '采购人：曲阜市教育局', reason: '核对' });
        } catch {}
      }
      const decided = notice();
      markUnread(rig.db);
      await reextractNotices(rig.db, { actor: TESTER });
      expect(notice()).toEqual(decided);
      for (const place of ['budget', 'buyer', 'deadline', 'projectName']) {
        try {
          decide({ place, kind: 'undo', typed: '', quote: '' });
        } catch {}
      }
      expect(notice().facts).toEqual(read);
      expect(
        rig.db
          .select()
          .from(notices)
          .where(eq(notices.amountFen, notice().amountFen ?? -1))
          .all(),
      ).toHaveLength(notice().amountFen === null ? 0 : 1);
    }),
    { numRuns: 20 },
  );
});
