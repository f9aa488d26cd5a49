import type { Piece } from './candidates.ts';
import { fitOf, formOf, labelWeight } from './cells.ts';
import type { Cell } from './grid.ts';
import { findLabel, type Labels } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { distinctCells } from './rows.ts';

/** A row read as labels beside their values, and how much speaks for it. */
export interface PairRow {
  pairs: { label: string; value: Piece }[];
  weight: number;
}

/** Words between a label and its value that only name a part of it. */
const PART = /^(?:(?:单位)?(?:名称|全称)|(?:人民币)?(?:小写|大写|金额)|(?:人民币)?(?:小写|大写)金额)$/;
const NONE: PairRow = { pairs: [], weight: -10 };

/** Reads a row as pairs; the first cell may name the group that the pairs belong to. */
export function weighPairs(row: readonly Cell[], labels: Labels): PairRow {
  const cells = distinctCells(row);
  if (cells.length < 2) return NONE;
  const plain = readFrom(cells, 0, labels);
  if (cells.length < 3) return plain;
  const grouped = readFrom(cells, 1, labels);
  return grouped.weight > plain.weight ? grouped : plain;
}

function readFrom(cells: readonly Cell[], from: number, labels: Labels): PairRow {
  const group = from > 0 ? (cells[0]?.text ?? '') : '';
  const row: PairRow = { pairs: [], weight: from > 0 ? Math.min(0, labelWeight(group)) - 0.5 : 0 };
  for (let at = from; at < cells.length; ) at += readPair(cells, at, group, labels, row);
  return row;
}

/** Reads the pair that begins at a cell into the row; the number of cells that it took. */
function readPair(cells: readonly Cell[], at: number, group: string, labels: Labels, row: PairRow): number {
  const [label, next, third] = [cells[at], cells[at + 1], cells[at + 2]];
  if (!label) return 1;
  if (!next) {
    row.weight += Math.min(0, labelWeight(label.text)) * 0.6;
    return 1;
  }
  if (third && formOf(next.text) === 'number' && formOf(third.text) === 'unit') {
    add(row, pathOf(group, label.text, labels), { text: `${next.text}${third.text}`, at: next.at }, labels);
    return 3;
  }
  if (third && PART.test(normaliseLabel(next.text)) && labelWeight(label.text) >= 3 && labelWeight(third.text) < 3) {
    add(row, label.text, third, labels);
    row.weight += 2;
    return 3;
  }
  add(row, pathOf(group, label.text, labels), next, labels);
  return 2;
}

/** A general label (`名称`, `金额`) belongs to the group that stands left of it. */
function pathOf(group: string, label: string, labels: Labels): string {
  const isGeneral = PART.test(normaliseLabel(label));
  return group !== '' && isGeneral && findLabel(group, labels) ? group : label;
}

function add(row: PairRow, label: string, value: Piece, labels: Labels): void {
  const isCandidate = /候选/.test(label) && formOf(label) === 'rank' && fitOf('supplier', value.text) >= 1;
  row.weight += isCandidate ? 4 : labelWeight(label) + weighValue(label, value.text, labels);
  if (label !== '' && value.text !== '') row.pairs.push({ label, value });
}

function weighValue(label: string, value: string, labels: Labels): number {
  if (value === '') return label === '' ? 0 : 0.5;
  if (label === '') return -3;
  const key = findLabel(label, labels)?.known[0]?.key;
  const asLabel = Math.max(-2, Math.min(4, labelWeight(value)));
  return (key ? fitOf(key, value) : 0) - asLabel * 0.6;
}
