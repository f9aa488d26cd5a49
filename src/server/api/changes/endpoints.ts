import { z } from 'zod';
import { CHANGES_PAGE_SIZE, type ChangesQuery, changesQuerySchema } from '../../changes/query.ts';
import { jsonEndpoint } from '../endpoint.ts';
import type { Parameter, Query } from '../parameters.ts';
import { changePageSchema } from './schema.ts';

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
const CHANGES_QUERY: Query = { names: Object.keys(NOTES), describe: describeParameters };

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

export const listChanges = jsonEndpoint({
  path: '/api/v1/changes',
  operationId: 'listChanges',
  tag: '变更和数据来源',
  summary: '公开内容的变更',
  description:
    '按提交先后给出公开公告的新增、变更和下线，供镜像站和上下级系统跟随：沿 next 读下去不会遗漏，可能重复；重放全部变更即得到全部公开公告。数据库从备份恢复后，此前的游标答复 410：请不带 since 从头读取，没有再次给出的即不再公开。of 换为另一类公开内容：条目只在依法公示期间给出，公示结束即为 remove，不带任何内容。wait 在暂无变更时等待；没有变更时 ETag 不变。',
  parts: {},
  query: CHANGES_QUERY,
  // Waits for changes.
  cache: 'asked',
  example: { since: '0', limit: '2' },
  response: changePageSchema,
  answer: {
    items: [{ seq: 1025, id: 'k3vq7mzt2f5a', at: '2026-06-15T01:31:00.000Z', kind: 'remove' }],
    next: '5f0c2a9be1d74836-1025',
    newest: '5f0c2a9be1d74836-1025',
    upToDate: true,
  },
  problems: [400, 410],
  load: async () => (await import('./handlers.ts')).listChanges,
});
