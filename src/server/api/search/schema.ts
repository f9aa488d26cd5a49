import { z } from 'zod';
import { NOTICE_FILTER_KEYS } from '#src/domain/notices/notice-filter.ts';
import type { SearchHit, SearchPage, SearchPlan } from '../../search/types.ts';
import { facetsSchema, noticeSummaryFields } from '../notices/schema.ts';
import { API_SCHEMAS, asOfSchema, countSchema, nextSchema, totalSchema } from '../terms.ts';

const segmentsSchema = z.array(
  z.object({ text: z.string().describe('一段文字'), mark: z.boolean().describe('是否命中搜索词') }),
);

const rewritingSchema = z.object({ from: z.string().describe('原词'), to: z.string().describe('改读为') });

const hitSchema = z
  .object({
    ...noticeSummaryFields,
    titleSegments: segmentsSchema.describe('整个标题，分段标出命中'),
    snippetSegments: segmentsSchema.describe('正文中最相关的一段，分段标出命中；没有正文时为空'),
  })
  .describe('搜索命中的公告')
  .register(API_SCHEMAS, { id: 'SearchHit' }) satisfies z.ZodType<SearchHit>;

const planSchema = z
  .object({
    words: z.array(z.string()).describe('每条结果都必须包含的词'),
    phrases: z.array(z.string()).describe('引号内须原样出现的短语'),
    excluded: z.array(z.string()).describe('不得出现的词'),
    codes: z.array(z.string()).describe('识别为编号的部分'),
    rewritten: z.array(rewritingSchema).describe('按全称同时查找的简称'),
    corrected: rewritingSchema.nullable().describe('原词没有结果，实际搜索的词'),
    dropped: z.array(z.string()).describe('没有同时包含全部词的结果，因而略去的词'),
    scope: z.enum(['head', 'all', 'code']).describe('在哪里找到：head 标题、单位和地区，all 含正文，code 编号'),
  })
  .describe('搜索词是怎样理解的')
  .register(API_SCHEMAS, { id: 'SearchPlan' }) satisfies z.ZodType<SearchPlan>;

const helpSchema = z.object({
  key: z.enum(NOTICE_FILTER_KEYS).describe('去掉哪个条件'),
  total: countSchema.describe('去掉后的条数'),
});

export const searchPageSchema = z
  .object({
    items: z.array(hitSchema).describe('本页结果，最相关的在前'),
    total: totalSchema,
    asOf: asOfSchema,
    next: nextSchema,
    facets: facetsSchema,
    engine: z.enum(['meilisearch', 'fts5']).describe('由哪个引擎查找：meilisearch，或内置的 fts5'),
    fallback: z
      .enum(['unavailable', 'behind'])
      .nullable()
      .describe(
        '为什么由内置索引代为查找：unavailable 搜索引擎不可用，behind 搜索引擎还没有收录最新的公告；其余为 null',
      ),
    behind: z.boolean().describe('所用的索引尚未收录 asOf 以后的变更'),
    plan: planSchema.nullable().describe('搜索词是怎样理解的；没有搜索词时为 null'),
    help: z.array(helpSchema).describe('没有结果时，去掉哪些条件会有结果'),
  })
  .describe('搜索结果的一页')
  .register(API_SCHEMAS, { id: 'SearchPage' }) satisfies z.ZodType<SearchPage>;
