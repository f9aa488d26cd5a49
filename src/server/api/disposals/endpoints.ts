import type { DisposalPage } from '../../ocds/list.ts';
import { fileEndpoint, jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY, NOTICE_QUERY } from '../parameters.ts';
import { disposalPageSchema } from './schema.ts';

/** An answer as it looks, for the document. Names and numbers are made up. */
const DISPOSALS_EXAMPLE: DisposalPage = {
  items: [
    {
      id: 'm3vq7mzt2f5c-1',
      processId: 'r2xw6nha4c7e',
      category: 'land',
      stage: 'landDealNotice',
      event: 'deal',
      date: '2026-06-12T09:30:00+08:00',
      title: '示例县 2026-1 号宗地成交公示',
      seller: { name: '示例县自然资源和规划局' },
      purchasers: [{ name: '某某置业有限公司' }],
      assets: [{ id: '2026-1号', areaSquareMetres: 20_000, dealPrice: { amount: 96_000_000, currency: 'CNY' } }],
      documents: [{ id: 'm3vq7mzt2f5c', title: '示例县 2026-1 号宗地成交公示' }],
    },
  ],
  asOf: '2026-06-15T04:00:00.000Z',
  next: null,
};

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
