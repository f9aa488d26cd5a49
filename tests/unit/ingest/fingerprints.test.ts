import { expect, test } from 'vitest';
import type { NoticeDraft } from '#src/publish/draft.ts';
import {
  deduplicationKey,
  draftHash,
  normaliseTitle,
  textFingerprint,
  titleSimilarity,
} from '#src/publish/prepare/fingerprints.ts';

const draft: NoticeDraft = {
  sourceItemId: '1',
  column: { code: '1' },
  title: '甲项目招标公告',
  rawTitle: '甲项目招标公告',
  published: { raw: '2026-06-01', field: 'date' },
  attachments: [],
  fields: {},
  extra: { clicks: 1 },
};

test('counters are no part of the content', () => {
  expect(draftHash({ ...draft, extra: { clicks: 2, newest: true } })).toBe(draftHash(draft));
  expect(draftHash({ ...draft, title: '乙项目招标公告' })).not.toBe(draftHash(draft));
});

test('titles are compared without width, blanks and punctuation', () => {
  expect(normaliseTitle('（一期） ＥＰＣ 项目—招标公告')).toBe(normaliseTitle('(一期)EPC项目-招标公告'));
  expect(normaliseTitle('2026年第1包')).not.toBe(normaliseTitle('2026年第2包'));
});

test('twins share category, stage, title and Shanghai day', () => {
  const notice = {
    category: 'procurement',
    stage: 'awardNotice',
    title: '甲项目',
    publishedAt: '2026-06-01T00:30:00.000Z',
  };
  expect(deduplicationKey({ ...notice, publishedAt: '2026-06-01T15:59:00.000Z' })).toBe(deduplicationKey(notice));
  expect(deduplicationKey({ ...notice, publishedAt: '2026-06-01T16:01:00.000Z' })).not.toBe(deduplicationKey(notice));
  expect(deduplicationKey({ ...notice, stage: 'tenderNotice' })).not.toBe(deduplicationKey(notice));
});

test.each([
  ['甲道路改造工程招标计划', '甲道路改造工程', true],
  ['甲道路改造工程（二次）(EPC)招标公告', '甲道路改造工程(二次)（EPC）', true],
  ['甲局设备采购竞争性磋商公告（一标段）', '甲局设备采购（一标段）', true],
  ['甲局设备采购招标公告（一标段）', '甲局设备采购招标公告（二标段）', false],
  ['甲局设备采购项目公告', '甲局设备租赁项目公告', false],
])('%s and %s are the same name: %s', (title, other, isSame) => {
  const notice = { category: 'general', stage: 'tenderNotice', publishedAt: '2026-06-01T00:30:00.000Z' };
  expect(deduplicationKey({ ...notice, title }) === deduplicationKey({ ...notice, title: other })).toBe(isSame);
});

test('short bodies are told apart by their attachments', () => {
  const file = (url: string) => [{ name: '附件', url }];
  expect(textFingerprint('详见附件', file('https://a.example/1'))).not.toBe(
    textFingerprint('详见附件', file('https://a.example/2')),
  );
  const body = '采购图书馆桌椅一批，供应商须具备相应资格条件，逾期不予受理，特此公告。';
  expect(textFingerprint(body, file('https://a.example/1'))).toBe(
    textFingerprint(` ${body}\n`, file('https://a.example/2')),
  );
});

test('likeness of titles', () => {
  expect(titleSimilarity('甲小学教学楼工程招标公告', '甲小学教学楼工程招标公告（更正）')).toBeGreaterThan(0.8);
  expect(titleSimilarity('甲小学教学楼工程招标公告', '微山县环卫车辆租赁服务竞争性磋商公告')).toBeLessThan(0.2);
});
