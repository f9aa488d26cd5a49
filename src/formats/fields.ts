import { describeDamage, showDamage } from './damage.ts';
import { FeedFormatError } from './format-error.ts';
import type { JsonObject } from './json.ts';
import { stripMarkup } from './text.ts';

const MISSING = /^(?:null|undefined|无|暂无|未提供|[/\\—-]*)$/i;

/** Text of a value whose type varies from site to site: text, number, list of these. Empty for everything that means "missing". */
export function fieldText(value: unknown): string {
  if (Array.isArray(value)) return [...new Set(value.map(fieldText).filter((text) => text !== ''))].join(' ');
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = stripMarkup(String(value));
  return MISSING.test(text) ? '' : text;
}

/** The first of several fields that holds something. */
export function firstField(record: JsonObject, names: readonly string[]): { name: string; text: string } | undefined {
  for (const name of names) {
    const text = fieldText(record[name]);
    if (text !== '') return { name, text };
  }
  return undefined;
}

/** A count that a feed gives as number or text. */
export function fieldCount(value: unknown): number | undefined {
  const text = fieldText(value);
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a place where the feed must have one. @throws FeedFormatError naming the place. */
export function requireObject(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value;
  throw new FeedFormatError(`返回的数据缺少“${place}”`, JSON.stringify(value) ?? '');
}

/** The list at a place where the feed must have one. @throws FeedFormatError naming the place. */
export function requireList(value: unknown, place: string, whole: unknown = value): unknown[] {
  if (Array.isArray(value)) return value;
  throw new FeedFormatError(`返回的数据缺少列表“${place}”`, JSON.stringify(whole) ?? '');
}

/** A required text of a row. @throws FeedFormatError that makes the row, not the page, a fault. */
export function requireText(text: string | undefined, what: string): string {
  if (text) return text;
  throw new FeedFormatError(`条目缺少${what}`);
}

/** Fields that an adapter did not use and that hold something. */
export function otherFields(record: JsonObject, used: readonly string[]): JsonObject {
  const rest = Object.entries(record).filter(([name, value]) => !used.includes(name) && !isEmpty(value));
  return Object.fromEntries(rest);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.every(isEmpty));
}

/** A row that cannot be read, as it is kept. */
export interface RowFault {
  sourceItemId?: string;
  raw: string;
  reason: string;
}

/** Longest part of an unreadable row that is kept. */
const LONGEST_RAW = 100_000;

/**
 * Reads every row; a row that cannot be read, or that bytes damaged on the way are part of, becomes a fault and never stops the
 * others. `describe` gives the whole row as text.
 */
export function readRows<Row, Read extends { sourceItemId: string }>(
  rows: readonly Row[],
  read: (row: Row) => Read,
  describe: (row: Row) => { sourceItemId?: string | undefined; raw: string } = (row) => ({
    raw: JSON.stringify(row) ?? '',
  }),
): { drafts: Read[]; faults: RowFault[] } {
  const drafts: Read[] = [];
  const faults: RowFault[] = [];
  for (const [index, row] of rows.entries()) {
    const { sourceItemId, raw } = describe(row);
    const damage = describeDamage(raw);
    const draft = attempt(() => read(row));
    if (!damage && !(draft instanceof FeedFormatError)) drafts.push(draft);
    else {
      const reason = draft instanceof FeedFormatError ? draft.message : '';
      const id = soundId(sourceItemId) ?? (draft instanceof FeedFormatError ? undefined : soundId(draft.sourceItemId));
      faults.push({
        ...(id ? { sourceItemId: id } : {}),
        raw: showDamage(raw.slice(0, LONGEST_RAW)),
        reason: damage ? `第 ${index + 1} 条${damage}` : reason,
      });
    }
  }
  return { drafts, faults };
}

function attempt<Read>(read: () => Read): Read | FeedFormatError {
  try {
    return read();
  } catch (error) {
    if (error instanceof FeedFormatError) return error;
    throw error;
  }
}

function soundId(id: string | undefined): string | undefined {
  return id && !describeDamage(id) ? id : undefined;
}
