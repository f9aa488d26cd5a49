import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { addDays, formatDate, startOfDay } from '#src/domain/time/time.ts';
import {
  fieldText,
  firstField,
  isObject,
  otherFields,
  readRows,
  requireList,
  requireObject,
  requireText,
} from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { lostRows } from '#src/formats/html.ts';
import { type JsonObject, parseJsonBytes } from '#src/formats/json.ts';
import { joinUrl } from '#src/formats/links.ts';
import { parseTitle, pickTitle, tidy } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { readWholePage } from './common/article.ts';
import { parseBulletin } from './common/bulletin.ts';
import { columnCodes, columnsSchema, findColumn } from './common/columns.ts';
import { findGuid, sequentialGuidTime } from './common/guid-time.ts';

const ROWS_A_PAGE = 20;
/** Longest window that is polled; a longer one is a back-fill or a sweep for late notices. */
const POLL_DAYS = 30;
const DETAIL_LINK = 'a[href*="/Posts/Detail" i]';
const PAGER = '.pagination, .pagination-container, [class*="PagedList"]';
const NEXT_PAGE = 'li.PagedList-skipToNext:not(.disabled) a[href]';
const DAY = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?/;
const NOTHING = /暂无|没有.{0,8}(?:数据|信息|公告|记录)/;

const settingsSchema = z.strictObject({
  base: z.url({ protocol: /^https?$/ }),
  /** Path segment of the unit's own site, case as the platform writes it. */
  tenant: z.string().regex(/^[A-Za-z]+$/),
  columns: columnsSchema,
  /** Columns without a newest.json: their HTML list is polled. */
  pagedColumns: z.array(z.string()).default([]),
  /** Tried before the platform's own. */
  bodySelectors: z.array(z.string()).default([]),
});
type Settings = z.infer<typeof settingsSchema>;

/** 济宁公共资源交易网 since 2025: newest.json, HTML lists and notices of each tenant (docs/feeds.md#jining). */
export const jiningNewest: FeedAdapter<Settings> = {
  key: 'jining-newest',
  name: '济宁公共资源交易网（newest.json）',
  caveats: [
    'newest.json 只有最新二十余条，没有翻页、总数和正文',
    '标题多为项目名称，环节只能由栏目得知',
    '同一公告出现在多个栏目，编号相同',
    '市级站点含太白湖、经开区、高新区的公告',
    '网站较慢，常超过 10 秒',
  ],
  settings: settingsSchema,
  lists,
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail: (bytes, draft, { settings, request }) => parseBulletin(bytes, draft, { ...settings, request }),
};

/**
 * Polls ask newest.json and go on, behind its rows, into the HTML list: the pipeline follows only while something on a page is
 * new or inside the window. Full runs and windows longer than {@link POLL_DAYS} read the HTML list from its first page, which
 * alone holds the history.
 */
function lists(settings: Settings, { since, until }: FetchWindow): FeedRequest[] {
  const isPoll = since !== undefined && since >= formatDate(addDays(startOfDay(until), -POLL_DAYS));
  return columnCodes(settings.columns).map((column) =>
    isPoll && !settings.pagedColumns.includes(column)
      ? newestRequest(settings, column)
      : postsRequest(settings, column, 1),
  );
}

/** Without the front end's `?t=`, which only defeats caches: the pipeline asks conditionally. */
function newestRequest(settings: Settings, column: string): FeedRequest {
  return { url: joinUrl(settings.base, `Tenants/${settings.tenant}/Posts/${column}/newest.json`), expect: 'json' };
}

function postsRequest(settings: Settings, column: string, page: number): FeedRequest {
  const query = new URLSearchParams({ cat: column, pn: String(page) });
  return { url: `${joinUrl(settings.base, `${settings.tenant}/Posts`)}?${query}`, expect: 'html' };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const url = new URL(request.url);
  const column = url.searchParams.get('cat');
  if (column !== null) return parsePosts(bytes, column, Number(url.searchParams.get('pn') ?? 1), settings);
  return parseNewest(bytes, url.pathname.split('/').at(-2) ?? '', settings);
}

