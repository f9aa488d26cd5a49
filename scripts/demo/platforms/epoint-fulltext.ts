import type { DemoCategory } from '../generate/model.ts';
import { type Column, type ColumnGroup, makeColumns, toColumnMap, unmappedColumn } from './columns.ts';
import { article, articlePath, dashedGuid, findArticle } from './epoint.ts';
import { listedDistrict, listedTime, listedTitle } from './flaws.ts';
import { encodeJsonGb18030 } from './gb18030.ts';
import { ERROR_PAGE } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  json,
  listItems,
  type Page,
  type Platform,
  type Site,
  type SiteAnswer,
  type SiteRequest,
  slicePage,
} from './site.ts';
import type { FeedItem } from './store.ts';

const ENDPOINT = 'inteligentsearch/rest/esinteligentsearch/getFullTextDataNew';
const LAYOUT = { heading: 'infotitle', body: 'id="noticeArea"', attachments: 'shengzf-Attach' };
const PREFIXES: Record<DemoCategory, string> = {
  construction: '003001',
  procurement: '003002',
  property: '003003',
  land: '003004',
  medical: '003006',
  general: '003007',
};
const SUFFIXES: Record<ColumnGroup, string> = {
  plan: '001',
  tender: '002',
  clarify: '003',
  change: '004',
  candidates: '005',
  award: '006',
  ended: '007',
  contract: '008',
  opening: '009',
  offer: '001',
  deal: '002',
};

/** Ways in which installations differ. */
export type Variant = 'plain' | 'gb18030' | 'sdwrap';

/**
 * Epoint full-text search (docs/feeds.md#epoint): highlighted titles, shortened contents, changing counters. Variants send
 * GB18030 under a header that says UTF-8, or wrap the answer as text in a second JSON.
 */
export function makeEpointFulltext(variant: Variant): Platform {
  const mapped = makeColumns((category, group) => `${PREFIXES[category]}${SUFFIXES[group]}`);
  const columns = variant === 'plain' ? [...mapped, unmappedColumn('003009001', '曝光台')] : mapped;
  return {
    adapter: 'epoint-fulltext',
    columns,
    settings: (_county, root) => ({ base: root, columns: toColumnMap(columns) }),
    answer(request, site) {
      if (request.path === ENDPOINT) return search(request, site, columns, variant);
      const item = findArticle(request.path, site);
      return item && article(item, site, LAYOUT);
    },
  };
}

interface Query {
  pn: unknown;
  rn: unknown;
  cl?: unknown;
  condition?: { fieldName: string; equal: string }[] | null;
  time?: { fieldName: string; startTime: string; endTime: string }[] | null;
}

function search(request: SiteRequest, site: Site, columns: readonly Column[], variant: Variant): SiteAnswer {
  const query = JSON.parse(request.body) as Query;
  const { pn, rn } = query;
  // Numbers as text are answered with an error page, as the real one does.
  if (typeof pn !== 'number' || typeof rn !== 'number') return ERROR_PAGE;
  const found = slicePage(select(query, site, columns), pn / rn, rn);
  const answer = { result: toResult(found, site, columns, variant) };
  if (variant === 'sdwrap') return json({ code: 200, content: JSON.stringify(answer) });
  if (variant === 'plain') return json(answer);
  return { type: 'application/json;charset=UTF-8', body: encodeJsonGb18030(JSON.stringify(answer)) };
}

/** The items of every column that a condition covers, inside the asked time, newest first. */
function select({ condition, time }: Query, site: Site, columns: readonly Column[]): FeedItem[] {
  const prefix = condition?.find(({ fieldName }) => fieldName === 'categorynum')?.equal ?? '';
  const [span] = time ?? [];
  const wanted = columns.filter(({ code }) => code.startsWith(prefix));
  return wanted
    .flatMap((column) => listItems(site, column))
    .filter(({ notice }) => !span || (notice.publishedAt >= span.startTime && notice.publishedAt <= span.endTime))
    .sort((a, b) => (a.notice.publishedAt < b.notice.publishedAt ? 1 : -1));
}

function toResult({ rows, total }: Page<FeedItem>, site: Site, columns: readonly Column[], variant: Variant) {
  return {
    totalcount: variant === 'plain' ? total : String(total),
    categorys: [{ categorynum: '003', count: String(total), categoryname: '交易信息' }],
    records: rows.map((item) => record(item, site, columns)),
    maxScore: 'NaN',
    scorllId: '',
    executetime: '0.014',
    analyze: null,
  };
}

function record(item: FeedItem, site: Site, columns: readonly Column[]): Record<string, unknown> {
  const title = listedTitle(item, item.notice.title);
  const district = listedDistrict(item);
  const time = listedTime(item);
  const text = servedBody(item)
    .replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, ' ');
  const column = columns.find(({ code }) => articlePath(item, columns).includes(`/${code}/`));
  return {
    id: `${dashedGuid(item)}_001`,
    infoid: dashedGuid(item),
    title: title.replace(/(公告|公示)/, '<em style="color:red">$1</em>'),
    content: `${text.slice(0, 200)}...`,
    categorynum: column?.code,
    categoryname: column?.label,
    linkurl: `/${site.county}/${articlePath(item, columns)}`,
    webdate: time,
    infodate: time,
    showdate: time,
    zhuanzai: site.calls % 2 === 0 ? district : [district],
    syscategory: '001',
    syscollectguid: '4d00a2d2-8163-4cb4-bc35-7063b36c2b87',
    sysclicktimes: site.calls,
    userguid: [''],
  };
}
