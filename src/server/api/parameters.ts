import { z } from 'zod';
import { FILTER_LABELS, type NoticeFilterKey, noticeFilterSchema } from '#src/domain/notice-filter.ts';
import { PAGE_SIZE } from '../notices/list.ts';

/** What the document says of each parameter of a list, besides what its schema says. */
const NOTES: Record<NoticeFilterKey, { note: string; example: string | number }> = {
  q: { note: '空格分隔的词都须包含；引号内原样匹配；词前加减号排除；可输入项目编号、拼音或简称', example: '污水处理' },
  category: { note: '一个类别', example: 'construction' },
  stage: { note: '一个环节', example: 'tenderNotice' },
  county: { note: '一个县（市、区）', example: 'qufu' },
  from: { note: '含当日，北京时间，YYYY-MM-DD', example: '2026-01-01' },
  to: { note: '含当日，北京时间，YYYY-MM-DD', example: '2026-12-31' },
  min: { note: '含，最多两位小数；没有金额的公告不在其内', example: '1000000' },
  max: { note: '含，最多两位小数；没有金额的公告不在其内', example: '5000000' },
  status: { note: 'open 尚未截止，closed 已截止；没有截止时间的公告不在其内', example: 'open' },
  buyer: { note: '全称', example: '某某县教育和体育局' },
  supplier: { note: '全称', example: '某某建设有限公司' },
  sort: {
    note: 'published 新发布的在前；deadline 先截止的在前，其后为已截止和没有截止时间的；amount 金额大的在前；relevance 最相关的在前，只用于有搜索词时',
    example: 'deadline',
  },
  cursor: {
    note: '上一页答复中的 next，原样传回；其余参数保持不变',
    example: 'WyJzZWFyY2giLDIwLCIyMDI2LTA2LTE1VDA0OjAwOjAwLjAwMFoiXQ',
  },
  limit: { note: `1 到 200，默认 ${PAGE_SIZE}`, example: 50 },
};

export interface Parameter {
  name: string;
  in: 'query' | 'path';
  required: boolean;
  description: string;
  schema: object;
  example: string | number;
}

/** The parameters of the notice lists, out of the very schema that parses them. */
export function listFilterParameters(): Parameter[] {
  const { properties = {} } = z.toJSONSchema(noticeFilterSchema, { io: 'input' });
  return (Object.keys(noticeFilterSchema.shape) as NoticeFilterKey[]).map((name) => ({
    name,
    in: 'query',
    required: false,
    description: `${FILTER_LABELS[name]}：${NOTES[name].note}`,
    schema: properties[name] as object,
    example: NOTES[name].example,
  }));
}
