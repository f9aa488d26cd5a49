import { z } from 'zod';
import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import type { ParameterTable } from '../notices/filter-definition.ts';
import { ARTICLE_KIND_KEYS, ARTICLE_KINDS, ARTICLE_SECTION_KEYS, ARTICLE_SECTIONS } from './kinds.ts';

const PAGE = { error: '应为 1 到 1000 的整数' };
const words = (labels: readonly (readonly [string, string])[]) =>
  labels.map(([key, label]) => `${key} ${label}`).join('，');

/** Parameters of lists of articles, in the order in which they stand in addresses. */
export const ARTICLE_FILTERS = {
  section: {
    schema: z.enum(ARTICLE_SECTION_KEYS, { error: '没有这个版块' }),
    label: '版块',
    note: words(ARTICLE_SECTION_KEYS.map((key) => [key, ARTICLE_SECTIONS[key]])),
    example: 'policies',
  },
  kind: {
    schema: z.enum(ARTICLE_KIND_KEYS, { error: '没有这个栏目' }),
    label: '栏目',
    note: words(ARTICLE_KIND_KEYS.map((key) => [key, ARTICLE_KINDS[key].label])),
    example: 'guide',
  },
  category: {
    schema: z.enum(CATEGORY_SLUGS, { error: '没有这种交易类别' }),
    label: '交易类别',
    note: words(CATEGORY_SLUGS.map((key) => [key, CATEGORIES[key].label])),
    example: 'procurement',
  },
  q: {
    schema: z.string().trim().max(100, { error: '搜索的字最多 100 个' }),
    label: '关键词',
    note: '标题、正文、文号、步骤和文字稿中的词，每个都要出现',
    example: '采购',
  },
  page: {
    schema: z.coerce.number(PAGE).int(PAGE).min(1, PAGE).max(1_000, PAGE),
    label: '第几页',
    note: '从 1 起，每页 20 篇',
    example: 1,
  },
} as const satisfies ParameterTable;
