import type { Db } from '#db/client.ts';
import { parseCursor } from '#db/epoch.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import type { MirroredSubject } from './subject.ts';

/** Where a reader begins who has no cursor yet. */
export const START = '0';

/** Key in `keyValues` of a mirror's place in the changes of a subject. */
export const cursorKey = (mirror: string, of: MirroredSubject['of']) =>
  `mirror.cursor ${mirror}${of === 'notices' ? '' : ` ${of}`}`;

/** The other portal's cursor behind the changes of a subject that have been taken. */
export function readCursor(db: Db, mirror: string, { of }: MirroredSubject): string {
  return readKeyValue(db, cursorKey(mirror, of), START);
}

/** The beginning of the sequence that a cursor is of: when that has ended, its portal says so. */
export function toStart(cursor: string): string {
  const { epoch } = parseCursor(cursor) ?? {};
  return epoch ? `${epoch}-0` : START;
}

/** Forgets how far the changes of a subject have been taken: the next run takes them all, and what is here already stays as it is. */
export function forgetCursor(db: Db, mirror: string, subject: MirroredSubject): void {
  saveKeyValue(db, cursorKey(mirror, subject.of), toStart(readCursor(db, mirror, subject)));
}

/** Takes the changes of a subject from the beginning of another sequence from now on. */
export function restartCursor(db: Db, mirror: string, { of }: MirroredSubject): void {
  saveKeyValue(db, cursorKey(mirror, of), START);
}
