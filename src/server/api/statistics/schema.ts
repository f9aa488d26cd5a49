import { z } from 'zod';
import { EXCLUSION_KEYS, EXCLUSIONS } from '#src/domain/statistics/exclusions.ts';
import { BREAKDOWN_KEYS, BREAKDOWNS } from '#src/domain/statistics/filter.ts';
import { MEASURE_IDS, MEASURES } from '#src/domain/statistics/registry.ts';
import { API_SCHEMAS, asOfSchema, categorySchema, countSchema, countySchema } from '../terms.ts';

const explain = (labels: [string, string][]) => labels.map(([value, label]) => `${value} ${label}`).join('，');

const measureIdSchema = z
  .enum(MEASURE_IDS)
  .describe(`指标：${explain(MEASURE_IDS.map((id) => [id, MEASURES[id].title]))}`);

const definitionSchema = z.object({
  measure: measureIdSchema,
  title: z.string().describe('名称'),
  unit: z
    .enum(['count', 'fen', 'percent', 'fenPerSquareMetre', 'days', 'mean'])
    .describe(
      'value 的单位：count 个，fen 分，percent 比率（1 为 100%），fenPerSquareMetre 分每平方米，days 日，mean 个',
    ),
  words: z.string().describe('定义'),
  predicate: z.string().describe('范围'),
  numerator: z.string().describe('分子'),
  denominator: z.string().describe('分母'),
  countOf: z.string().describe('计数单位'),
  baseline: z.string().nullable().describe('基准；没有的为 null'),
  exclusions: z.array(z.enum(EXCLUSION_KEYS)).describe(`不计入的原因：${explain(Object.entries(EXCLUSIONS))}`),
  minimum: countSchema.describe('最少样本；更少的不给出'),
  source: z.string().describe('依据'),
});

export const measureListSchema = z
  .object({ items: z.array(definitionSchema).describe('全部指标') })
  .describe('统计指标的目录')
  .register(API_SCHEMAS, { id: 'MeasureList' });

const figureSchema = z
  .object({
    n: countSchema.describe('计入的个数'),
    about: countSchema.describe('应计入的个数，含不能计入的'),
    omitted: z
      .array(
        z.object({
          because: z.enum(EXCLUSION_KEYS).describe(`原因：${explain(Object.entries(EXCLUSIONS))}`),
          n: countSchema.describe('个数'),
        }),
      )
      .describe('没有计入的个数，按原因'),
    numerator: z.number().describe('分子之和；每平方米价格的分子、分母都放大了 100 倍，为整数'),
    denominator: z.number().describe('分母之和'),
    value: z.number().nullable().describe('指标的值；无法计算或不给出的为 null，不是 0'),
    spread: z
      .object({
        lower: z.number().describe('下四分位数'),
        median: z.number().describe('中位数'),
        upper: z.number().describe('上四分位数'),
      })
      .nullable()
      .describe('各标段数值的四分位数（线性插值）'),
    isHidden: z.boolean().describe('样本太少，或可以由此倒推出样本太少的数字，不给出'),
  })
  .describe('一个统计数字，连同样本数和没有计入的')
  .register(API_SCHEMAS, { id: 'Figure' });

const rowSchema = z.object({
  key: z.string().describe('年度、月份、县（市、区）、类别或细分的值；整体为空'),
  label: z.string().describe('名称'),
  figure: figureSchema,
  rowsUrl: z.string().nullable().describe('明细的地址，明细相加等于数字；不给出的为 null'),
});

export const measureSchema = z
  .object({
    definition: definitionSchema,
    year: z.int().describe('年度'),
    month: z.int().nullable().describe('月份；全年的为 null'),
    county: countySchema.nullable().describe('县（市、区）；全部的为 null'),
    category: categorySchema.nullable().describe('交易类别；全部的为 null'),
    years: z.array(z.int()).describe('有数据的年度'),
    whole: rowSchema.describe('整体'),
    breakdowns: z
      .array(
        z.object({
          by: z.enum(BREAKDOWN_KEYS).describe(`按什么分：${explain(Object.entries(BREAKDOWNS))}`),
          rows: z.array(rowSchema),
        }),
      )
      .describe('分项'),
    asOf: asOfSchema,
  })
  .describe('一个指标的统计数字')
  .register(API_SCHEMAS, { id: 'MeasureFigures' });
