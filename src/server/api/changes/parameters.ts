import { z } from 'zod';
import { CHANGES_PAGE_SIZE, type ChangesQuery, changesQuerySchema } from '../../changes/query.ts';
import type { Parameter, Query } from '../parameters.ts';

const NOTES: Record<keyof ChangesQuery, { note: string; example: number | string }> = {
  of: {
    note: '哪一类内容的变更：notices 公告（默认），exposures 曝光台与黑名单条目，library 企业名录（资质、业绩、荣誉、人员）；各有各的序号',
    example: 'exposures',
  },
  since: { note: '上一次答复的 next；不给时从头读起', example: '5f0c2a9be1d74836-1024' },
  limit: { note: `1 到 1000，默认 ${CHANGES_PAGE_SIZE}`, example: 500 },
  reader: { note: '登记过的镜像站的名称，供数据同步页显示它读到了哪里；可以不给', example: 'province' },
  wait: { note: '暂无变更时最多等待的秒数，0 到 30，默认 0', example: 20 },
};

/** The query of the changes, described out of the very schema that parses it. */
export const CHANGES_QUERY: Query = { names: Object.keys(NOTES), describe: describeParameters };

function describeParameters(): Parameter[] {
  const { properties = {} } = z.toJSONSchema(changesQuerySchema, { io: 'input' });
  return (Object.keys(NOTES) as (keyof ChangesQuery)[]).map((name) => ({
    name,
    in: 'query',
    required: false,
    description: NOTES[name].note,
    schema: properties[name] as object,
    example: NOTES[name].example,
  }));
}
