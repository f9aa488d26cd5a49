import { describe, expect, it } from 'vitest';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { Category } from '#src/domain/categories.ts';
import { toTimeline } from '#src/domain/projects/timeline.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { addDays, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { toSummary } from '#tests/support/notice-summary.ts';

const at = (category: Category, now: string, ...notices: NoticeSummary[]) =>
  toTimeline(category, notices, startOfDay(now), createWorkingCalendar());
const states = (timeline: ReturnType<typeof toTimeline>) =>
  timeline.steps.map(({ label, state }) => `${label} ${state}`);

describe('construction', () => {
  const tender = toSummary('tenderNotice', '2026-05-06', { deadline: '2026-05-28' });
  const candidates = toSummary('candidateNotice', '2026-06-01');
  const award = toSummary('awardNotice', '2026-06-05');

  it('accepts bids until the deadline, and says until when documents can be objected to', () => {
    const timeline = at('construction', '2026-05-10', tender);
    expect(states(timeline)).toEqual([
      '招标公告 done',
      '截止与开标 current',
      '中标候选人公示 upcoming',
      '中标结果 upcoming',
      '合同订立 upcoming',
      '合同履行 upcoming',
    ]);
    expect(timeline.now).toContain('正在接受投标');
    expect(timeline.next).toContain('2026-05-28');
    expect(timeline.remedies.map(({ text }) => text).join()).toContain('2026-05-18');
    expect(
      at('construction', '2026-05-20', tender)
        .remedies.map(({ text }) => text)
        .join(),
    ).not.toContain('异议');
  });

  it('follows the deadline that a correction moves', () => {
    const correction = toSummary('correctionNotice', '2026-05-12', { deadline: '2026-06-08' });
    const timeline = at('construction', '2026-05-30', tender, correction);
    expect(timeline.next).toContain('2026-06-08');
    expect(timeline.events).toEqual([correction]);
  });

  it('waits for candidates after the deadline, without inventing a date', () => {
    const timeline = at('construction', '2026-05-29', tender);
    expect(timeline.now).toBe('已于 2026-05-28 截止，等待公开结果。');
    expect(timeline.next).toContain('无法算出具体日期');
    expect(timeline.steps.find(({ state }) => state === 'current')?.label).toBe('中标候选人公示');
  });

  it('tells how long candidates can be objected to', () => {
    expect(at('construction', '2026-06-02', tender, candidates).remedies[0]?.text).toContain('2026-06-04');
    expect(at('construction', '2026-06-02', tender, candidates, award).remedies).toEqual([]);
  });

  it('shows a step that was passed over as missing', () => {
    const timeline = at('construction', '2026-06-10', tender, award);
    expect(timeline.missing).toEqual(['中标候选人公示']);
    expect(states(timeline)).toContain('中标候选人公示 missing');
    expect(at('construction', '2026-06-10', award).missing).toEqual(['招标公告', '中标候选人公示']);
  });

  it('calls a construction contract overdue from the earliest day that can be shown, and says what cannot be computed', () => {
    const last = addDays(award.publishedAt, 30);
    const timeline = (now: Instant) =>
      toTimeline('construction', [tender, candidates, award], now, createWorkingCalendar());
    expect(timeline(last).missing).toEqual([]);
    const late = timeline(addDays(last, 1));
    expect(late.missing).toEqual(['合同订立']);
    expect(late.next).toContain('通知书发出日期未公开，以中标结果发布日起算');
  });

  it('tells where it is by the rounds that run; what was before them stands among the events', () => {
    const again = toSummary('tenderNotice', '2026-07-01', { deadline: '2026-07-28' });
    const failure = toSummary('failureNotice', '2026-06-20');
    const all = [tender, candidates, failure, again];
    const timeline = toTimeline('construction', all, startOfDay('2026-07-02'), createWorkingCalendar(), [again]);
    expect(timeline.now).toContain('正在接受投标');
    expect(timeline.missing).toEqual([]);
    expect(timeline.events).toEqual([tender, candidates, failure]);
  });
});

describe('a project that ended', () => {
  const tender = toSummary('tenderNotice', '2026-05-06', { deadline: '2026-05-28' });
  const failure = toSummary('failureNotice', '2026-05-29');

  it('has no next step and nothing missing', () => {
    const timeline = at('construction', '2026-06-10', tender, failure);
    expect(timeline.now).toContain('流标/废标公告');
    expect(timeline.next).toContain('重新组织');
    expect(timeline.missing).toEqual([]);
    expect(states(timeline)).toEqual(['招标公告 done', '截止与开标 done']);
  });

  it('goes on with a new call', () => {
    const again = toSummary('tenderNotice', '2026-06-12', { deadline: '2026-07-06' });
    expect(at('construction', '2026-06-20', tender, failure, again).now).toContain('正在接受投标');
  });

  it('goes on when another lot has a result', () => {
    const award = toSummary('awardNotice', '2026-05-29');
    expect(at('procurement', '2026-05-30', tender, award, failure).now).toContain('已公开中标（成交）结果');
  });

  it('stands still while suspended', () => {
    const suspension = toSummary('suspensionNotice', '2026-05-10');
    expect(at('construction', '2026-05-12', tender, suspension).now).toContain('中止');
    const resumption = toSummary('resumptionNotice', '2026-05-14');
    expect(at('construction', '2026-05-15', tender, suspension, resumption).now).not.toContain('中止');
  });
});

