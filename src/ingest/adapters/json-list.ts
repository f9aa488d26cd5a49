import { decodeText } from '#src/formats/decode.ts';
import { readRows } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { columnCodes } from './common/columns.ts';
import { believedTotal } from './common/total.ts';
import { sliceWindow } from './common/window.ts';
import { assertSuccess, at, findRows, isWanted, totalOf } from './json-list/answers.ts';
import { nextDetail, readDetail } from './json-list/details.ts';
import { toDraft } from './json-list/drafts.ts';
import type { FoundRow, Scope } from './json-list/paths.ts';
import { buildRequest, firstPage, type ListState, listRequest, stateOf, withState } from './json-list/requests.ts';
import { type Settings, settingsSchema } from './json-list/settings.ts';
import { textOf } from './json-list/sources.ts';
import { fillTemplate } from './json-list/templates.ts';

/** Any list that is served as JSON, read by its settings alone. */
export const jsonList: FeedAdapter<Settings> = {
  key: 'json-list',
  name: 'JSON 列表（全部由设置说明）',
  caveats: [
    '列表位置、字段、翻页、详情都在设置里；设置有误时说明错在哪里',
    '总数等于本页条数时不当作总数，继续读到没有新条目为止',
    '加密的接口和动态签名的请求头读不了',
  ],
  settings: settingsSchema,
  handshake: {
    request: ({ session }) => session && buildRequest(session.request, EMPTY),
    headers: ({ bytes, cookies }, { session }) => sessionHeaders(bytes, cookies, session?.headers ?? {}),
  },
  lists,
  parseList,
  detail: nextDetail,
  parseDetail: (bytes, draft, { settings, request }) => readDetail(bytes, draft, settings, request),
};

const EMPTY: Scope = { row: {}, parents: [], root: {}, variables: {} };

/** Headers made of the values of the first answer and of its cookies (`{cookie.XSRF-TOKEN}`); it need not be JSON. */
function sessionHeaders(
  bytes: Uint8Array,
  cookies: Readonly<Record<string, string>>,
  templates: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = Object.entries(cookies).map(([name, value]) => [`cookie.${name}`, value]);
  const text = decodeText(bytes);
  const answer = /^\s*</.test(text) ? {} : parseJsonBytes(bytes);
  const scope: Scope = { row: answer, parents: [], root: answer, variables: Object.fromEntries(values) };
  const headers = Object.entries(templates).map(([name, template]) => {
    const value = fillTemplate(template, scope);
    if (value && /^[\x20-\x7e]+$/.test(value)) return [name.toLowerCase(), value];
    throw new FeedFormatError(`会话请求没有给出请求头“${name}”的值`, text);
  });
  return Object.fromEntries(headers);
}

/** One list for each column where the request or its values name one, else a single list; each in slices when the settings want slices. */
function lists(settings: Settings, window: FetchWindow): FeedRequest[] {
  const { columns, params, sliceDays, historyFrom, list } = settings;
  const isByColumn = /\{\+?(?:column|params\.)/.test(JSON.stringify(list));
  const codes = isByColumn ? [...new Set([...columnCodes(columns ?? {}), ...Object.keys(params)])] : [''];
  const isDated = JSON.stringify(list).includes('{from');
  const slices = isDated ? sliceWindow(window, historyFrom, sliceDays) : [undefined];
  const cursor = settings.paging.by === 'cursor' ? settings.paging.first : '';
  return codes.flatMap((column) =>
    slices.map((slice) =>
      listRequest(settings, {
        column,
        page: firstPage(settings),
        read: 0,
        cursor,
        from: slice?.from ?? '',
        to: slice?.to ?? '',
      }),
    ),
  );
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const answer = parseJsonBytes(bytes);
  assertSuccess(answer, settings.success);
  const state = stateOf(request);
  const found = findRows(answer, settings);
  const size = 'size' in settings.paging ? settings.paging.size : Number.POSITIVE_INFINITY;
  const total = believedTotal(totalOf(answer, settings.total), { read: state.read, count: found.length, size });
  if (found.length === 0 && total !== undefined && total > state.read) {
    throw new FeedFormatError('返回的列表没有条目，与其总数不符', JSON.stringify(answer) ?? '');
  }
  const scopeOf = ({ row, parents }: FoundRow): Scope => ({
    row,
    parents,
    root: answer,
    variables: { column: state.column, page: String(state.page) },
  });
  const wanted = found.filter((row) => isWanted(row, answer, settings));
  const page = readRows(
    wanted,
    (row) => toDraft(scopeOf(row), settings),
    (row) => ({ raw: rawOf(row), sourceItemId: textOf(settings.fields.id, scopeOf(row)).slice(0, 300) || undefined }),
  );
  const skipped = found.filter((row) => !wanted.includes(row)).map(rawOf);
  return { ...page, skipped, total, next: nextPage(settings, request, { answer, state, count: found.length, total }) };
}

function rawOf({ row }: FoundRow): string {
  return typeof row === 'string' ? row : (JSON.stringify(row) ?? '');
}

interface Progress {
  answer: unknown;
  state: ListState;
  /** Rows of this page. */
  count: number;
  total: number | undefined;
}

function nextPage(settings: Settings, request: FeedRequest, progress: Progress): FeedRequest | undefined {
  const { paging } = settings;
  const { answer, state, count, total } = progress;
  const next: ListState = { ...state, page: state.page + 1, read: state.read + count };
  if (paging.by === 'none' || count === 0) return undefined;
  if (paging.by === 'link') return linkedPage(at(paging.next, answer), request, next);
  if (paging.by === 'cursor') {
    const value = at(paging.next, answer);
    const cursor = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return cursor === '' || cursor === state.cursor ? undefined : listRequest(settings, { ...next, cursor });
  }
  const number = next.page - firstPage(settings);
  if (paging.maximum !== undefined && number >= paging.maximum) return undefined;
  const pages = totalOf(answer, settings.pages);
  const goesOn = total !== undefined ? next.read < total : pages !== undefined ? number < pages : count >= paging.size;
  return goesOn ? listRequest(settings, next) : undefined;
}

function linkedPage(value: unknown, request: FeedRequest, state: ListState): FeedRequest | undefined {
  const url = typeof value === 'string' && value !== '' ? URL.parse(value, request.url) : null;
  if (!url || url.origin !== new URL(request.url).origin) return undefined;
  return withState({ ...request, url: url.href }, state);
}
