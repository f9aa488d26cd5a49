import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

/** What an answer with a file says of it; `etag` is a strong one. */
export type FileHeaders = Readonly<Record<'content-type' | 'content-disposition' | 'etag', string>>;

/**
 * A file of a length, in whole or the one part that is asked for (RFC 9110, clause 14). What was taken down must not be had from a cache:
 * whoever keeps it has to ask.
 */
export function answerFile(path: string, bytes: number, asked: Headers, headers: FileHeaders): Response {
  const ifRange = asked.get('if-range');
  const part = ifRange === null || ifRange === headers.etag ? parseRange(asked.get('range'), bytes) : undefined;
  if (part === 'unsatisfiable') return refuseRange(bytes);
  const { start, end } = part ?? { start: 0, end: bytes - 1 };
  const body = Readable.toWeb(createReadStream(path, { start, end: Math.max(end, 0) })) as ReadableStream;
  return new Response(body, {
    status: part ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=0, must-revalidate',
      ...(part ? { 'content-range': `bytes ${start}-${end}/${bytes}` } : {}),
    },
  });
}

/** 416, with the length within which a range must begin (RFC 9110, clause 15.5.17). */
function refuseRange(bytes: number): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-range': `bytes */${bytes}` };
  return new Response(`416 所要的部分在文件之外，文件共 ${bytes} 字节\n`, { status: 416, headers });
}

/** The one range of bytes that is asked for; several, or what is no range, count as none: RFC 9110 allows the whole. */
export function parseRange(
  range: string | null,
  bytes: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return start <= end ? { start, end } : 'unsatisfiable';
}

/** A name for a download: plain letters for old programs, and as it is in the form of RFC 8187 (headers hold no other letters). */
export function attachmentAs(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
