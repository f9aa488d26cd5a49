import type { Db } from '#db/client.ts';
import { readEpoch } from '#db/epoch.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { FOLLOWED, type Followed } from '#src/domain/changes.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { countBehind } from './list.ts';

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

/** A place in the changes of one kind of content. */
export interface ReaderPlace {
  of: Followed;
  position: number;
}

const stateKey = (key: string, of: Followed) => `changes.reader ${key}${of === 'notices' ? '' : ` ${of}`}`;

interface Noted {
  /** Of the position; readers that asked before the database was restored have to begin again. */
  epoch: string;
  position: number;
  at: Instant;
}

function findNoted(db: Db, key: string, of: Followed): Noted | undefined {
  const noted = readKeyValue(db, stateKey(key, of), '');
  if (noted === '') return undefined;
  const place = JSON.parse(noted) as Noted;
  return place.epoch === readEpoch(db) ? place : { ...place, position: 0 };
}

/** @throws InputError when the name was never registered */
export function assertRegistered(readers: readonly RegisteredReader[], key: string): void {
  if (readers.some((reader) => reader.key === key)) return;
  throw new InputError([{ name: 'reader', message: '没有登记这个读者' }]);
}

/** Whether a reader's place should be noted again: it is at another place, and it has been a while. */
export function isDue(db: Db, key: string, { of, position }: ReaderPlace, now: Instant): boolean {
  const noted = findNoted(db, key, of);
  return !noted || Date.parse(now) - Date.parse(noted.at) >= NOTE_INTERVAL_MS || noted.position > position;
}

/** Notes the place from which a reader goes on: it has taken everything before. */
export function noteReader(db: Db, key: string, { of, position }: ReaderPlace, now: Instant): void {
  saveKeyValue(db, stateKey(key, of), JSON.stringify({ epoch: readEpoch(db), position, at: now } satisfies Noted));
}

/** The registered readers in their order. */
export function listReaders(db: Db, readers: readonly RegisteredReader[]): ReaderView[] {
  return readers.map(({ key, name }) => {
    const places = FOLLOWED.map((of) => ({ of, noted: findNoted(db, key, of) }));
    const seen = places.flatMap(({ noted }) => noted?.at ?? []).sort();
    // One that has never asked for anything but notices may not know of the rest.
    const followed = places.filter(({ of, noted }) => of === 'notices' || noted);
    const behind = followed.reduce((sum, { of, noted }) => sum + countBehind(db, of, noted?.position ?? 0), 0);
    return { name, seenAt: seen.at(-1) ?? null, behind };
  });
}
