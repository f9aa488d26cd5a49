import { z } from 'zod';
import { EXPOSURE_FILTER_LABELS, type ExposureFilterKey, exposureFilterSchema } from '#src/domain/exposures/filter.ts';
import { EXPOSURE_PAGE_SIZE } from '../exposures/list.ts';
import { type MatchQuery, matchQuerySchema } from '../exposures/match.ts';
import type { Parameter } from './parameters.ts';

interface Note {
  note: string;
  example: string | number;
}

const FILTER_NOTES: Record<ExposureFilterKey, Note> = {
  q: {
    note: '单位名称的一部分（含曾用名全称）、统一社会信用代码或决定书文号；不按自然人姓名查找',
    example: '示例建设',
  },
  board: { note: '不给时两份名单都在内', example: 'exposure' },
  subject: { note: '一种主体', example: 'supplier' },
  county: { note: '一个县（市、区）', example: 'qufu' },
  misconduct: { note: '一种行为', example: 'bidRiggingAmongBidders' },
  body: { note: '名称的一部分', example: '财政局' },
  from: { note: '含当日，YYYY-MM-DD', example: '2026-01-01' },
  to: { note: '含当日，YYYY-MM-DD', example: '2026-12-31' },
  cursor: {
    note: '上一页答复中的 next，原样传回；其余参数保持不变',
    example: 'WyIyMDI2LTA1LTEwIiwiazN2cTdtenQyZjVhIl0',
  },
  limit: { note: `1 到 200，默认 ${EXPOSURE_PAGE_SIZE}`, example: 50 },
};

const MATCH_NOTES: Record<keyof MatchQuery, Note> = {
  name: {
    note: '单位名称：全称；空格、括号、全角、繁体和形近字符不影响结果。只凭名称的结果都标为未核实',
    example: '示例建设有限公司',
  },
  code: { note: '统一社会信用代码：校验位须正确', example: '91370800000000000X' },
};

/** The parameters of the exposure lists, out of the very schema that parses them. */
export function exposureFilterParameters(): Parameter[] {
  const labels = EXPOSURE_FILTER_LABELS;
  const notes = Object.entries(FILTER_NOTES).map(([name, { note, example }]): [string, Note] => [
    name,
    { note: `${labels[name as ExposureFilterKey]}：${note}`, example },
  ]);
  return toParameters(exposureFilterSchema, Object.fromEntries(notes));
}

/** The parameters of the look-up. */
export function matchParameters(): Parameter[] {
  return toParameters(matchQuerySchema, MATCH_NOTES);
}

function toParameters(schema: z.ZodObject, notes: Record<string, Note>): Parameter[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(notes).map(([name, { note, example }]) => ({
    name,
    in: 'query',
    required: false,
    description: note,
    schema: properties[name] as object,
    example,
  }));
}
