import { expect, test } from 'vitest';
import { projectTitle } from '#src/domain/projects/project-title.ts';

test.each([
  ['某某中学图书馆桌椅采购项目公开招标公告', '某某中学图书馆桌椅采购项目'],
  ['某某中学图书馆桌椅采购项目中标结果公告', '某某中学图书馆桌椅采购项目'],
  ['某某道路改造工程中标候选人公示（第一次）', '某某道路改造工程'],
  ['邹城市2026-12号地块挂牌出让公告', '邹城市2026-12号地块'],
  ['某某局印刷服务框架协议征集公告', '某某局印刷服务'],
  ['合同能源管理项目', '合同能源管理项目'],
  ['招标公告', '招标公告'],
])('%s', (title, name) => {
  expect(projectTitle(title)).toBe(name);
});
