import type { IncomingMessage } from 'node:http';
import { PublicError } from '#src/domain/errors.ts';

/** 413: the body is larger than the site takes. */
export class BodyTooLargeError extends PublicError {
  readonly status = 413;
  readonly title = '提交的内容过大';

  constructor() {
    super('提交的内容过大');
    this.name = 'BodyTooLargeError';
  }
}

/** @throws BodyTooLargeError when the client announces more than the limit, before a byte is read. */
export function assertBodyLength(request: IncomingMessage, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new BodyTooLargeError();
}

/** The whole body. @throws BodyTooLargeError as soon as the limit is passed, whatever was announced. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The stream stays open on refusal: the answer still has to go out on its socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
