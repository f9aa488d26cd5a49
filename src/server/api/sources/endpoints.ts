import { jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY } from '../parameters.ts';
import { SOURCES_EXAMPLE } from './example.ts';
import { sourceListSchema } from './schema.ts';

export const listSources = jsonEndpoint({
  path: '/api/v1/sources',
  operationId: 'listSources',
  tag: '变更和数据来源',
  summary: '数据来源的同步情况',
  description:
    '每个来源的状态、最近成功时间、延迟、最近一次和近 30 天的条数、拒收条数，以及尚未对应的代码。不含拒收内容。',
  parts: {},
  query: NO_QUERY,
  cache: 'board',
  response: sourceListSchema,
  answer: SOURCES_EXAMPLE,
  problems: [400],
  load: async () => (await import('./handlers.ts')).listSources,
});
