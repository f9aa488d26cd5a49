import { describe, expect, test } from 'vitest';
import type { Category } from '#src/domain/categories.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import { type Stage, stagesOf } from '#src/domain/stages.ts';

const TITLES: [title: string, category: Category, stage: Stage | undefined][] = [
  ['某某中学教学楼工程施工招标公告', 'construction', 'tenderNotice'],
  ['某某中学教学楼工程资格预审公告', 'construction', 'prequalificationNotice'],
  ['某某中学教学楼工程澄清答疑', 'construction', 'clarification'],
  ['某某中学教学楼工程中标候选人公示', 'construction', 'candidateNotice'],
  ['某某中学教学楼工程中标结果公告', 'construction', 'awardNotice'],
  ['某某中学教学楼工程流标公告', 'construction', 'failureNotice'],
  ['某某中学教学楼工程暂停招标公告', 'construction', 'suspensionNotice'],
  ['某某局服务采购项目竞争性磋商公告', 'procurement', 'tenderNotice'],
  ['某某局服务采购项目更正公告（二）', 'procurement', 'correctionNotice'],
  ['某某局服务采购项目延期公告', 'procurement', 'correctionNotice'],
  ['某某局服务采购项目中标(成交)结果公告', 'procurement', 'awardNotice'],
  ['某某局服务采购项目废标公告', 'procurement', 'failureNotice'],
  ['某某局服务采购项目终止公告', 'procurement', 'terminationNotice'],
  ['某某局服务采购项目合同', 'procurement', 'contractNotice'],
  ['某某局服务采购项目履约验收公告', 'procurement', 'acceptanceNotice'],
  ['2026-12号地块国有建设用地使用权挂牌出让公告', 'land', 'landOffering'],
];

/** Stage words inside 「关于…的」 and inside project names, which say nothing about the notice (docs/feeds.md#traps, 7). */
const PROJECT_NAMES: typeof TITLES = [
  ['合同能源管理项目招标公告', 'construction', 'tenderNotice'],
  ['某某路变更设计服务招标公告', 'construction', 'tenderNotice'],
  ['关于某某中标单位考核服务的采购公告', 'procurement', 'tenderNotice'],
  ['不动产登记档案整理项目公开招标公告', 'procurement', 'tenderNotice'],
  ['公告栏采购项目', 'procurement', undefined],
  ['某某局合同能源管理项目', 'procurement', undefined],
  ['某某河生态恢复工程', 'construction', undefined],
];

/** The change is the news, whatever notice it changes. */
const CHANGES: typeof TITLES = [
  ['关于终止某某工程招标公告的公告', 'construction', 'terminationNotice'],
  ['某某工程招标公告（更正）', 'construction', 'correctionNotice'],
  ['某某项目公开招标更正（澄清）公告（一）', 'procurement', 'correctionNotice'],
];

describe('trap 7: the stage that a title names', () => {
  test.each([...TITLES, ...PROJECT_NAMES, ...CHANGES])('%s', (title, category, stage) =>
    expect(stageFromTitle(title, category)).toBe(stage),
  );

  test('is always one that the category has', () => {
    for (const category of ['land', 'mining', 'property'] as const) {
      const named = TITLES.flatMap(([title]) => stageFromTitle(title, category) ?? []);
      expect(named.filter((stage) => !stagesOf(category).includes(stage))).toEqual([]);
    }
  });
});
