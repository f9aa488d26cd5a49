import { FLAG_PAGE, SCORE_FILTERS } from '#src/domain/flags/filter.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { listFileEndpoint } from '../list-file.ts';
import { queryOf, without } from '../parameters.ts';
import { scoreSchema } from './schema.ts';

const QUERY = queryOf(SCORE_FILTERS, FLAG_PAGE);
const TOTALS = { onTime: 12, late: 1, missing: 2, due: 3, unchecked: 8, notApplicable: 10 };

export const getScore = jsonEndpoint({
  path: '/api/v1/score',
  operationId: 'getScore',
  tag: '公告和项目',
  summary: '信息公开评分',
  description:
    '每个项目对照信息公开标准目录中适用的事项和已确认的法定期限：按期、逾期、应公开未公开、期限未到、无法核对、不适用的计数，按县区、月份、事项。给出 state 时逐项列出项目、规则和日期。医疗器械、综合交易没有适用的事项。与 /score 页面同参数、同内容。',
  parts: {},
  query: QUERY,
  cache: 'page',
  example: { state: 'missing', limit: '2' },
  response: scoreSchema,
  answer: {
    counties: [{ county: 'qufu', totals: TOTALS }],
    months: [{ month: '2026-05', totals: TOTALS }],
    items: [{ item: 20, title: '采购合同', totals: TOTALS }],
    duties: [
      {
        projectId: 'k3vq7mzt2f5a',
        title: '某某县第一中学实验室设备采购项目',
        county: 'qufu',
        category: 'procurement',
        buyer: '某某县第一中学',
        round: 1,
        lots: [],
        item: 20,
        state: 'missing',
        rule: 'G-13',
        dueOn: '2026-05-20',
        doneOn: null,
        reason: '《政府采购法》第四十六条：发出中标、成交通知书至签订合同',
      },
    ],
    next: null,
    day: '2026-06-15',
  },
  problems: [400],
  load: async () => (await import('./handlers.ts')).getScore,
});

export const exportScore = listFileEndpoint({
  path: '/api/v1/score.{format}',
  operationId: 'exportScore',
  summary: '导出公开事项',
  description: '一种状态的全部公开事项，不分页；不给 state 时为应公开未公开的。',
  query: without(QUERY, 'after'),
  example: { state: 'missing' },
  load: async () => (await import('./handlers.ts')).exportScore,
});
