import { hash as digest } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 12;

/** The first 12 base32 characters (60 bits) of SHA-256 over the parts, joined by a line feed. */
export function stableId(...parts: string[]): string {
  const hash = digest('sha256', parts.join('\n'), 'buffer');
  let id = '';
  for (let index = 0; index < ID_LENGTH; index++) {
    const bit = index * 5;
    const window = ((hash[bit >> 3] ?? 0) << 8) | (hash[(bit >> 3) + 1] ?? 0);
    id += ALPHABET[(window >> (11 - (bit & 7))) & 31];
  }
  return id;
}

/** Public id of a notice: a function of its source and the source's own raw item id, so a rebuild gives the same id. */
export function noticeId(sourceKey: string, sourceItemId: string): string {
  return stableId('notice', sourceKey, sourceItemId);
}

/** Public id of a project: a function of its normalised code, else of its first notice's id. */
export function projectId(codeOrNoticeId: string): string {
  return stableId('project', codeOrNoticeId);
}

/**
 * The same as a URN that programs of any kind take for an identifier (`urn:uuid:…`, a version 8 UUID of RFC 9562): it says nothing of
 * where this site stands, so it stays when the site's address changes.
 */
export function stableUrn(...parts: string[]): string {
  const bytes = digest('sha256', parts.join('\n'), 'buffer').subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const ID_PATTERN = /^[a-z2-7]{12}$/;
