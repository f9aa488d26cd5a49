import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECEIPT_BYTES, toReceiptCode } from '#src/domain/participation/receipt.ts';
import { getConfig } from '../config.ts';
import { loadTokenKey } from '../subscriptions/tokens.ts';

/** File below DATA_DIR/keys with the public half of the staff's key. */
export const RECIPIENT_FILE = 'participation.recipient';

/** Whom submissions are sealed to; undefined where there is no key yet: then nothing may be taken in. */
export function staffRecipient(): string | undefined {
  const { PARTICIPATION_RECIPIENT, DATA_DIR } = getConfig();
  if (PARTICIPATION_RECIPIENT !== undefined) return PARTICIPATION_RECIPIENT;
  try {
    return readFileSync(join(DATA_DIR, 'keys', RECIPIENT_FILE), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keyed hash for one purpose. The key stands in a file beside the database, so that neither it nor a backup tries anything out. */
export function keyed(purpose: 'receipt' | 'stored' | 'salt' | 'form' | 'words', text: string): Buffer {
  const key = loadTokenKey(getConfig().DATA_DIR, 'participation.key');
  return createHmac('sha256', key).update(`${purpose}:${text}`).digest();
}

/** What is kept of a receipt code. */
export const hashReceipt = (code: string): string => keyed('stored', code).toString('hex');

/**
 * The receipt code and the salt of a form, made of its random token: a form that is sent twice, because the first answer was lost, gets
 * the same receipt. The token is kept nowhere.
 */
export function toReceipt(nonce: string): { code: string; salt: string } {
  return {
    code: toReceiptCode(keyed('receipt', nonce).subarray(0, RECEIPT_BYTES)),
    salt: keyed('salt', nonce).subarray(0, 16).toString('hex'),
  };
}
