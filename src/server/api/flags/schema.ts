import { z } from 'zod';
import { FLAG_KIND_KEYS } from '#src/domain/flags/definition.ts';
import { MISSING, type Missing } from '#src/domain/flags/process.ts';
import { FLAG_CODES } from '#src/domain/flags/registry.ts';
import { API_SCHEMAS, categorySchema, countSchema, countySchema, idSchema, instantSchema } from '../terms.ts';

const codeSchema = z.enum(FLAG_CODES).describe('指标的编号');
const missingKeys = Object.keys(MISSING) as [Missing, ...Missing[]];

const totalsSchema = z
  .object({
    flagged: countSchema.describe('有提示的标段'),
    clear: countSchema.describe('可计算而没有提示的标段'),
    missing: z
      .array(z.object({ why: z.enum(missingKeys).describe('缺少什么'), total: countSchema.describe('标段数') }))
      .describe('不能计算的标段，按缺少的公开内容；多的在前'),
  })
  .describe('一项指标在标段上的计数')
  .register(API_SCHEMAS, { id: 'FlagTotals' });

const indicatorSchema = z
  .object({
    code: codeSchema,
    title: z.string().describe('名称'),
    kind: z.enum(FLAG_KIND_KEYS).describe('着眼于什么'),
    formula: z.string().describe('算式'),
    inputs: z.string().describe('取自哪些公开内容'),
    threshold: z.string().describe('界限'),
    source: z.string().describe('来源'),
    ocp: z.string().nullable().describe('开放合同伙伴关系指南中的编号；没有的为 null'),
    quartiles: z.enum(['R-8', 'type 7']).nullable().describe('四分位的方法；不用四分位的为 null'),
    innocent: z.string().describe('常见的正当原因'),
    lots: totalsSchema.nullable().describe('按标段的计数；不按标段计算的为 null'),
    organizations: z
      .object({ flagged: countSchema.describe('有提示的'), all: countSchema.describe('可计算的') })
      .nullable()
      .describe('按单位（组）的计数；不按单位计算的为 null'),
  })
  .describe('一项指标')
  .register(API_SCHEMAS, { id: 'FlagIndicator' });

const flaggedLotSchema = z
  .object({
    code: codeSchema,
    projectId: idSchema.describe('项目编号'),
    title: z.string().describe('项目名称'),
    lot: z.string().describe('标段（包）；不分标段的为空'),
    lotName: z.string().nullable().describe('公告中的标段名称'),
    county: countySchema,
    category: categorySchema,
    month: z.string().describe('结果（没有结果的，截止或者公告）所在月份，YYYY-MM'),
    numbers: z.record(z.string(), z.union([z.string(), z.number()])).describe('提示背后的数值'),
    isChecked: z.boolean().describe('是否已经人工核对；核对的结论不公开'),
    replies: z
      .array(
        z.object({
          party: z.string().describe('说明的单位'),
          text: z.string().describe('说明'),
          source: z.string().describe('来源'),
          receivedOn: z.string().describe('收到日期'),
        }),
      )
      .describe('所涉单位的说明'),
  })
  .describe('有提示的标段')
  .register(API_SCHEMAS, { id: 'FlaggedLot' });

export const flagListSchema = z
  .object({
    indicators: z.array(indicatorSchema).describe('各指标；按条件计数'),
    items: z.array(flaggedLotSchema).describe('有提示的标段；只在给出 code 时列出'),
    next: z.string().nullable().describe('下一页的游标（参数 after）；最后一页为 null'),
    asOf: instantSchema.describe('数据截至'),
  })
  .describe('公开提示：只表示值得看一看，不是对任何单位的认定')
  .register(API_SCHEMAS, { id: 'FlagList' });
