import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { readRows, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { lostRows } from '#src/formats/html.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle, pickTitle, tidy } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { findBody, listAttachments, readWholePage, requireBody } from './common/article.ts';
import { columnsSchema, findColumn } from './common/columns.ts';
import { sliceWindow } from './common/window.ts';

const ROWS_A_PAGE = 20;
const ROWS = 'ul.vT-srch-result-list-bid > li, ul.c_list_bid > li';
const LISTS = 'ul.vT-srch-result-list-bid, ul.c_list_bid';
const BODIES = ['#noticeArea', '.vF_detail_content'];
const TOO_FAST = /访问过于频繁|频繁访问/;
const TIME = /\d{4}[-.年]\d{1,2}[-.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?/;

const settingsSchema = z.strictObject({
  /** Search page, and its fixed parameters (`displayZone`, `zoneId`, `kw` …). */
  search: z.strictObject({ url: z.url({ protocol: /^https?$/ }), query: z.record(z.string(), z.string()) }).optional(),
  /** Channel lists, first page. */
  channels: z.array(z.strictObject({ url: z.url({ protocol: /^https?$/ }), column: z.string() })).default([]),
  /** Column code = type of notice as the site writes it (`公开招标公告`), or the channel's column. */
  columns: columnsSchema,
  /** Days of one search: the site stops paging deep. */
  sliceDays: z.number().int().min(1).optional(),
});
type Settings = z.infer<typeof settingsSchema>;

/** 中国政府采购网 ccgp.gov.cn: search results, channel lists and notices in HTML (docs/feeds.md#government-procurement). */
export const ccgp: FeedAdapter<Settings> = {
  key: 'ccgp',
  name: '中国政府采购网',
  caveats: ['访问稍快即返回“访问过于频繁”', '摘要金额为万元，正文为元', '正文含联系人手机和评审专家姓名'],
  settings: settingsSchema,
  lists,
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail,
};

function lists({ search, channels, sliceDays }: Settings, window: FetchWindow): FeedRequest[] {
  const fixed = channels.map(({ url }): FeedRequest => ({ url, expect: 'html' }));
  if (!search) return fixed;
  const searches = sliceWindow(window, undefined, sliceDays).map((slice): FeedRequest => {
    const url = new URL(search.url);
    const { from, to } = slice ?? { from: window.until, to: window.until };
    const dates = { timeType: '6', start_time: from.replaceAll('-', ':'), end_time: to.replaceAll('-', ':') };
    const fields = {
      searchtype: '1',
      page_index: '1',
      bidSort: '0',
      pinMu: '0',
      bidType: '0',
      dbselect: 'bidx',
      ...search.query,
      ...dates,
    };
    url.search = new URLSearchParams(fields).toString();
    return { url: url.href, expect: 'html' };
  });
  return [...searches, ...fixed];
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const $ = readWholePage(bytes);
  const text = tidy($('body').text());
  if (TOO_FAST.test(text)) throw new FeedFormatError('网站提示访问过于频繁', text);
  if ($(LISTS).length === 0) throw new FeedFormatError('页面里没有公告列表', text);
  const fallback = settings.channels.find(
    ({ url }) => new URL(url).pathname.replace(/[^/]*$/, '') === new URL(request.url).pathname.replace(/[^/]*$/, ''),
  )?.column;
  const rows = $(ROWS).toArray();
  const page = readRows(
    rows,
    (row) => toDraft($, $(row), settings, fallback, request.url),
    (row) => ({ raw: $.html(row) }),
  );
  page.faults.push(...lostRows($.html($(rows).parent()), $.html($(rows))));
  return { ...page, total: totalOf(text), next: nextPage($, rows.length, request) };
}

function totalOf(text: string): number | undefined {
  const total = /共找到\s*(\d{1,7})\s*条/.exec(text)?.[1];
  return total === undefined ? undefined : Number(total);
}

/** Search pages are numbered in the address, channel pages in the file name (`index_1.htm` is the second). */
function nextPage($: CheerioAPI, rows: number, request: FeedRequest): FeedRequest | undefined {
  const url = new URL(request.url);
  const index = url.searchParams.get('page_index');
  if (index !== null) {
    if (rows < ROWS_A_PAGE) return undefined;
    url.searchParams.set('page_index', String(Number(index) + 1));
    return { ...request, url: url.href };
  }
  const pager = /Pager\(\{\s*size:\s*(\d+),\s*current:\s*(\d+),\s*prefix:\s*'(\w+)',\s*suffix:\s*'(\w+)'/.exec(
    $.html(),
  );
  const next = Number(pager?.[2] ?? Number.NaN) + 1;
  if (!pager || !(next < Number(pager[1]))) return undefined;
  return { ...request, url: new URL(`${pager[3]}_${next}.${pager[4]}`, request.url).href };
}

type Selection = ReturnType<CheerioAPI>;

function toDraft(
  $: CheerioAPI,
  row: Selection,
  settings: Settings,
  fallback: string | undefined,
  base: string,
): NoticeDraft {
  const link = row.find('a[href]').first();
  const url = requireText(toAbsoluteUrl(link.attr('href') ?? '', base), '链接');
  const rawTitle = requireText(pickTitle(link.attr('title') ?? '', link.html() ?? ''), '标题');
  const info = row.find('> span').text() || row.text();
  const parts = tidy(info)
    .split('|')
    .map((part) => part.trim());
  const type = row.find('> span strong, > em[rel="bxlx"]').first().text().replace(/\s|\|/g, '') || fallback || '';
  const { title, district } = parseTitle(rawTitle);
  return {
    sourceItemId: /\/t\d{8}_(\d+)\.html?/.exec(url)?.[1] ?? url,
    ...findColumn(settings.columns, findColumn(settings.columns, type).mapping ? type : (fallback ?? type)),
    title,
    rawTitle,
    published: { raw: requireText(TIME.exec(info)?.[0] ?? TIME.exec(row.text())?.[0], '发布时间'), field: 'span' },
    countyText: district ?? regionOf($, row),
    url,
    attachments: [],
    fields: labelled(parts),
    extra: { type },
  };
}

function regionOf($: CheerioAPI, row: Selection): string | undefined {
  const links = row.find('> span a').toArray();
  const region = links
    .map((link) => tidy($(link).text()))
    .find((text) => /[省市区县]$|^\p{Script=Han}{2,4}$/u.test(text));
  return region ?? /地域：\s*([^\s|]+)/.exec(tidy(row.text()))?.[1];
}

/** `采购人：X`, `代理机构：Y` of a list row. */
function labelled(parts: readonly string[]): Record<string, string> {
  const pairs = parts.flatMap((part) => {
    const match = /^(采购人|代理机构)：\s*([^\s：]{2,60})/.exec(part);
    return match ? [[match[1] ?? '', match[2] ?? ''] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function parseDetail(bytes: Uint8Array, draft: NoticeDraft, { request }: ParseContext<Settings>): NoticeDraft {
  const $ = readWholePage(bytes);
  if (TOO_FAST.test($('body').text().slice(0, 2_000))) throw new FeedFormatError('网站提示访问过于频繁');
  const summary = readSummary($);
  const published = tidy($('#pubTime').text());
  const attachments = listAttachments($, `${BODIES.join(',')}, .table, .bizDownload`, request.url);
  const bodyHtml = requireBody(findBody($, BODIES), attachments, $);
  return {
    ...draft,
    published: published ? { raw: published, field: 'pubTime' } : draft.published,
    countyText: summary.行政区域 ?? draft.countyText,
    fields: { ...draft.fields, ...summary },
    bodyHtml,
    attachments,
  };
}

/** The table of the summary 公告概要: `td.title` and the cell behind it. */
function readSummary($: CheerioAPI): Record<string, string> {
  const summary: Record<string, string> = {};
  for (const cell of $('.table td.title').toArray()) {
    const label = tidy($(cell).text()).replace(/[：:]$/, '');
    const value = tidy($(cell).next('td').text());
    if (label && value && label.length <= 30) summary[label] = value.slice(0, 2_000);
  }
  return summary;
}
