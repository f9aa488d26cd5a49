import { listsBidders } from '#src/domain/stages.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { fitOf } from './cells.ts';
import { addValue, type EntryValue, type RawEntry } from './entries.ts';
import { findColumn, type Labels, tierOf } from './labels.ts';
import { isListed, listOf } from './list-columns.ts';
import { normaliseLabel } from './normalise-label.ts';
import { placeOf, SUM, sumOf, withUnitColumn } from './records.ts';
import type { RecordCell, TableRecord } from './table.ts';

/**
 * What a row below headers says of the notice, and as a row of its list: none for a total. `shared` are cells that stand for
 * every row; `lot` is the one that the table stands below.
 */
export function readRecord(
  { cells: told, isTotal, headers }: TableRecord,
  shared: ReadonlySet<string>,
  lot: EntryValue | undefined,
  labels: Labels,
): { candidates: Candidate[]; entry: RawEntry | undefined } {
  const cells = withUnitColumn(told, labels);
  const entry = entryOf(cells, lot, labels);
  const part = entry.values.get('lot')?.text;
  const bidder = listsBidders(labels.stage) ? entry.values.get('supplier')?.text : undefined;
  const whose = { ...(part ? { part } : {}), ...(bidder ? { bidder } : {}) };
  const marks = isTotal ? { isTotal } : { isPart: true, ...whose };
  const candidates = cells.flatMap(({ label, text, at }) => {
    const isShared = shared.has(placeOf({ label, text, at }));
    const named = isShared && SUM.test(normaliseLabel(label)) ? (sumOf(headers, labels) ?? label) : label;
    const read = candidatesOf(named, { text, ...(at === undefined ? {} : { at }) }, labels, 'column');
    return isShared ? read : read.map((candidate) => ({ ...candidate, ...marks }));
  });
  return { candidates, entry: isTotal || entry.values.size === 0 ? undefined : entry };
}

function entryOf(cells: readonly RecordCell[], lot: EntryValue | undefined, labels: Labels): RawEntry {
  const entry: RawEntry = { values: new Map(), rule: 'column' };
  for (const { label, text, at } of cells) {
    const key = findColumn(label, labels);
    // `中标结果` heads sums and words alike.
    if (!key || (key === 'awardAmount' && /结果$/.test(label) && fitOf(key, text) <= 0)) continue;
    addValue(entry, key, { text, label, tier: tierOf(label, key, labels), ...(at === undefined ? {} : { at }) });
  }
  if (listOf(labels) === 'lots') numberLot(entry, cells);
  if (lot && !entry.values.has('lot') && isListed('lot', labels)) entry.values.set('lot', lot);
  return entry;
}

/** `序号 | 标项名称`: where a lot has a name and no number of its own, the number of its row is its number. */
function numberLot({ values }: RawEntry, cells: readonly RecordCell[]): void {
  const named = values.get('lot');
  const serial = cells.find(({ label, text }) => normaliseLabel(label) === '序号' && /^\d{1,2}$/.test(text.trim()));
  if (!named || !serial || !/名称$/.test(normaliseLabel(named.label))) return;
  if (!/标项/.test(named.label) && /标段|标包|分标|标项|包/.test(named.text)) return;
  if (!values.has('lotName')) values.set('lotName', named);
  values.set('lot', serial);
}
