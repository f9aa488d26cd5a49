import { factDefinition } from '#src/domain/facts/facts.ts';
import { findLabel, type Labels } from './labels.ts';
import type { RecordCell, TableEvent } from './table.ts';

/** A column for what the others add up to. */
export const SUM = /^(?:合计|总计|总价|合计金额|总金额)$/;

/** The one header of a sum in a table: what its total is a total of. */
export function sumOf(headers: readonly string[], labels: Labels): string | undefined {
  const sums = headers.filter((header) => {
    const key = findLabel(header, labels)?.known[0]?.key;
    return key !== undefined && factDefinition(key).kind === 'money';
  });
  return sums.length === 1 ? sums[0] : undefined;
}

/** Cells with the unit that a column of its own states for the sums beside it: `中标金额 | 单位`, `5 | 万元`. */
export function withUnitColumn(cells: readonly RecordCell[], labels: Labels): RecordCell[] {
  const unit = cells.find(
    ({ label, text }) =>
      /^(?:货币|金额|计价|币种)?单位$/.test(label.trim()) && /^(?:人民币)?[万亿]?元$/.test(text.trim()),
  );
  if (!unit) return [...cells];
  const name = unit.text.trim().replace('人民币', '');
  return cells.map((cell) => {
    const key = findLabel(cell.label, labels)?.known[0]?.key;
    const isSum = key !== undefined && factDefinition(key).kind === 'money' && /^[\d,.\s]+$/.test(cell.text);
    return isSum && !/元/.test(cell.label) ? { ...cell, label: `${cell.label}（${name}）` } : cell;
  });
}

/** Neighbouring lines as one event, so that a heading meets what stands below it. */
export function joinLines(events: readonly TableEvent[]): TableEvent[] {
  const joined: TableEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.kind === 'lines' && last?.kind === 'lines')
      joined[joined.length - 1] = { kind: 'lines', lines: [...last.lines, ...event.lines] };
    else joined.push(event);
  }
  return joined;
}

/** A cell and the column that it stands in. */
export function placeOf({ label, text, at }: Pick<RecordCell, 'label' | 'text' | 'at'>): string {
  return `${at} ${label} ${text}`;
}

/** Cells that are merged over all records of a table: what they say is said of the whole. */
export function sharedCells(events: readonly TableEvent[]): ReadonlySet<string> {
  const records = events.filter((event) => event.kind === 'record' && !event.isTotal);
  if (records.length < 2) return new Set();
  const counts = new Map<string, number>();
  for (const record of records)
    if (record.kind === 'record')
      for (const cell of record.cells) counts.set(placeOf(cell), (counts.get(placeOf(cell)) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count === records.length).map(([place]) => place));
}
