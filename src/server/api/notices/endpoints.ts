import { jsonEndpoint } from '../endpoint.ts';
import { listFileEndpoint } from '../list-file.ts';
import { idOf, NO_QUERY, NOTICE_QUERY } from '../parameters.ts';
import { NOTICE_EXAMPLES } from './examples.ts';
import { noticePageSchema, noticeSchema, noticeVersionsSchema } from './schema.ts';

const TWIN = { status: 301, description: '同一公告在另一网站的编号：转到唯一的地址' } as const;

export const listNotices = jsonEndpoint({
  path: '/api/v1/notices',
  operationId: 'listNotices',
  tag: '公告和项目',
  summary: '公告列表',
  description: '按条件筛选公告，附总数和分项条数。与 /notices 页面同参数、同内容。',
  parts: {},
  query: NOTICE_QUERY,
  cache: 'page',
  example: { category: 'procurement', limit: '2' },
  response: noticePageSchema,
  answer: NOTICE_EXAMPLES.page,
  redirect: { status: 302, description: '带搜索词（q）时转到 /api/v1/search' },
  problems: [400, 503],
  load: async () => (await import('./handlers.ts')).listNotices,
});

export const getNotice = jsonEndpoint({
  path: '/api/v1/notices/{id}',
  operationId: 'getNotice',
  tag: '公告和项目',
  summary: '公告全文',
  description: '一条公告的要素、正文、附件、版本，同项目的公告和相关公告。',
  parts: { id: idOf('notice') },
  query: NO_QUERY,
  cache: 'page',
  response: noticeSchema,
  answer: NOTICE_EXAMPLES.notice,
  redirect: TWIN,
  problems: [400, 404, 410],
  load: async () => (await import('./handlers.ts')).getNotice,
});

export const listNoticeVersions = jsonEndpoint({
  path: '/api/v1/notices/{id}/versions',
  operationId: 'listNoticeVersions',
  tag: '公告和项目',
  summary: '公告的版本',
  description:
    '一条公告先后发布的全部版本，每个版本的指纹和变更的字段。已撤回或依法删除的，只说明曾有这些版本、何时、因何，不含其内容。',
  parts: { id: idOf('notice') },
  query: NO_QUERY,
  cache: 'page',
  response: noticeVersionsSchema,
  answer: NOTICE_EXAMPLES.versions,
  redirect: TWIN,
  problems: [400, 404, 410],
  load: async () => (await import('./handlers.ts')).listNoticeVersions,
});

export const exportNotices = listFileEndpoint({
  path: '/api/v1/notices.{format}',
  operationId: 'exportNotices',
  summary: '导出公告',
  description: '任一列表或搜索的全部公告，不分页。CSV 为 UTF-8（带 BOM）；金额以元计，时间为北京时间。',
  query: NOTICE_QUERY,
  example: { category: 'procurement', county: 'qufu' },
  load: async () => (await import('./handlers.ts')).exportNotices,
});

export const exportLots = listFileEndpoint({
  path: '/api/v1/lots.{format}',
  operationId: 'exportLots',
  summary: '导出标段（包、宗地）',
  description:
    '任一列表或搜索的全部公告，每个标段（包、宗地）一行，有几个候选人或投标人就有几行：预算、限价、单位、价格、项目负责人和证书。不分标段的公告一行。',
  query: NOTICE_QUERY,
  example: { category: 'construction', stage: 'awardNotice' },
  load: async () => (await import('./handlers.ts')).exportLots,
});
