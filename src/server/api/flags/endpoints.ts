import { FLAG_FILTERS, FLAG_PAGE } from '#src/domain/flags/filter.ts';
import { flagDefinition } from '#src/domain/flags/registry.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { listFileEndpoint } from '../list-file.ts';
import { EXAMPLE_AS_OF } from '../notices/examples.ts';
import { queryOf, without } from '../parameters.ts';
import { flagListSchema } from './schema.ts';

const QUERY = queryOf(FLAG_FILTERS, FLAG_PAGE);
const { title, kind, formula, inputs, threshold, source, innocent } = flagDefinition('F13');

export const listFlags = jsonEndpoint({
  path: '/api/v1/flags',
  operationId: 'listFlags',
  tag: '公告和项目',
  summary: '公开提示',
  description:
    '三十五项公开算法的提示：算式、界限、来源、常见的正当原因，可计算的标段数和不能计算的原因。给出 code 时列出有提示的标段和背后的数值。提示只表示值得看一看，不是对任何单位的认定；不涉及自然人，把企业放在一起比较的只有计数。与 /flags 页面同参数、同内容。',
  parts: {},
  query: QUERY,
  cache: 'page',
  example: { code: 'F13', limit: '2' },
  response: flagListSchema,
  answer: {
    indicators: [
      {
        ...{ code: 'F13', title, kind, formula, inputs, threshold, source, ocp: 'R028', quartiles: null, innocent },
        lots: { flagged: 1, clear: 40, missing: [{ why: 'bids', total: 120 }] },
        organizations: null,
      },
    ],
    items: [
      {
        code: 'F13',
        projectId: 'k3vq7mzt2f5a',
        title: '某某县第一中学实验室设备采购项目',
        lot: '1',
        lotName: '一标段',
        county: 'qufu',
        category: 'procurement',
        month: '2026-05',
        numbers: { 相同报价: '568000.00 元', 投标人数: 2, 有报价的投标人: 5 },
        isChecked: false,
        replies: [
          {
            party: '某某县第一中学',
            text: '两家按政府指导价报价。',
            source: '某中函〔2026〕3号',
            receivedOn: '2026-06-20',
          },
        ],
      },
    ],
    next: null,
    asOf: EXAMPLE_AS_OF,
  },
  problems: [400],
  load: async () => (await import('./handlers.ts')).listFlags,
});

export const exportFlags = listFileEndpoint({
  path: '/api/v1/flags.{format}',
  operationId: 'exportFlags',
  summary: '导出公开提示',
  description: '有提示的全部标段和背后的数值，不分页；可按指标、年份、县区、类别。',
  query: without(QUERY, 'after'),
  example: { code: 'F13' },
  load: async () => (await import('./handlers.ts')).exportFlags,
});
