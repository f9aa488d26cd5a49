import { z } from 'zod';
import {
  awardFilterSchema,
  ORGANIZATION_FILTER_LABELS,
  organizationFilterSchema,
} from '#src/domain/organizations/filter.ts';
import { AWARD_PAGE_SIZE } from '../organizations/awards.ts';
import { ORGANIZATION_PAGE_SIZE } from '../organizations/list.ts';
import type { Parameter } from './parameters.ts';

type Key = keyof typeof ORGANIZATION_FILTER_LABELS;

const NOTES: Record<Key, { note: string; example: string | number }> = {
  q: { note: '名称（含曾用名）的一部分，拼音首字母，或统一社会信用代码的开头至少四位', example: '示例建设' },
  role: { note: 'buyer 采购（招标、出让）人，agency 代理机构，supplier 中标（成交）供应商', example: 'supplier' },
  county: { note: '一个县（市、区）', example: 'qufu' },
  partner: { note: '单位编号：只要与它往来的', example: 'b7xw2nha4c6d' },
  cursor: { note: '上一页答复中的 next，原样传回；其余参数保持不变', example: 'WzMsInE0d3I3bnp0MmY1YiJd' },
  limit: { note: '1 到 200', example: 50 },
};

/** The parameters of the list of organizations, out of the very schema that parses them. */
export const organizationFilterParameters = (): Parameter[] =>
  toParameters(organizationFilterSchema, ORGANIZATION_PAGE_SIZE);

/** The parameters that choose the awards of one organization. */
export const awardFilterParameters = (): Parameter[] => toParameters(awardFilterSchema, AWARD_PAGE_SIZE);

function toParameters(schema: z.ZodObject, pageSize: number): Parameter[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return (Object.keys(schema.shape) as Key[]).map((name) => ({
    name,
    in: 'query',
    required: false,
    description: `${ORGANIZATION_FILTER_LABELS[name]}：${NOTES[name].note}${name === 'limit' ? `，默认 ${pageSize}` : ''}`,
    schema: properties[name] as object,
    example: NOTES[name].example,
  }));
}
