import { REPORT_FILTERS } from '#src/domain/annual-report/filter.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { EXAMPLE_AS_OF } from '../notices/examples.ts';
import { NO_QUERY, queryOf } from '../parameters.ts';
import { catalogueSchema, reportListSchema, reportSchema } from './schema.ts';

const SUMMARY = {
  ...{ year: 2020, form: '2020' as const, version: 1, sha256: '9f'.repeat(32), publishedAt: EXAMPLE_AS_OF },
  url: 'https://example.gov.cn/disclosure/reports/2020?form=2020&version=1',
};
const TAG = '变更和数据来源';

export const listAnnualReports = jsonEndpoint({
  path: '/api/v1/annual-reports',
  operationId: 'listAnnualReports',
  tag: TAG,
  summary: '年度报告列表',
  description: '已公布的政府信息公开工作年度报告，每个年度、每种格式一条。',
  parts: {},
  query: NO_QUERY,
  cache: 'steady',
  response: reportListSchema,
  answer: { items: [SUMMARY] },
  problems: [400],
  load: async () => (await import('./handlers.ts')).listAnnualReports,
});

export const getAnnualReport = jsonEndpoint({
  path: '/api/v1/annual-reports/{year}',
  operationId: 'getAnnualReport',
  tag: TAG,
  summary: '一份年度报告',
  description:
    '一个年度公布的报告，不写格式和版本的为规定格式的最新一版：每个单元格的数字和人工填报的来源，正文各部分的段落。与网页、PDF、Word 的数字相同。',
  parts: { year: { example: '2020', description: '报告年度', schema: { type: 'string', pattern: '^[0-9]{4}$' } } },
  query: queryOf(REPORT_FILTERS),
  cache: 'steady',
  response: reportSchema,
  answer: {
    ...SUMMARY,
    ...{ issuer: '示例市公共资源交易服务中心', reason: '' },
    cells: [
      {
        key: 'three.newReceived.total',
        label: '表三 · 一、本年新收政府信息公开申请数量 · 总计',
        value: 7,
        source: null,
      },
    ],
    texts: { requests: ['2020年，共收到政府信息公开申请7件，同比降低30%；上年结转0件。'] },
  },
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).getAnnualReport,
});

export const getDisclosureCatalogue = jsonEndpoint({
  path: '/api/v1/disclosure-catalogue',
  operationId: 'getDisclosureCatalogue',
  tag: TAG,
  summary: '主动公开基本目录',
  description: '公共资源交易领域的 40 个公开事项，以及本平台公开的条数和状态。',
  parts: {},
  query: NO_QUERY,
  cache: 'board',
  response: catalogueSchema,
  answer: {
    items: [
      {
        ...{ number: 3, category: 'construction', title: '招标公告', elements: '招标人、项目名称、投标截止时间' },
        ...{
          basis: '国家发展改革委令第10号',
          time: '及时',
          holder: '招标人或其代理机构',
          channels: ['公共资源交易平台'],
        },
        ...{ state: 'fresh', reason: '共 12 条，最近 2026-05-06', count: 12, latest: '2026-05-06' },
      },
    ],
  },
  problems: [400],
  load: async () => (await import('./handlers.ts')).getDisclosureCatalogue,
});
