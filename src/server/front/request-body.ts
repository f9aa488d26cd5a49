import type { IncomingMessage } from 'node:http';

/** Bytes of a request body at most. */
const BODY_LIMIT = 1_000_000;

/** The body is larger than the site takes. */
export class BodyTooLargeError extends Error {
  constructor() {
    super(`request body above ${BODY_LIMIT} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/** @throws BodyTooLargeError when the client announces more than the limit, before a byte is read. */
export function assertBodyLength(request: IncomingMessage): void {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw new BodyTooLargeError();
}

/** The whole body. @throws BodyTooLargeError as soon as the limit is passed, whatever was announced. */
export async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The stream stays open on refusal: the answer still has to go out on its socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
