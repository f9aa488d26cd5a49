import { fileEndpoint, jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY, NOTICE_QUERY } from '../parameters.ts';
import { DISPOSALS_EXAMPLE } from './example.ts';
import { disposalPageSchema } from './schema.ts';

export const listDisposals = jsonEndpoint({
  path: '/api/v1/disposals',
  operationId: 'listDisposals',
  tag: '开放合同数据和资产处置',
  summary: '资产处置',
  description:
    '土地使用权、矿业权和产权交易公告的当前版本。OCDS 只描述采购，处置另成一式，JSON Schema 见 /api/v1/disposals/schema.json。',
  parts: {},
  query: NOTICE_QUERY,
  cache: 'page',
  example: { category: 'land', limit: '2' },
  response: disposalPageSchema,
  answer: DISPOSALS_EXAMPLE,
  problems: [400, 503],
  load: async () => (await import('./handlers.ts')).listDisposals,
});

export const getDisposalSchema = fileEndpoint({
  path: '/api/v1/disposals/schema.json',
  operationId: 'getDisposalSchema',
  tag: '开放合同数据和资产处置',
  summary: '资产处置的 JSON Schema',
  description: '/api/v1/disposals 每一条的 JSON Schema（2020-12）。',
  formats: { json: 'application/schema+json' },
  parts: {},
  query: NO_QUERY,
  cache: 'page',
  problems: [400],
  load: async () => (await import('./handlers.ts')).getDisposalSchema,
});
