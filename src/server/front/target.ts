import type { IncomingMessage } from 'node:http';

/** The path and the query (without its mark) that a request asks for, as it wrote them. */
export function splitTarget({ url = '' }: Pick<IncomingMessage, 'url'>): { path: string; query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}
