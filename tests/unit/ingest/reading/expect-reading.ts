import { expect } from 'vitest';
import type { Category } from '#src/domain/categories.ts';
import {
  type EntryKey,
  type FactEntry,
  type FactKey,
  type FactValue,
  factDefinition,
} from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

/** What a reader finds: money in yuan, areas in m², times in Beijing (`2026-04-21 09:30`, a day alone as `2026-04-21`), words; null: nothing that counts. */
export type Expected = Partial<Record<FactKey | EntryKey, string | number | null>>;

/** A small notice and what a reader finds in it. */
export interface Case {
  name: string;
  kind: readonly [Category, Stage];
  html: string;
  facts?: Expected;
  /** Rows of the notice's list, in order. */
  rows?: readonly Expected[];
}

const LISTS = ['candidates', 'bids', 'lots', 'parcels'] as const;

/** Expects a case to be read as its reader does. */
export function expectReading({ kind: [category, stage], html, facts = {}, rows }: Case): void {
  const read = extractFacts({ ...sanitizeBody(html), category, stage, fields: {} });
  const found = Object.fromEntries(Object.keys(facts).map((key) => [key, shown(key as FactKey, read[key as FactKey])]));
  expect(found).toEqual(facts);
  if (!rows) return;
  const list = LISTS.flatMap((key) => read[key]?.entries ?? []);
  expect(list.map((entry, index) => shownRow(entry, rows[index] ?? {}))).toEqual(rows);
}

function shownRow(entry: FactEntry, wanted: Expected): Expected {
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, shown(key as EntryKey, entry[key as EntryKey])]));
}

function shown(key: FactKey | EntryKey, fact: FactValue | undefined): string | number | null {
  if (!fact || fact.doubt) return null;
  const { kind } = factDefinition(key);
  if (kind === 'money') return fact.fen === undefined ? null : fact.fen / 100;
  if (kind === 'area') return fact.squareMetres ?? null;
  if (kind !== 'instant') return fact.text;
  if (!fact.instant) return null;
  const beijing = new Date(Date.parse(fact.instant) + 8 * 3_600_000).toISOString();
  return fact.precision === 'day' ? beijing.slice(0, 10) : `${beijing.slice(0, 10)} ${beijing.slice(11, 16)}`;
}