function parseNewest(bytes: Uint8Array, column: string, settings: Settings): FeedPage {
  const answer = parseJsonBytes(bytes);
  const isBareList = Array.isArray(answer) && answer.length > 0;
  const rows = isBareList ? answer : requireList(requireObject(answer, '根').data, 'data', answer);
  if (rows.length > 0 && !rows.some((row) => isObject(row) && 'title' in row)) {
    throw new FeedFormatError('返回的列表里没有公告', JSON.stringify(answer));
  }
  const page = readRows(rows, (row) => readNewestRow(requireObject(row, '条目'), column, settings), describeNewestRow);
  return { ...page, next: postsRequest(settings, column, Math.floor(rows.length / ROWS_A_PAGE) + 1) };
}

function readNewestRow(row: JsonObject, column: string, settings: Settings): NoticeDraft {
  const link = linkOf(row);
  const title = typeof row.title === 'string' ? row.title : '';
  const extra = otherFields(row, ['url', 'id', 'title', 'date']);
  return toDraft({ link, title, day: fieldText(row.date) }, column, settings, extra);
}

function linkOf(row: JsonObject): string {
  return firstField(row, ['url', 'id'])?.text ?? '';
}

/** An unreadable row without its badge: the same row later is the same fault. */
function describeNewestRow(row: unknown): { sourceItemId?: string; raw: string } {
  if (!isObject(row)) return { raw: JSON.stringify(row) };
  return { sourceItemId: findGuid(linkOf(row)), raw: JSON.stringify({ ...row, newest: undefined }) };
}

function parsePosts(bytes: Uint8Array, column: string, number: number, settings: Settings): FeedPage {
  const $ = readWholePage(bytes);
  // The row's number, inside the link. Leading digits may also be the year of the project: the element goes, not the digits.
  $('.badge').remove();
  // Menus are made of the same items, without time and notice.
  const rows = $('li.list-group-item')
    .toArray()
    .filter((row) => $(row).find(`span.time, ${DETAIL_LINK}`).length > 0);
  if (rows.length === 0 && $(`.list-group, ${PAGER}`).length === 0 && !NOTHING.test($('body').text())) {
    throw new FeedFormatError('页面里没有公告列表', tidy($('body').text()));
  }
  const page = readRows(
    rows,
    (row) => readPostsRow($(row), column, settings),
    (row) => ({
      sourceItemId: findGuid($(row).find(DETAIL_LINK).attr('href') ?? ''),
      raw: $.html(row),
    }),
  );
  page.faults.push(...lostRows($.html($(rows).parent()), $.html($(rows))));
  // A full page without any pager tells nothing about its being the last; the pipeline stops at repeated rows.
  const hasNext = $(NEXT_PAGE).length > 0 || ($(PAGER).length === 0 && rows.length >= ROWS_A_PAGE);
  return { ...page, next: hasNext ? postsRequest(settings, column, number + 1) : undefined };
}

function readPostsRow(row: ReturnType<CheerioAPI>, column: string, settings: Settings): NoticeDraft {
  const link = row.find(DETAIL_LINK).first();
  const title = pickTitle(link.attr('title') ?? '', link.text());
  const day = DAY.exec(row.find('span.time').text())?.[0] ?? '';
  return toDraft({ link: link.attr('href') ?? '', title, day }, column, settings, {});
}

/** Equal for a notice in newest.json and in the HTML list, so that reading the other list is no change. */
function toDraft(
  row: { link: string; title: string; day: string },
  column: string,
  settings: Settings,
  extra: JsonObject,
): NoticeDraft {
  const id = requireText(findGuid(row.link), '编号');
  const rawTitle = requireText(tidy(row.title), '标题');
  const { title, district } = parseTitle(rawTitle);
  return {
    sourceItemId: id,
    ...findColumn(settings.columns, column),
    title,
    rawTitle,
    published: { raw: requireText(tidy(row.day), '日期'), field: 'date' },
    countyText: district,
    url: `${joinUrl(settings.base, `${settings.tenant}/Posts/Detail`)}?id=${id}`,
    attachments: [],
    fields: {},
    extra: { ...extra, createdAt: sequentialGuidTime(id) },
  };
}
