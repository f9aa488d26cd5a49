import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

export type Encoding = 'identity' | 'gzip' | 'br';

export type ResponseHeaders = Record<string, string | string[]>;

interface Form {
  body: Buffer;
  headers: ResponseHeaders;
  /** Compressed in haste; a better one takes its place when the form is asked for again. */
  quick: boolean;
}

/** A whole answer in memory, with its compressed forms as soon as someone asked for them. */
export interface HttpResponse {
  status: number;
  /** Headers common to all forms. */
  headers: ResponseHeaders;
  /** Weak validator; undefined for answers that are not worth comparing (errors). */
  etag: string | undefined;
  forms: Map<Encoding, Form>;
  body: Buffer;
  compressible: boolean;
  /** Brotli quality of forms that are sent more than once: low for pages, high for files that never change. */
  quality: number;
}

/** Types that compressing makes smaller. */
export const TEXT = /^(?:text\/|image\/svg|application\/(?:[\w.+-]*\+)?(?:json|javascript|xml))/;
/** Below this, compressed answers are not smaller on the wire. */
const SMALLEST_COMPRESSED = 300;
/** Above this, even a quick compression would hold up other requests. */
const LARGEST_QUICK = 200_000;

/** An answer from its parts. Text types get their charset, successful answers an ETag. */
export function toAnswer(status: number, given: ResponseHeaders, body: Buffer, quality = 5): HttpResponse {
  const type = String(given['content-type'] ?? '');
  const text = TEXT.test(type);
  const compressible = text && body.length >= SMALLEST_COMPRESSED;
  const etag = status === 200 ? `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` : undefined;
  const headers: ResponseHeaders = { ...given };
  if (text && !type.includes('charset')) headers['content-type'] = `${type}; charset=utf-8`;
  if (compressible) headers.vary = 'accept-encoding';
  if (etag) headers.etag = etag;
  const forms = new Map<Encoding, Form>([['identity', toForm(headers, 'identity', body)]]);
  return { status, headers, etag, forms, body, compressible, quality };
}

function toForm(headers: ResponseHeaders, encoding: Encoding, body: Buffer, quick = false): Form {
  const own: ResponseHeaders = { ...headers, 'content-length': String(body.length) };
  if (encoding !== 'identity') own['content-encoding'] = encoding;
  return { body, headers: own, quick };
}

/** Encodings that we can send, best first, as `accept-encoding` names them. */
const ACCEPTED = (['br', 'gzip'] as const).map((encoding) => ({
  encoding,
  pattern: new RegExp(`(?:^|[,\\s])${encoding}\\s*(?:;\\s*q=([\\d.]+))?\\s*(?:,|$)`),
}));

/** The best encoding that a client accepts and the answer is worth. */
export function chooseEncoding(answer: Pick<HttpResponse, 'compressible'>, accepted: string | undefined): Encoding {
  if (!accepted || !answer.compressible) return 'identity';
  for (const { encoding, pattern } of ACCEPTED) {
    const quality = pattern.exec(accepted);
    if (quality && Number(quality[1] ?? 1) > 0) return encoding;
  }
  return 'identity';
}

const brotliOptions = (body: Buffer, quality: number): BrotliOptions => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});

/**
 * The answer in one encoding. Most renderings are sent once, so the first compression is a quick one: it costs less
 * than handing the work to another thread. What is asked for again is worth a better one, which is made beside.
 */
export async function getForm(answer: HttpResponse, encoding: Encoding): Promise<Form> {
  const known = answer.forms.get(encoding);
  if (known?.quick) void refine(answer, known, encoding);
  if (known) return known;
  if (answer.body.length > LARGEST_QUICK) return compress(answer, encoding);
  const { body } = answer;
  const bytes = encoding === 'br' ? brotliCompressSync(body, brotliOptions(body, 1)) : gzipSync(body, { level: 1 });
  const form = toForm(answer.headers, encoding, bytes, true);
  answer.forms.set(encoding, form);
  return form;
}

async function refine(answer: HttpResponse, form: Form, encoding: Encoding): Promise<void> {
  form.quick = false;
  await compress(answer, encoding).catch(() => undefined); // the quick form stays
}

async function compress(answer: HttpResponse, encoding: Encoding): Promise<Form> {
  const { body, quality } = answer;
  const bytes = encoding === 'br' ? await brotliAsync(body, brotliOptions(body, quality)) : await gzipAsync(body);
  const form = toForm(answer.headers, encoding, bytes);
  answer.forms.set(encoding, form);
  return form;
}

/** Bytes that an answer may hold in memory, compressed forms included. */
export function sizeOf(answer: HttpResponse): number {
  return answer.body.length * 2 + 1_000;
}
