import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

export type Encoding = 'identity' | 'gzip' | 'br';

export type AnswerHeaders = Record<string, string | string[]>;

interface Form {
  body: Buffer;
  headers: AnswerHeaders;
}

/** A whole answer in memory, with its compressed forms as soon as someone asked for them. */
export interface Answer {
  status: number;
  /** Headers common to all forms. */
  headers: AnswerHeaders;
  /** Weak validator; undefined for answers that are not worth comparing (errors). */
  etag: string | undefined;
  forms: Map<Encoding, Form>;
  body: Buffer;
  compressible: boolean;
  /** Brotli quality: low for pages, high for files that never change. */
  quality: number;
}

const TEXT = /^(?:text\/|image\/svg|application\/(?:[\w.+-]*\+)?(?:json|javascript|xml))/;
/** Below this, compressed answers are not smaller on the wire. */
const SMALLEST_COMPRESSED = 300;

/** An answer from its parts. Text types get their charset, successful answers an ETag. */
export function toAnswer(status: number, given: AnswerHeaders, body: Buffer, quality = 5): Answer {
  const type = String(given['content-type'] ?? '');
  const text = TEXT.test(type);
  const compressible = text && body.length >= SMALLEST_COMPRESSED;
  const etag = status === 200 ? `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` : undefined;
  const headers: AnswerHeaders = { ...given };
  if (text && !type.includes('charset')) headers['content-type'] = `${type}; charset=utf-8`;
  if (compressible) headers.vary = 'accept-encoding';
  if (etag) headers.etag = etag;
  const forms = new Map<Encoding, Form>([['identity', toForm(headers, 'identity', body)]]);
  return { status, headers, etag, forms, body, compressible, quality };
}

function toForm(headers: AnswerHeaders, encoding: Encoding, body: Buffer): Form {
  const own: AnswerHeaders = { ...headers, 'content-length': String(body.length) };
  if (encoding !== 'identity') own['content-encoding'] = encoding;
  return { body, headers: own };
}

/** The best encoding that a client accepts and the answer is worth. */
export function chooseEncoding(answer: Answer, accepted: string | undefined): Encoding {
  if (!accepted || !answer.compressible) return 'identity';
  for (const encoding of ['br', 'gzip'] as const) {
    const quality = new RegExp(`(?:^|[,\\s])${encoding}\\s*(?:;\\s*q=([\\d.]+))?\\s*(?:,|$)`).exec(accepted);
    if (quality && Number(quality[1] ?? 1) > 0) return encoding;
  }
  return 'identity';
}

/** The answer in one encoding; compressed once, kept with the answer. */
export async function encodeAnswer(answer: Answer, encoding: 'gzip' | 'br'): Promise<Form> {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: answer.quality, [BROTLI_PARAM_SIZE_HINT]: answer.body.length };
  const body = encoding === 'br' ? await brotliAsync(answer.body, { params }) : await gzipAsync(answer.body);
  const form = toForm(answer.headers, encoding, body);
  answer.forms.set(encoding, form);
  return form;
}

/** Bytes that an answer may hold in memory, compressed forms included. */
export function sizeOf(answer: Answer): number {
  return answer.body.length * 2 + 1_000;
}
