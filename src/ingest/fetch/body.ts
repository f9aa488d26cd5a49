import { FetchError } from '#src/outbound/errors.ts';
import type { FeedRequest } from '../types.ts';

/** Types that are never a feed of the expected kind, whatever their bytes. */
const WRONG_TYPES = {
  json: /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|msword|vnd\.)/i,
  html: /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|json|octet-stream|msword|vnd\.)/i,
  xml: /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|json|octet-stream|msword|vnd\.)/i,
  file: /^$/,
} as const;

/**
 * Reads a body while counting decoded bytes, so that a compressed bomb is cut off early.
 * @throws FetchError when there are more than `maximum` bytes.
 */
export async function readCapped(stream: AsyncIterable<Uint8Array> | null, maximum: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > maximum) throw new FetchError(`内容超过上限 ${Math.round(maximum / 1048576)} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Refuses answers that are not what was asked for: a wrong media type, an empty body, or a page of HTML (login, captcha,
 * error) where data was expected.
 * @throws FetchError
 */
export function assertExpected(
  bytes: Uint8Array,
  contentType: string | undefined,
  expect: FeedRequest['expect'],
): void {
  if (WRONG_TYPES[expect].test(contentType ?? '') && expect !== 'file') {
    throw new FetchError(`内容类型不符：${contentType?.slice(0, 80)}`, { retryable: true });
  }
  const head = Buffer.from(bytes.subarray(0, 512))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (head === '') throw new FetchError('内容为空', { retryable: true });
  const isMarkup = head.startsWith('<');
  if (expect === 'json' && isMarkup)
    throw new FetchError('应为数据，收到网页（可能是登录页、验证码或错误页）', { retryable: true });
  if (expect === 'xml' && (!isMarkup || /^<(?:!doctype html|html)/i.test(head))) {
    throw new FetchError('应为 XML，收到其他内容', { retryable: true });
  }
}
