import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { chooseEncoding, type ResponseHeaders, TEXT } from './answer.ts';
import { matches } from './send.ts';

/** An answer that is sent while it is made: never whole in memory, never kept. */
export interface StreamedResponse {
  status: number;
  headers: ResponseHeaders;
  stream: ReadableStream<Uint8Array>;
}

interface Form {
  headers: ResponseHeaders;
  transform?: () => Transform;
}

/** Compression must keep up with the making; more effort costs more time than it saves bytes. */
const BROTLI_QUALITY = 4;
/** 64 KB (2^16) to look back: the default of 4 MB costs ten times the memory of all the rest of a download. */
const BROTLI_WINDOW = 16;
const GZIP_LEVEL = 6;

/**
 * Sends an answer as fast as the reader takes it, compressed when it is text of a length that nobody knows; no body for
 * HEAD, nor for who has it already. A reader who leaves stops the making.
 * @throws Error when the making fails: the connection is cut, so that a part is never taken for the whole.
 */
export async function sendStream(request: IncomingMessage, response: ServerResponse, answer: StreamedResponse) {
  const { etag } = answer.headers;
  const isKnown = typeof etag === 'string' && matches(request.headers['if-none-match'], etag);
  const { headers, transform } = chooseForm(request, answer.headers);
  response.writeHead(isKnown ? 304 : answer.status, headers);
  if (isKnown || request.method === 'HEAD') {
    response.end();
    await answer.stream.cancel();
    return;
  }
  const source = Readable.fromWeb(answer.stream);
  const sent = transform ? pipeline(source, transform(), response) : pipeline(source, response);
  await sent.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The headers of a stream, and how to compress it on its way when it is text that the reader takes compressed. */
function chooseForm({ headers: asked }: IncomingMessage, headers: ResponseHeaders): Form {
  const compressible = TEXT.test(String(headers['content-type'])) && headers['content-length'] === undefined;
  if (!compressible) return { headers };
  const vary = { ...headers, vary: 'accept-encoding' };
  const encoding = chooseEncoding({ compressible }, asked['accept-encoding']);
  if (encoding === 'identity') return { headers: vary };
  const brotli = {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW },
  };
  const transform = () => (encoding === 'br' ? createBrotliCompress(brotli) : createGzip({ level: GZIP_LEVEL }));
  return { headers: { ...vary, 'content-encoding': encoding }, transform };
}
