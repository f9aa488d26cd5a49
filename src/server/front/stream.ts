import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { AnswerHeaders } from './answer.ts';

/** An answer that is sent while it is made: never whole in memory, never kept, without validator and length. */
export interface StreamedAnswer {
  status: number;
  headers: AnswerHeaders;
  stream: ReadableStream<Uint8Array>;
}

/**
 * Sends an answer as fast as the reader takes it; no body for HEAD. A reader who leaves stops the making.
 * @throws Error when the making fails: the connection is cut, so that a part is never taken for the whole.
 */
export async function sendStream(request: IncomingMessage, response: ServerResponse, answer: StreamedAnswer) {
  response.writeHead(answer.status, answer.headers);
  if (request.method === 'HEAD') {
    response.end();
    await answer.stream.cancel();
    return;
  }
  await pipeline(Readable.fromWeb(answer.stream), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
