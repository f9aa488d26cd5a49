import { ARTICLE_FILTERS } from '#src/domain/articles/filter.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { idOf, NO_QUERY, queryOf } from '../parameters.ts';
import { articlePageSchema, articleSchema, SUMMARY_EXAMPLE } from './schema.ts';

export const listArticles = jsonEndpoint({
  path: '/api/v1/articles',
  operationId: 'listArticles',
  tag: '公告和项目',
  summary: '文章',
  description: '办事指南、法律法规、政策文件和解读、政务公开、视频、答复、通知。与 /articles 页面同参数、同内容。',
  parts: {},
  query: queryOf(ARTICLE_FILTERS),
  cache: 'page',
  example: { kind: 'guide' },
  response: articlePageSchema,
  answer: { items: [SUMMARY_EXAMPLE], total: 1 },
  problems: [400],
  load: async () => (await import('./handlers.ts')).listArticles,
});

export const getArticle = jsonEndpoint({
  path: '/api/v1/articles/{id}',
  operationId: 'getArticle',
  tag: '公告和项目',
  summary: '一篇文章',
  description: '正文、步骤、音视频、全部版本，以及相关的文件和解读。已撤回的为 410，写明原因。',
  parts: { id: idOf('article') },
  query: NO_QUERY,
  cache: 'page',
  response: articleSchema,
  answer: {
    ...SUMMARY_EXAMPLE,
    ...{ source: '通明编写组', effectiveOn: null, raisedOn: null, answeredOn: null, keywords: '政府采购' },
    bodyHtml: '<p>适用于采购人使用财政性资金采购。</p>',
    steps: [
      {
        ...{ title: '公开采购意向', holder: '采购人', limit: '采购活动开始前 30 日' },
        ...{ rule: '财库〔2020〕10号', risk: '意向笼统。防控：写明预算。', note: '' },
      },
    ],
    ...{ media: null, page: '', attachments: [], related: [], files: [] },
    versions: [{ version: 1, reason: 'published', note: '', at: '2026-03-02T01:00:00.000Z', hash: '0'.repeat(64) }],
  },
  problems: [400, 404, 410],
  load: async () => (await import('./handlers.ts')).getArticle,
});
