import { z } from 'zod';
import { readRows, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parsePage } from '#src/formats/html.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle, pickTitle } from '#src/formats/text.ts';
import { childrenOf, childText, parseXmlRows, textOf } from '#src/formats/xml.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, ParseContext } from '../types.ts';
import { findBody, listAttachments, readWholePage, requireBody } from './common/article.ts';
import { columnsSchema, findColumn } from './common/columns.ts';

/** One request answers three pages (docs/feeds.md#hanweb). */
const PAGES_A_REQUEST = 3;
const DAY = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/;

const settingsSchema = z.strictObject({
  /** Origin of the site, with a closing slash: it is also the `path` parameter. */
  base: z.url({ protocol: /^https?$/ }).regex(/\/$/),
  webId: z.string(),
  unitId: z.string(),
  webName: z.string().default(''),
  rowsPerPage: z.number().int().min(1).max(100).default(18),
  columns: columnsSchema,
  bodySelectors: z
    .array(z.string())
    .default(['#zoom', '.bt_content', '.article-content', '.art_con', '.main-content', '#content']),
});
type Settings = z.infer<typeof settingsSchema>;

/** 大汉 JCMS, the site software of most county governments. */
export const hanweb: FeedAdapter<Settings> = {
  key: 'hanweb',
  name: '大汉 JCMS（dataproxy）',
  caveats: [
    '返回的 XML 常标为 text/html',
    '行模板因站点而异，只读取链接、标题和日期',
    '同一文章在两个栏目有两个网址，编号相同',
  ],
  settings: settingsSchema,
  lists: (settings) => Object.keys(settings.columns).map((column) => listRequest(settings, column, 1)),
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail,
};

function listRequest(settings: Settings, column: string, first: number): FeedRequest {
  const { base, webId, unitId, webName, rowsPerPage } = settings;
  const url = new URL('module/web/jpage/dataproxy.jsp', base);
  url.searchParams.set('startrecord', String(first));
  url.searchParams.set('endrecord', String(first + PAGES_A_REQUEST * rowsPerPage - 1));
  url.searchParams.set('perpage', String(rowsPerPage));
  const form = new URLSearchParams({
    col: '1',
    webid: webId,
    path: base,
    columnid: column,
    sourceContentType: '1',
    unitid: unitId,
    webname: webName,
    permissiontype: '0',
  });
  return {
    url: url.href,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/xml' },
    body: form.toString(),
    expect: 'xml',
  };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const { root, faults } = parseXmlRows(bytes, 'record');
  const total = Number(childText(root, 'totalrecord') || Number.NaN);
  const set = childrenOf(root, 'recordset')[0];
  if (root.name !== 'datastore' || !set || !Number.isInteger(total)) {
    throw new FeedFormatError('返回的不是大汉列表数据', Buffer.from(bytes).toString('utf8', 0, 600));
  }
  const column = new URLSearchParams(request.body).get('columnid') ?? '';
  const rows = childrenOf(set, 'record').map(textOf);
  const last = Number(new URL(request.url).searchParams.get('endrecord'));
  if (rows.length + faults.length === 0 && total >= last) throw new FeedFormatError('返回的列表没有条目，与其总数不符');
  const page = readRows(
    rows,
    (html) => toDraft(html, column, settings),
    (raw) => ({ raw }),
  );
  page.faults.push(...faults);
  return { ...page, total, next: last < total ? listRequest(settings, column, last + 1) : undefined };
}

function toDraft(html: string, column: string, settings: Settings): NoticeDraft {
  const $ = parsePage(html);
  const link = $('a[href]').first();
  const url = requireText(toAbsoluteUrl(link.attr('href') ?? '', settings.base), '链接');
  const rawTitle = requireText(pickTitle(link.attr('title') ?? '', link.text()), '标题');
  link.remove();
  const day = requireText(DAY.exec($.root().text())?.[0], '日期');
  const { title, district } = parseTitle(rawTitle);
  return {
    sourceItemId: /art_\d+_(\d+)\.html?/i.exec(url)?.[1] ?? url,
    ...findColumn(settings.columns, column),
    title,
    rawTitle,
    published: { raw: day, field: 'span' },
    countyText: district,
    url,
    attachments: [],
    fields: {},
    extra: {},
  };
}

function parseDetail(
  bytes: Uint8Array,
  draft: NoticeDraft,
  { settings, request }: ParseContext<Settings>,
): NoticeDraft {
  const $ = readWholePage(bytes);
  const attachments = listAttachments($, settings.bodySelectors.join(','), request.url);
  const bodyHtml = requireBody(findBody($, settings.bodySelectors), attachments, $);
  return { ...draft, bodyHtml, attachments };
}
