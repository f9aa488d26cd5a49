import type { EntryKey } from '#src/domain/facts/facts.ts';
import type { Piece } from './candidates.ts';

/** What a row of a list says under one column. */
export interface EntryValue extends Piece {
  /** The header or label as written: it may name the unit. */
  label: string;
  /** How specific the label is, as for facts; 0 when it is not known. */
  tier?: number;
}

/** One bidder, lot or parcel as it was found, not yet judged. */
export interface RawEntry {
  values: Map<EntryKey, EntryValue>;
  /** `column` for rows of tables, `line` for groups of labelled lines. */
  rule: 'column' | 'line' | 'pair';
}

/** Adds a value to an entry; of one column the most specific label counts, then the first. */
export function addValue(entry: RawEntry, key: EntryKey, value: EntryValue): void {
  const present = entry.values.get(key);
  if (value.text.trim() === '' || (present && (present.tier ?? 0) <= (value.tier ?? 0))) return;
  entry.values.set(key, value);
}
