import { describe, expect, it } from 'vitest';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { Category } from '#src/domain/categories.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { listComplianceChecks } from '#src/domain/projects/compliance.ts';
import { TIME_LIMITS, verifyLimit } from '#src/domain/projects/time-limits.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { startOfDay } from '#src/domain/time/time.ts';
import { toSummary } from '#tests/support/notice-summary.ts';

const calendar = createWorkingCalendar();
const dealOf = (notices: readonly NoticeSummary[]) => toDeal(notices.map((notice) => ({ ...notice, lotCode: null })));
const outcome = (category: Category, notices: readonly NoticeSummary[]) =>
  listComplianceChecks(category, notices, dealOf(notices), calendar).map(({ rule, state, actual }) => [
    rule,
    state,
    actual,
  ]);

describe('verifyLimit', () => {
  it('says minimum and actual when both dates are public', () => {
    expect(verifyLimit('C-03', startOfDay('2026-05-01'), startOfDay('2026-05-22'), calendar)).toEqual({
      rule: 'C-03',
      state: 'met',
      actual: 21,
      text: '法定至少 20 日，实际 21 日',
    });
  });

  it('counts calendar days in Shanghai', () => {
    expect(verifyLimit('C-03', '2026-05-01T15:59:00.000Z', '2026-05-21T16:01:00.000Z', calendar).actual).toBe(21);
    expect(verifyLimit('C-03', startOfDay('2026-05-01'), startOfDay('2026-05-20'), calendar).state).toBe('breached');
  });

  it('cannot check with a date missing or a year without a holiday plan', () => {
    expect(verifyLimit('G-13', startOfDay('2026-05-01'), null, calendar).state).toBe('unknown');
    expect(verifyLimit('G-13', startOfDay('2027-05-01'), startOfDay('2027-05-04'), calendar).text).toContain(
      '无法核对',
    );
  });

  it('knows only rules with a confirmed source', () => {
    for (const { law, mark } of Object.values(TIME_LIMITS)) {
      expect(['T', 'F', 'K']).toContain(mark);
      expect(law).not.toBe('');
    }
  });
});

describe('listComplianceChecks', () => {
  const tender = toSummary('tenderNotice', '2026-05-06', { deadline: '2026-05-28' });

  it('holds construction against its limits', () => {
    const candidates = toSummary('candidateNotice', '2026-06-01');
    const award = toSummary('awardNotice', '2026-06-03');
    expect(outcome('construction', [tender, candidates, award])).toEqual([
      ['C-03', 'met', 22],
      ['C-07', 'breached', 2],
      ['C-08', 'unknown', null],
    ]);
  });

  it('measures a construction contract from the result, and says which date is not public', () => {
    const award = toSummary('awardNotice', '2026-06-03');
    const signed = (day: string) =>
      ({
        ...toSummary('contractNotice', '2026-08-01'),
        facts: { contractDate: { text: day, instant: startOfDay(day) } },
      }) as const;
    expect(outcome('construction', [tender, award, signed('2026-07-01')])).toContainEqual(['C-08', 'met', 28]);
    expect(outcome('construction', [tender, award, signed('2026-07-20')])).toContainEqual(['C-08', 'breached', 47]);
    const [, , unknown] = listComplianceChecks('construction', [tender, award], dealOf([tender, award]), calendar);
    expect(unknown?.text).toContain('“订立书面合同”的日期未公开');
  });

  it('judges each round by its own call, and each lot by its own dates', () => {
    const failure = toSummary('failureNotice', '2026-05-29');
    const again = toSummary('tenderNotice', '2026-06-10', { deadline: '2026-06-20' });
    const rounds = [tender, failure, again];
    const checks = listComplianceChecks('construction', rounds, dealOf(rounds), calendar);
    expect(checks.map(({ rule, state, actual, round, lots }) => [rule, state, actual, round, lots])).toEqual([
      ['C-03', 'met', 22, 1, []],
      ['C-03', 'breached', 10, 2, []],
    ]);
    const lots = [
      { ...tender, lots: ['第1包', '第2包'] },
      { ...toSummary('awardNotice', '2026-06-03'), lots: ['1'] },
      { ...toSummary('candidateNotice', '2026-05-30'), lots: ['1'] },
    ].sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
    const deal = toDeal(
      lots.map(({ lots: names, ...notice }) => ({
        ...notice,
        lotCode: null,
        facts: { lots: { text: '', entries: names.map((lot) => ({ lot: { text: lot } })) } },
      })),
    );
    const summaries = lots.map((notice): NoticeSummary => ({ ...tender, ...notice, lots: tender.lots }));
    expect(
      listComplianceChecks('construction', summaries, deal, calendar).map(({ rule, lots: own }) => [rule, own]),
    ).toEqual([
      ['C-03', []],
      ['C-07', ['第1包']],
      ['C-08', ['第1包']],
    ]);
  });

  it('leaves a short time after a correction undecided: it may not be material', () => {
    const correction = toSummary('correctionNotice', '2026-05-20', { deadline: '2026-05-28' });
    expect(outcome('construction', [tender, correction])).toContainEqual(['C-04', 'unknown', 8]);
  });

  it('takes the rule of the procurement method, and none when the method is not said', () => {
    const call = (text: string) =>
      toSummary('tenderNotice', '2026-03-02', { deadline: '2026-03-09', facts: { procurementMethod: { text } } });
    expect(outcome('procurement', [call('竞争性磋商')])).toEqual([['G-09', 'breached', 7]]);
    expect(outcome('procurement', [call('询价')])).toEqual([['G-08', 'met', 5]]);
    expect(outcome('procurement', [call('公开招标')])).toEqual([['G-04', 'breached', 7]]);
    expect(outcome('procurement', [call('其他')])).toEqual([]);
  });

  it('judges sales of equity and assets by price, never leases', () => {
    const listing = (title: string, fen?: number) =>
      toSummary('propertyListing', '2026-05-06', {
        title,
        deadline: '2026-05-25',
        facts: fen === undefined ? {} : { listingPrice: { text: 'x', fen } },
      });
    expect(outcome('property', [listing('某公司 40% 股权转让')])).toEqual([['P-01', 'breached', 14]]);
    expect(outcome('property', [listing('设备转让', 500_000_000)])).toEqual([['P-04a', 'met', 14]]);
    expect(outcome('property', [listing('房产转让', 2_000_000_000)])).toEqual([['P-04b', 'breached', 14]]);
    expect(outcome('property', [listing('门面房招租', 2_000_000_000)])).toEqual([]);
    expect(outcome('property', [listing('设备转让')])).toEqual([]);
  });

  it('does not judge categories without a confirmed checklist', () => {
    for (const category of ['medical', 'general', 'mining'] as const) {
      expect(listComplianceChecks(category, [tender], dealOf([tender]), calendar)).toEqual([]);
    }
  });
});
