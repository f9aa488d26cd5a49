import type { FeedRequest } from '../../types.ts';
import type { Scope } from './paths.ts';
import type { RequestTemplate, Settings } from './settings.ts';
import { fillJson, fillTemplate } from './templates.ts';

/** Where in a list a request stands. It travels in the fragment of the address, which no server sees. */
export interface ListState {
  column: string;
  /** Number of the page as the site counts. */
  page: number;
  /** Rows received before. */
  read: number;
  cursor: string;
  /** Days of the slice; empty without slices. */
  from: string;
  to: string;
}

/** The request of a page of the list. */
export function listRequest(settings: Settings, state: ListState): FeedRequest {
  const { list, paging, params } = settings;
  const size = 'size' in paging ? paging.size : 0;
  const offset = paging.by === 'page' ? (state.page - paging.first) * size : state.read;
  const own = Object.entries(params[state.column] ?? {}).map(([name, value]) => [`params.${name}`, value]);
  const variables: Record<string, string> = {
    column: state.column,
    page: String(state.page),
    size: String(size),
    offset: String(offset),
    start: String(offset + 1),
    end: String(offset + size),
    cursor: state.cursor,
    from: state.from,
    to: state.to,
    ...Object.fromEntries(own),
  };
  const scope: Scope = { row: {}, parents: [], root: {}, variables };
  const template = state.page === firstPage(settings) && list.firstUrl ? { ...list, url: list.firstUrl } : list;
  const request = buildRequest(template, scope) ?? { url: list.url, expect: 'json' as const };
  return withState(request, state);
}

/** Number of the first page as the site counts; lists without page numbers count from 1. */
export function firstPage({ paging }: Settings): number {
  return paging.by === 'page' ? paging.first : 1;
}

/** A request filled in from a scope; undefined when a value of it is missing. */
export function buildRequest(template: RequestTemplate, scope: Scope): FeedRequest | undefined {
  const address = fillTemplate(template.url, scope, encodeURIComponent);
  const url = address ? URL.parse(address) : null;
  const host = URL.parse(/^https?:\/\/[^/?{}]+/.exec(template.url)?.[0] ?? '')?.host;
  // What a row says must not turn the path of a site into another host.
  if (!url || !/^https?:$/.test(url.protocol) || (host !== undefined && url.host !== host)) return undefined;
  for (const [name, value] of Object.entries(template.query)) {
    const text = typeof value === 'string' ? fillTemplate(value, scope) : String(value);
    if (text === undefined) return undefined;
    url.searchParams.append(name, text);
  }
  const body = bodyOf(template, scope);
  const method = template.method ?? (body === undefined ? 'GET' : 'POST');
  const accept = template.expect === 'html' ? 'text/html,*/*' : 'application/json, text/javascript, */*; q=0.01';
  const given = Object.entries(template.headers).map(([name, value]) => [
    name.toLowerCase(),
    fillTemplate(value, scope) ?? '',
  ]);
  const headers = { accept, ...(body ? { 'content-type': body.type } : {}), ...Object.fromEntries(given) };
  return { url: url.href, method, headers, ...(body ? { body: body.text } : {}), expect: template.expect };
}

function bodyOf({ json, form, body }: RequestTemplate, scope: Scope): { text: string; type: string } | undefined {
  if (json !== undefined)
    return { text: JSON.stringify(fillJson(json, scope)), type: 'application/json; charset=UTF-8' };
  if (form) {
    const pairs = Object.entries(form).map(([name, value]): [string, string] => {
      const filled = fillJson(value, scope);
      return [name, typeof filled === 'string' ? filled : JSON.stringify(filled)];
    });
    return { text: new URLSearchParams(pairs).toString(), type: 'application/x-www-form-urlencoded; charset=UTF-8' };
  }
  return body === undefined ? undefined : { text: fillTemplate(body, scope) ?? '', type: 'text/plain; charset=UTF-8' };
}

/** The request with its state in the fragment. */
export function withState(request: FeedRequest, state: ListState): FeedRequest {
  const url = new URL(request.url);
  const texts = Object.entries(state).map(([name, value]): [string, string] => [name, String(value)]);
  url.hash = new URLSearchParams(texts).toString();
  return { ...request, url: url.href };
}

/** The state of a request made by {@link listRequest}. */
export function stateOf({ url }: FeedRequest): ListState {
  const state = new URLSearchParams(new URL(url).hash.slice(1));
  const text = (name: string) => state.get(name) ?? '';
  return {
    column: text('column'),
    page: Number(text('page')),
    read: Number(text('read')),
    cursor: text('cursor'),
    from: text('from'),
    to: text('to'),
  };
}
