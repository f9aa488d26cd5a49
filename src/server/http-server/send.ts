import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseEncoding, getForm, type HttpResponse } from './answer.ts';

/** Headers that describe a body and have no place on an answer without one. */
const BODY_HEADERS = new Set(['content-type', 'content-length', 'content-encoding']);

/** Sends an answer in the form that the client accepts; 304 when it has it already; no body for HEAD. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpResponse,
): Promise<void> {
  if (answer.etag && matches(request.headers['if-none-match'], answer.etag)) {
    const kept = Object.entries(answer.headers).filter(([name]) => !BODY_HEADERS.has(name));
    response.writeHead(304, Object.fromEntries(kept)).end();
    return;
  }
  const form = await getForm(answer, chooseEncoding(answer, request.headers['accept-encoding']));
  response.writeHead(answer.status, form.headers);
  response.end(request.method === 'HEAD' ? undefined : form.body);
}

/** One entity tag in a list of them; a tag may hold commas (RFC 9110 §8.8.3). */
const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Does an If-None-Match name the validator? Weak and strong tags are compared alike (RFC 9110 §13.1.2). */
export function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  if (header === etag || header.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...header.matchAll(TAG)].some(([, tag]) => tag === opaque);
}
