import { jsonEndpoint } from '../endpoint.ts';
import { EXAMPLE_AS_OF, NOTICE_EXAMPLES } from '../notices/examples.ts';
import { NO_QUERY } from '../parameters.ts';
import type { SourceListResult } from './list.ts';
import { sourceListSchema } from './schema.ts';

const RUN = { fetched: 120, created: 3, changed: 1, unchanged: 115, rejected: 1 };

/** An answer as it looks, for the document. */
const SOURCES_EXAMPLE: SourceListResult = {
  items: [
    {
      key: 'qufu-example',
      name: '示例县公共资源交易网',
      county: 'qufu',
      homepage: 'https://trade.example/',
      direction: 'pull',
      state: 'fresh',
      lastAttemptAt: EXAMPLE_AS_OF,
      lastSuccessAt: EXAMPLE_AS_OF,
      lagSeconds: 240,
      lastPublishedAt: NOTICE_EXAMPLES.summary.publishedAt,
      lastItemCount: 120,
      consecutiveFailures: 0,
      lastError: null,
      heldReason: null,
      schedule: '*/10 * * * *',
      lastRun: { ...RUN, startedAt: '2026-06-15T03:59:40.000Z', finishedAt: EXAMPLE_AS_OF, state: 'succeeded' },
      days: [{ ...RUN, date: '2026-06-15', state: 'ok', runs: 72 }],
      rejected: 1,
    },
  ],
  total: 1,
  asOf: EXAMPLE_AS_OF,
  next: null,
  states: { fresh: 1 },
  unknown: [],
};

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
