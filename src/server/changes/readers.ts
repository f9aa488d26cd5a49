import type { Db } from '#db/client.ts';
import type { Instant } from '#src/domain/time.ts';
import { InputError } from '../errors.ts';
import { readState, saveState } from '../search/states.ts';
import { lastChange } from './list.ts';

/** A portal that may say who it is when it reads our changes. */
export interface RegisteredReader {
  key: string;
  name: string;
}

/** How far a registered reader is. */
export interface ReaderView {
  name: string;
  /** When it last asked; null when it never did. */
  seenAt: Instant | null;
  /** Changes that it has not asked for yet. */
  behind: number;
}

/** Its place is noted at most this often: a mirror that catches up asks many times a second. */
const NOTE_INTERVAL_MS = 30_000;

const stateKey = (key: string) => `changes.reader ${key}`;

interface Noted {
  position: number;
  at: Instant;
}

function findNoted(db: Db, key: string): Noted | undefined {
  const noted = readState(db, stateKey(key), '');
  return noted === '' ? undefined : (JSON.parse(noted) as Noted);
}

/** @throws InputError when the name was never registered */
export function assertRegistered(readers: readonly RegisteredReader[], key: string): void {
  if (readers.some((reader) => reader.key === key)) return;
  throw new InputError([{ name: 'reader', message: '没有登记这个读者' }]);
}

/** Whether a reader's place should be noted again: it is at another place, and it has been a while. */
export function isDue(db: Db, key: string, position: number, now: Instant): boolean {
  const noted = findNoted(db, key);
  return !noted || Date.parse(now) - Date.parse(noted.at) >= NOTE_INTERVAL_MS || noted.position > position;
}

/** Notes the place from which a reader goes on: it has taken everything before. */
export function noteReader(db: Db, key: string, position: number, now: Instant): void {
  saveState(db, stateKey(key), JSON.stringify({ position, at: now } satisfies Noted));
}

/** The registered readers in their order. */
export function listReaders(db: Db, readers: readonly RegisteredReader[]): ReaderView[] {
  const newest = lastChange(db);
  return readers.map(({ key, name }) => {
    const noted = findNoted(db, key);
    return { name, seenAt: noted?.at ?? null, behind: newest - Math.min(noted?.position ?? 0, newest) };
  });
}
