import { z } from 'zod';
import { REPORT_FORM_KEYS } from '#src/domain/annual-report/forms.ts';
import { API_SCHEMAS, categorySchema, instantSchema } from '../terms.ts';

const summary = {
  year: z.int().describe('报告年度'),
  form: z.enum(REPORT_FORM_KEYS).describe('格式：2020 或者 2021'),
  version: z.int().min(1).describe('第几版'),
  sha256: z.string().describe('内容（规范 JSON）的 SHA-256'),
  publishedAt: instantSchema.describe('公布时间'),
  url: z.string().describe('网页地址'),
};

export const reportListSchema = z
  .object({ items: z.array(z.object(summary)).describe('每个年度、每种格式的最新一版，新的在前') })
  .describe('政府信息公开工作年度报告')
  .register(API_SCHEMAS, { id: 'AnnualReportList' });

export const reportSchema = z
  .object({
    ...summary,
    issuer: z.string().describe('报告机关'),
    reason: z.string().describe('发布说明；没有为空'),
    cells: z
      .array(
        z.object({
          key: z.string().describe('单元格'),
          label: z.string().describe('单元格的名称'),
          value: z.int().describe('数字；金额为整数分'),
          source: z.string().nullable().describe('人工填报的来源；系统计算的为 null'),
        }),
      )
      .describe('报告里的全部数字'),
    texts: z.record(z.string(), z.array(z.string())).describe('正文各部分的段落'),
  })
  .describe('一份年度报告：与网页、Word、PDF 的数字相同')
  .register(API_SCHEMAS, { id: 'AnnualReport' });

export const catalogueSchema = z
  .object({
    items: z
      .array(
        z.object({
          number: z.int().describe('序号'),
          category: categorySchema,
          title: z.string().describe('公开事项'),
          elements: z.string().describe('公开内容（要素）'),
          basis: z.string().describe('公开依据'),
          time: z.string().describe('公开时限'),
          holder: z.string().describe('公开主体'),
          channels: z.array(z.string()).describe('公开渠道和载体'),
          state: z
            .enum(['fresh', 'stale', 'missing', 'notApplicable'])
            .describe('状态：fresh 有更新，stale 超期，missing 没有内容，notApplicable 不适用'),
          reason: z.string().describe('状态的理由'),
          count: z.int().min(0).describe('本平台公开的条数'),
          latest: z.string().nullable().describe('最近一条的日期'),
        }),
      )
      .describe('40 个公开事项'),
  })
  .describe('主动公开基本目录')
  .register(API_SCHEMAS, { id: 'DisclosureCatalogue' });
