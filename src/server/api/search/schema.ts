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
    conditions: z
      .array(
        z.object({
          typed: z.string().describe('搜索词中的原词'),
          label: z.string().describe('读作的条件'),
          kind: z
            .enum(['county', 'stage', 'category', 'status', 'time', 'amount', 'party'])
            .describe('条件的种类：地区、环节、类别、状态、时间、金额、单位'),
        }),
      )
      .describe('被读作筛选条件的词'),
    literal: z
      .object({
        q: z.string().describe('按原文查找的搜索词'),
        total: countSchema.nullable().describe('按原文查找的条数；没有词被读作条件时为 null'),
      })
      .nullable()
      .describe('不读作条件、不查同义词时的搜索词；本来就按原文查找时为 null'),
    loose: z
      .object({
        whole: z.array(z.string()).describe('原词'),
        strict: countSchema.describe('完整包含原词的条数，排在前面'),
        without: z.array(z.string()).describe('其后的结果不一定包含的词'),
        isCut: z.boolean().describe('其后的结果中，原词拆开出现'),
      })
      .nullable()
      .describe('完整包含原词的结果很少，其后补充了较宽的结果；没有补充时为 null'),
    scope: z
      .enum(['subject', 'head', 'all', 'code'])
      .describe(
        '总数计入哪里的命中：subject 标题、招标（采购）人和地区，head 另含中标人和代理机构，all 另含正文，code 编号',
      ),
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
    counts: z
      .object({
        subject: countSchema.describe('标题、招标（采购）人和地区中含有搜索词的条数'),
        all: countSchema.describe('全文中含有搜索词的条数'),
      })
      .nullable()
      .describe('各处的条数；没有搜索词时为 null'),
    help: z.array(helpSchema).describe('没有结果时，去掉哪些条件会有结果'),
    nothingAsked: z
      .enum(['symbols', 'excluded'])
      .nullable()
      .describe('搜索词没有要找的内容：symbols 只有符号，excluded 只有排除的词；其余为 null'),
    without: countSchema.describe('没有结果时，去掉全部条件后的条数；其余为 0'),
  })
  .describe('搜索结果的一页')
  .register(API_SCHEMAS, { id: 'SearchPage' }) satisfies z.ZodType<SearchPage>;
