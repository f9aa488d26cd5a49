import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityToRecipient, makeStaffKey } from '#src/publish/participation/sealing.ts';

/** What opens what the public sent in, and whom it is sealed to. */
export interface CaseKey {
  identity: string;
  recipient: string;
}

/**
 * The identity that the staff role alone has: of the configured file, or else one that is made on first use below `directory`, unreadable
 * to others. Beside it stands its public half, for the web role. Written aside and linked: two that start together end up with one.
 */
export async function loadCaseKey(directory: string, configured: string | undefined): Promise<CaseKey> {
  if (configured !== undefined) {
    const identity = readFileSync(configured, 'utf8').trim();
    return { identity, recipient: await identityToRecipient(identity) };
  }
  const path = join(directory, 'participation.identity');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = await makeStaffKey();
  keepFirst(path, made.identity, 0o600);
  const identity = readFileSync(path, 'utf8').trim();
  const recipient = await identityToRecipient(identity);
  keepFirst(join(directory, 'participation.recipient'), recipient, 0o644);
  return { identity, recipient };
}

function keepFirst(path: string, text: string, mode: number): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${text}\n`, { mode, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
