import { ARTICLE_FILTERS } from '#src/domain/articles/filter.ts';
import { FEED_FORMAT_KEYS, FEED_FORMATS } from '#src/domain/feeds/urls.ts';
import { fileEndpoint } from '../endpoint.ts';
import { formatOf, NOTICE_QUERY, queryOf, without } from '../parameters.ts';

const FORMATS = Object.fromEntries(FEED_FORMAT_KEYS.map((format) => [format, FEED_FORMATS[format].mediaType]));
/** A feed has one order and a length of its own. With words the search engine answers. */
const FEED = { tag: '文件和订阅', query: without(NOTICE_QUERY, 'sort', 'limit'), cache: 'search' } as const;

export const subscribeNotices = fileEndpoint({
  ...FEED,
  path: '/feeds/notices.{format}',
  operationId: 'subscribeNotices',
  summary: '订阅公告',
  description:
    '任一列表或搜索中本站最新收到的 50 条公告，新收到的在前，所以补发的公告也不会漏掉；JSON Feed 以 next_url 给出下一页。条目编号（urn:uuid）不随网站地址改变。',
  formats: FORMATS,
  parts: { format: formatOf(FORMATS) },
  problems: [400, 404, 503],
  load: async () => (await import('./handlers.ts')).subscribeNotices,
});

export const subscribeArticles = fileEndpoint({
  path: '/feeds/articles.{format}',
  operationId: 'subscribeArticles',
  tag: FEED.tag,
  summary: '订阅文章',
  description:
    '任一文章列表中最新发布或者更正的 50 篇：指南、法律法规、政策和解读、政务公开、视频、答复、通知。参数同 /articles；条目编号（urn:uuid）不随网站地址改变。',
  formats: FORMATS,
  query: without(queryOf(ARTICLE_FILTERS), 'page'),
  cache: 'page',
  parts: { format: formatOf(FORMATS) },
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).subscribeArticles,
});

export const subscribeDeadlines = fileEndpoint({
  ...FEED,
  query: without(FEED.query, 'cursor'),
  path: '/feeds/deadlines.ics',
  operationId: 'subscribeDeadlines',
  summary: '截止时间日历',
  description:
    '任一列表或搜索中各项目的截止和开标时间（iCalendar，RFC 5545、RFC 7986），最多 1000 个项目，用 project 时另有公示结束时间。每个项目的每种日期一个事件，各标段日期不同时各有一个；UID 属于项目，不随更正和网站地址改变，SEQUENCE 随更正增大。已撤回、中止、流标或终止的成为已取消的事件；已过去的保留 30 天。status 不起作用。',
  formats: { ics: 'text/calendar' },
  parts: {},
  problems: [400, 503],
  load: async () => (await import('./handlers.ts')).subscribeDeadlines,
});