describe('procurement', () => {
  const tender = toSummary('tenderNotice', '2026-03-02', { deadline: '2026-03-24' });
  const award = toSummary('awardNotice', '2026-03-26');

  it('dates the contract notice by both rules', () => {
    const timeline = at('procurement', '2026-04-01', tender, award);
    expect(timeline.steps.find(({ label }) => label === '合同公告')).toMatchObject({
      state: 'current',
      dueAt: startOfDay('2026-04-28'),
    });
    expect(timeline.next).toContain('《政府采购法》第四十六条');
    expect(timeline.next).toContain('最迟 2026-04-28');
  });

  it('calls it overdue the day after, and missing', () => {
    expect(at('procurement', '2026-04-28', tender, award).missing).toEqual([]);
    const timeline = at('procurement', '2026-04-29', tender, award);
    expect(timeline.missing).toEqual(['合同公告']);
    expect(timeline.next).toContain('尚未收到');
  });

  it('dates what falls into a year without a holiday plan only as not before a day', () => {
    const late = toSummary('awardNotice', '2026-12-10');
    const timeline = at('procurement', '2027-06-01', tender, late);
    expect(timeline.next).toContain('待国务院公布放假安排后确定');
    expect(timeline.missing).toEqual([]);
  });

  it('tells suppliers until when they can challenge', () => {
    expect(at('procurement', '2026-03-27', tender, award).remedies[0]?.text).toContain('2026-04-07');
    expect(at('procurement', '2026-04-08', tender, award).remedies).toEqual([]);
  });

  it('is complete with contract and acceptance', () => {
    const contract = toSummary('contractNotice', '2026-04-10');
    const acceptance = toSummary('acceptanceNotice', '2026-06-10');
    const timeline = at('procurement', '2026-07-01', tender, award, contract, acceptance);
    expect(timeline.next).toContain('没有待办');
    expect(timeline.responsible).toBe('');
  });
});

describe('other categories', () => {
  it('medical and general trading have steps but no legal dates', () => {
    for (const category of ['medical', 'general'] as const) {
      const timeline = at(
        category,
        '2026-12-01',
        toSummary('tenderNotice', '2026-03-02'),
        toSummary('awardNotice', '2026-03-26'),
      );
      expect(timeline.missing).toEqual([]);
      expect(timeline.steps.every(({ dueAt }) => dueAt === null)).toBe(true);
    }
  });

  it('land results are due ten working days after the end of bidding', () => {
    const offering = toSummary('landOffering', '2026-05-06', { deadline: '2026-06-08' });
    expect(at('land', '2026-05-10', offering).steps.map(({ label }) => label)).toContain('竞买截止');
    const waiting = at('land', '2026-06-10', offering);
    expect(waiting.next).toContain('最迟 2026-06-23');
    expect(at('land', '2026-06-24', offering).missing).toEqual(['成交公示']);
    expect(at('land', '2026-06-24', offering, toSummary('landDealNotice', '2026-06-12')).missing).toEqual([]);
  });

  it('a date that hangs on the next holiday plan says so, and is not overdue before it is there', () => {
    const offering = toSummary('landOffering', '2026-11-02', { deadline: '2026-12-24' });
    const waiting = at('land', '2026-12-28', offering);
    expect(waiting.next).toContain('待国务院公布放假安排后确定，不早于 2027-01-06');
    expect(waiting.steps.find(({ state }) => state === 'current')).toMatchObject({
      dueAt: null,
      dueNotBefore: startOfDay('2027-01-06'),
    });
    expect(at('land', '2027-03-01', offering).missing).toEqual([]);
  });

  it('mining has no confirmed limits and shows none', () => {
    const timeline = at('mining', '2026-12-01', toSummary('miningOffering', '2026-03-02', { deadline: '2026-04-20' }));
    expect(timeline.now).toContain('等待公开结果');
    expect(timeline.missing).toEqual([]);
  });

  it('property follows its listing', () => {
    const listing = toSummary('propertyListing', '2026-05-06', { deadline: '2026-06-08' });
    expect(at('property', '2026-05-20', listing).next).toContain('信息披露期满：2026-06-08');
  });

  it('a project of which only a correction is here says that the main notice was not received', () => {
    expect(at('medical', '2026-05-20', toSummary('correctionNotice', '2026-05-06')).now).toBe('尚未收到主要公告。');
  });
});
