import { describe, expect, it } from 'vitest';
import type { Facts } from '#src/domain/facts/facts.ts';
import { listMaterialChanges, type MaterialContent } from '#src/domain/subscriptions/material-change.ts';
import { toNewsKind, type VersionEvent } from '#src/domain/subscriptions/news.ts';

const FACTS: Facts = {
  deadline: { text: '2026年6月20日 09:00', instant: '2026-06-20T01:00:00.000Z' },
  budget: { text: '100 万元', fen: 100_000_000 },
  buyer: { text: '青石镇中学' },
  candidates: { text: '见表', entries: [{ supplier: { text: '甲木公司' } }, { supplier: { text: '乙木公司' } }] },
};
const BASE: MaterialContent = {
  title: '青石镇中学课桌椅采购公告',
  category: 'procurement',
  stage: 'tenderNotice',
  county: 'qufu',
  facts: FACTS,
  attachments: ['采购文件.pdf'],
};
const changesOf = (after: Partial<MaterialContent>) => listMaterialChanges(BASE, { ...BASE, ...after });
const withFacts = (facts: Facts) => changesOf({ facts: { ...FACTS, ...facts } });

describe('material changes', () => {
  it('are moved times, amounts and parties, with both values', () => {
    expect(withFacts({ deadline: { text: '6月25日', instant: '2026-06-25T01:00:00.000Z' } })).toEqual([
      { label: '投标（响应）截止时间', before: '2026-06-20 09:00', after: '2026-06-25 09:00' },
    ]);
    expect(withFacts({ budget: { text: '120 万元', fen: 120_000_000 } })[0]).toMatchObject({ label: '预算金额' });
    expect(withFacts({ buyer: { text: '青石镇小学' } })[0]).toMatchObject({
      before: '青石镇中学',
      after: '青石镇小学',
    });
  });

  it('are an instant or amount that is new or gone, but not another fact that is only read better', () => {
    const { deadline: _gone, ...rest } = FACTS;
    expect(changesOf({ facts: rest })).toEqual([
      { label: '投标（响应）截止时间', before: '2026-06-20 09:00', after: '（无）' },
    ]);
    expect(withFacts({ supplier: { text: '丙木公司' } })[0]).toMatchObject({ before: '（无）', after: '丙木公司' });
    expect(withFacts({ contractPeriod: { text: '60 日' } })).toEqual([]);
  });

  it('are rows of candidates, new attachments, another stage or title', () => {
    const entries = [{ supplier: { text: '丁木公司' } }, { supplier: { text: '乙木公司' } }];
    expect(withFacts({ candidates: { text: '见表', entries } })[0]).toMatchObject({ label: '中标（成交）候选人' });
    expect(changesOf({ attachments: ['采购文件.pdf', '答疑.pdf'] })).toEqual([
      { label: '新附件', before: '（无）', after: '答疑.pdf' },
    ]);
    expect(changesOf({ stage: 'correctionNotice' })[0]?.label).toBe('环节');
    expect(changesOf({ title: '青石镇中学课桌椅采购公告（第二次）' })[0]?.label).toBe('标题');
  });

  it('are not layout, spacing, punctuation or the same value in other words', () => {
    expect(changesOf({ title: '青石镇中学 课桌椅采购公告。', attachments: [] })).toEqual([]);
    expect(withFacts({ budget: { text: '1000000 元', fen: 100_000_000 }, buyer: { text: '青石镇中学　' } })).toEqual(
      [],
    );
  });
});

describe('news', () => {
  const at = '2026-06-10T02:00:00.000Z';
  const times = { madeAt: at, announcedAt: at, publishedAt: at, sourceSince: null };
  const event: VersionEvent = { reason: 'created', isRemoval: false, ...times };
  const never = () => expect.fail('only changes are compared');

  it('is a new notice, unless it fills in history', () => {
    expect(toNewsKind(event, never)).toBe('created');
    expect(toNewsKind({ ...event, publishedAt: '2026-06-04T02:00:00.000Z' }, never)).toBe('created');
    expect(toNewsKind({ ...event, publishedAt: '2026-06-02T02:00:00.000Z' }, never)).toBeUndefined();
  });

  it('is a notice that comes late, however late, if its source was being read when it was published', () => {
    const late = { ...event, publishedAt: '2026-05-01T02:00:00.000Z' };
    expect(toNewsKind({ ...late, sourceSince: '2026-04-01T00:00:00.000Z' }, never)).toBe('created');
    expect(toNewsKind({ ...late, sourceSince: '2026-05-02T00:00:00.000Z' }, never)).toBeUndefined();
    expect(toNewsKind({ ...event, sourceSince: '2026-06-09T00:00:00.000Z' }, never)).toBe('created');
  });

  it('is a change with substance, of a notice however old', () => {
    const changed: VersionEvent = { ...event, reason: 'changed', publishedAt: '2020-01-01T00:00:00.000Z' };
    expect(toNewsKind(changed, () => [BASE, { ...BASE, title: '另一个标题' }])).toBe('changed');
    expect(toNewsKind(changed, () => [BASE, { ...BASE, title: ` ${BASE.title}` }])).toBeUndefined();
    expect(toNewsKind(changed, () => undefined)).toBeUndefined();
  });

  it('is a withdrawal, but neither a repeat that steps back nor a reading anew', () => {
    expect(toNewsKind({ ...event, reason: 'withdrawn', isRemoval: true }, never)).toBe('withdrawn');
    expect(toNewsKind({ ...event, isRemoval: true }, never)).toBeUndefined();
    expect(toNewsKind({ ...event, announcedAt: '2026-06-11T02:00:00.000Z' }, never)).toBeUndefined();
  });
});
