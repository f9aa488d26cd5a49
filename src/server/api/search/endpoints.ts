import { jsonEndpoint } from '../endpoint.ts';
import { NOTICE_QUERY } from '../parameters.ts';
import { SEARCH_EXAMPLE } from './example.ts';
import { searchPageSchema } from './schema.ts';

export const searchNotices = jsonEndpoint({
  path: '/api/v1/search',
  operationId: 'searchNotices',
  tag: '公告和项目',
  summary: '搜索公告',
  description:
    '全文搜索，最相关的在前；总数和分项条数精确。plan 说明搜索词是怎样理解的，engine 说明由哪个引擎查找。没有搜索词时同公告列表。',
  parts: {},
  query: NOTICE_QUERY,
  cache: 'search',
  example: { q: '采购', limit: '2' },
  response: searchPageSchema,
  answer: SEARCH_EXAMPLE,
  problems: [400, 503],
  load: async () => (await import('./handlers.ts')).searchNotices,
});
