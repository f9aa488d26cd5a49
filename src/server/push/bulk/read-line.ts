import { completeDraft } from '#src/publish/items/complete-draft.ts';
import type { ReadyItem } from '#src/publish/items/store-item.ts';
import type { LibraryItem } from '#src/publish/library/import.ts';
import type { PushKind } from '../../api/sync/schema.ts';
import { type PushOrigin, readUnjudged } from '../prepare-item.ts';
import { findItemId, parseItem } from '../read-item.ts';
import { fromBulkLine } from './line.ts';

/** What every line of a file is read with. Plain data: each thread gets it once. */
export interface LineOrigin extends PushOrigin {
  kind: PushKind;
}

/** What became of a line. Plain data but for the error. */
export interface ReadLine {
  id: string | null;
  completed?: ReadyItem;
  library?: LibraryItem;
  error?: unknown;
}

/** Reads and judges a line as a push judges an item: all that costs time, and neither network nor database. */
export function readLine({ kind, ...origin }: LineOrigin, text: string): ReadLine {
  let id: string | null = null;
  try {
    const value = kind === 'notices' ? fromBulkLine(parseItem(text)) : parseItem(text);
    id = findItemId(value);
    const read = readUnjudged(kind, value, origin);
    if ('library' in read) return { id, library: read.library };
    const { error, ...done } = read.whole ? completeDraft(read.whole) : {};
    return { id, completed: { ...read.item, ...done }, ...(error === undefined ? {} : { error }) };
  } catch (error) {
    return { id, error };
  }
}
