import type { Category } from '#src/domain/categories.ts';
import type { EntryKey, FactKey } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';

/** What a reader of the text notes down for one fact: money in fen, areas in m², instants and words as text; null: no figure. */
export type Label = number | string | readonly string[] | null;
/** One row of a list. */
export type EntryLabel = Partial<Record<EntryKey, Label>>;

/** A notice with what a reader finds in it. */
export interface LabelledNotice {
  name: string;
  category: Category;
  stage: Stage;
  title: string;
  html: string;
  fields: Record<string, string>;
  facts: Partial<Record<FactKey, Label>>;
  entries: Partial<Record<ListKey, readonly EntryLabel[]>>;
  /** Every amount, time, party and code is labelled: whatever else is read is wrong. */
  isComplete: boolean;
}

export type ListKey = 'candidates' | 'bids' | 'lots' | 'parcels';
type Optional = 'title' | 'fields' | 'entries' | 'isComplete';

/** A labelled notice; completely, and without fields and lists, unless said otherwise. */
export function labelled(
  notice: Omit<LabelledNotice, Optional> & Partial<Pick<LabelledNotice, Optional>>,
): LabelledNotice {
  return { title: '', fields: {}, entries: {}, isComplete: true, ...notice };
}
