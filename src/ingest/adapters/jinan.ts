import { z } from 'zod';
import { fieldCount, isObject, readRows, requireObject, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { lostRows, parsePage } from '#src/formats/html.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import { parseTitle, pickTitle } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, ParseContext } from '../types.ts';
import { findBody, findLargestBlock, listAttachments, readWholePage, requireBody } from './common/article.ts';
import { columnsSchema, findColumn } from './common/columns.ts';

const SHOW = /showview\(\s*(?:(\d+)|'([^']+)'|"([^"]+)")\s*(?:,\s*'?(\d+)'?\s*(?:,\s*'([^']*)')?)?/;
const DAY = /\d{4}-\d{1,2}-\d{1,2}/;
/** The site answers twenty pages and more, but never this many; a count beyond is not believed. */
const MAX_PAGES = 5_000;

const settingsSchema = z.strictObject({
  base: z.url({ protocol: /^https?$/ }).regex(/\/$/),
  area: z.string().default(''),
  /** Column code = `{type}/{xuanxiang}`, e.g. `0/招标公告` (0 工程, 1 政采, 6 交通, 7 其他). */
  columns: columnsSchema,
  bodySelectors: z.array(z.string()).default(['.table_one', '.list', '.content', '#content']),
});
type Settings = z.infer<typeof settingsSchema>;

/** 济南公共资源交易中心: HTML inside JSON (docs/feeds.md#jinan). */
export const jinan: FeedAdapter<Settings> = {
  key: 'jinan',
  name: '济南 search.do',
  caveats: ['完整标题只在 title 属性里', '编号由数字改成过十六进制', '列表日期有两种写法'],
  settings: settingsSchema,
  lists: (settings) => Object.keys(settings.columns).map((column) => listRequest(settings, column, 1)),
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail,
};

function listRequest({ base, area }: Settings, column: string, page: number): FeedRequest {
  const [type = '', xuanxiang = ''] = column.split('/');
  return {
    url: new URL('jnggzyztb/front/search.do', base).href,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: new URLSearchParams({ area, type, xuanxiang, subheading: '', pagenum: String(page) }).toString(),
    expect: 'json',
  };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const answer = requireObject(parseJsonBytes(bytes), '根');
  if ('success' in answer && answer.success !== true) throw new FeedFormatError('接口返回失败', JSON.stringify(answer));
  const params = requireObject(answer.params, 'params');
  const html = params.str;
  if (typeof html !== 'string' || !isObject(params))
    throw new FeedFormatError('返回的数据缺少列表“params.str”', JSON.stringify(answer));
  const form = new URLSearchParams(request.body);
  const column = `${form.get('type')}/${form.get('xuanxiang')}`;
  const $ = parsePage(html);
  const rows = $('li')
    .toArray()
    .map((row) => $.html(row));
  const pages = fieldCount(params.pagesum) ?? 0;
  if (rows.length === 0 && pages > 0) throw new FeedFormatError('返回的列表没有条目，与其页数不符', html);
  const page = Number(form.get('pagenum'));
  const drafts = readRows(
    rows,
    (row) => toDraft(row, column, settings),
    (raw) => ({ raw }),
  );
  drafts.faults.push(...lostRows($.html(), rows.join('')));
  return { ...drafts, next: page < Math.min(pages, MAX_PAGES) ? listRequest(settings, column, page + 1) : undefined };
}

function toDraft(html: string, column: string, settings: Settings): NoticeDraft {
  const $ = parsePage(html);
  const link = $('a').first();
  const show = SHOW.exec(link.attr('onclick') ?? '');
  const id = requireText(show?.[1] ?? show?.[2] ?? show?.[3], '编号');
  const rawTitle = requireText(pickTitle(link.attr('title') ?? '', link.text()), '标题');
  const day = requireText(
    $('.span2')
      .toArray()
      .map((cell) => DAY.exec($(cell).text())?.[0])
      .find(Boolean),
    '日期',
  );
  const area = $('.span1')
    .first()
    .text()
    .replace(/[[\]【】\s]/g, '');
  const { title, district } = parseTitle(rawTitle);
  return {
    sourceItemId: id,
    ...findColumn(settings.columns, column),
    title,
    rawTitle,
    published: { raw: day, field: 'span2' },
    countyText: area || district,
    url: detailUrl(settings, id, show?.[5] ?? column.split('/')[1] ?? '', show?.[4] ?? ''),
    attachments: [],
    fields: {},
    extra: { state: $('.span3').first().text().trim() },
  };
}

function detailUrl({ base }: Settings, iid: string, xuanxiang: string, isnew: string): string {
  const url = new URL('jnggzyztb/front/showNotice.do', base);
  url.search = new URLSearchParams({ iid, xuanxiang, isnew }).toString();
  return url.href;
}

function parseDetail(
  bytes: Uint8Array,
  draft: NoticeDraft,
  { settings, request }: ParseContext<Settings>,
): NoticeDraft {
  const $ = readWholePage(bytes);
  const attachments = listAttachments($, 'body', request.url);
  const body = findBody($, settings.bodySelectors) ?? findLargestBlock($, draft.title);
  return { ...draft, bodyHtml: requireBody(body, attachments, $), attachments };
}
