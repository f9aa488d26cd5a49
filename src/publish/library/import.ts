import { createHash } from 'node:crypto';
import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { libraryRejections } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { legibleLine } from '#src/domain/notices/legible.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { describeDamage } from '#src/formats/damage.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { Table } from '#src/formats/table.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { findLibraryOwner } from '../organizations/library-owner.ts';
import {
  BLOCKS,
  type Block,
  type BlockKey,
  CODE_HEADERS,
  findBlock,
  NAME_HEADERS,
  readCell,
  surnameOf,
} from './blocks.ts';
import { findTeller, findToldText, writeEntry } from './rows.ts';

/** A row of a library file, header → text; only columns that a block knows, names of persons cut to the surname. */
type LibraryRow = Readonly<Record<string, string>>;

/** An entry as a row tells it. */
interface LibraryEntry {
  name: string;
  key: string;
  uscc: string | null;
  /** Column → value, for every column of the block. */
  values: Record<string, string | number | null>;
}

const cell = (row: LibraryRow, headers: readonly string[]) =>
  headers.map((header) => row[header] ?? '').find(Boolean) ?? '';

/** What a row says, without anything that is not to be kept. */
export function toLibraryRow(block: Block, headers: readonly string[], cells: readonly string[]): LibraryRow {
  const row: Record<string, string> = {};
  const columns = [...block.fields, { kind: 'text', headers: NAME_HEADERS }, { kind: 'text', headers: CODE_HEADERS }];
  for (const { kind, headers: own } of columns) {
    for (const header of own) {
      const text = legibleLine(cells[headers.indexOf(header)] ?? '');
      if (text) row[header] = kind === 'surname' ? surnameOf(text) : text;
    }
  }
  return row;
}

/** The entry in a row, or the reasons in Chinese why it cannot be taken. */
function readRow(block: Block, row: LibraryRow): { entry: LibraryEntry } | { reasons: string[] } {
  const damage = describeDamage(Object.values(row).join(' '));
  const reasons: string[] = damage ? [damage] : [];
  const name = cell(row, NAME_HEADERS);
  const key = nameKey(name);
  const code = normaliseUscc(cell(row, CODE_HEADERS));
  if (key === '') reasons.push('缺少企业名称');
  if (code !== '' && !isUscc(code)) reasons.push(`统一社会信用代码“${code.slice(0, 30)}”校验不通过`);
  const values: LibraryEntry['values'] = {};
  for (const { column, kind, headers, required } of block.fields) {
    const text = cell(row, headers);
    const value = text === '' ? null : readCell(kind, text);
    if (value === undefined) reasons.push(`“${headers[0]}”无法读取：${text.slice(0, 40)}`);
    if (value === null && required) reasons.push(`缺少“${headers[0]}”`);
    values[column] = value ?? null;
  }
  const { validFrom: from, validUntil: until } = values;
  if (typeof from === 'string' && typeof until === 'string' && from > until) reasons.push('有效期止早于有效期起');
  return reasons.length > 0 ? { reasons } : { entry: { name, key, uscc: code || null, values } };
}

const { attempts, ...REJECTION } = getTableColumns(libraryRejections);
const { id, reasons, lastTriedAt, firstSeenAt, actor } = REJECTION;
const REJECT = defineQuery((db, p: Params<RowOf<typeof REJECTION>>) =>
  db
    .insert(libraryRejections)
    .values(paramsOf(REJECTION, p))
    .onConflictDoUpdate({
      target: id,
      set: { ...excludedOf({ reasons, lastTriedAt, actor }), attempts: sql`${attempts} + 1` },
    }),
);
const SETTLE = defineQuery((db, p: Params<{ id: string }>) => db.delete(libraryRejections).where(eq(id, p.id)));
const LIST = defineQuery((db) => db.select(REJECTION).from(libraryRejections).orderBy(asc(firstSeenAt), asc(id)));

/** Rows a transaction. */
const BATCH = 2_000;

/** What became of rows: entries that are new, entries checked anew, rows kept with the reasons why they were not taken. */
export interface RowCounts {
  added: number;
  renewed: number;
  rejected: number;
}

export interface ImportSummary extends RowCounts {
  block: BlockKey;
}

export interface ImportContext extends WriteContext {
  /** Name of the register that the file comes from. */
  source: string;
  /** When the file was taken from it: "last checked". */
  now: string;
  signal?: AbortSignal | undefined;
}

/**
 * Takes over a table of one library block, told by its headers. The same entry again renews its validity and the time of
 * its last check; what cannot be taken is kept with its reasons. @throws FeedFormatError when it is no block's table.
 */
export function importLibrary(db: Db, [headers = [], ...rows]: Table, context: ImportContext): ImportSummary {
  const block = findBlock(headers);
  if (!block) throw new FeedFormatError('表头不是资质、业绩、荣誉或人员', headers.join('，'));
  const summary: ImportSummary = { block: block.key, added: 0, renewed: 0, rejected: 0 };
  for (let start = 0; start < rows.length; start += BATCH) {
    context.signal?.throwIfAborted();
    const batch = rows.slice(start, start + BATCH);
    const save = () => {
      for (const cells of batch) summary[saveRow(db, block, toLibraryRow(block, headers, cells), context)] += 1;
    };
    db.$client.transaction(save).immediate();
  }
  return summary;
}

/** One entry as it was sent by itself, not as a row of a table. */
export interface LibraryItem {
  block: Block;
  row: LibraryRow;
}

/** An entry whose block is named and whose values stand under the headers of the block's tables. */
export function toLibraryItem({
  block: key,
  fields,
}: {
  block: BlockKey;
  fields: Record<string, string>;
}): LibraryItem {
  const block = BLOCKS.find((each) => each.key === key);
  if (!block) throw new Error(`there is no library block ${key}`);
  return { block, row: toLibraryRow(block, Object.keys(fields), Object.values(fields)) };
}

/** Takes over one entry inside the caller's transaction. @throws ItemRejectedError with the reasons; the entry is kept with them */
export function saveLibraryItem(
  db: Db,
  { block, row }: LibraryItem,
  context: ImportContext,
): 'created' | 'changed' | 'unchanged' {
  const before = findEntry(db, block, row, context.source);
  const saved = takeRow(db, block, row, context);
  if (typeof saved !== 'string') {
    throw new ItemRejectedError(saved.reasons.map((message) => ({ code: 'library', message })));
  }
  if (saved === 'added') return 'created';
  return before === findEntry(db, block, row, context.source) ? 'unchanged' : 'changed';
}

type RowContext = ImportContext & { checkedAt?: string };

/** Judges rows that were refused again, under the present rules and organizations. */
export function retryLibrary(db: Db, by: WriteContext): RowCounts {
  const summary: RowCounts = { added: 0, renewed: 0, rejected: 0 };
  const retry = () => {
    for (const { block: key, source, row, firstSeenAt } of LIST.all(db)) {
      const block = BLOCKS.find((each) => each.key === key);
      if (!block) continue;
      const outcome = saveRow(db, block, row, { ...by, source, checkedAt: firstSeenAt });
      summary[outcome] += 1;
    }
  };
  db.$client.transaction(retry).immediate();
  return summary;
}

function saveRow(db: Db, block: Block, row: LibraryRow, context: RowContext): keyof RowCounts {
  const saved = takeRow(db, block, row, context);
  return typeof saved === 'string' ? saved : 'rejected';
}

/** Writes a row's entry, or keeps the row with the reasons why not. */
function takeRow(
  db: Db,
  block: Block,
  row: LibraryRow,
  context: RowContext,
): 'added' | 'renewed' | { reasons: string[] } {
  const { source, now, actor } = context;
  const id = createHash('sha256')
    .update(JSON.stringify([block.key, source, row]))
    .digest('hex');
  const read = readRow(block, row);
  const saved = 'reasons' in read ? read : saveEntry(db, block, read.entry, context);
  if (typeof saved === 'string') {
    SETTLE.run(db, { id });
    return saved;
  }
  const { reasons } = saved;
  REJECT.run(db, { id, block: block.key, source, row, reasons, firstSeenAt: now, lastTriedAt: now, actor });
  return saved;
}

/** Writes an entry; the reason when its organization cannot be told. */
function saveEntry(
  db: Db,
  block: Block,
  entry: LibraryEntry,
  context: RowContext,
): 'added' | 'renewed' | { reasons: string[] } {
  const { source, now, checkedAt = now } = context;
  const owner = findLibraryOwner(db, entry, context);
  if ('reason' in owner) return { reasons: [owner.reason] };
  const { values } = entry;
  const id = entryId(block, entry, source);
  const isKnown = findTeller(db, block, id) !== undefined;
  const row = { id, organizationId: owner.organizationId, source, checkedAt, mirror: null, values };
  writeEntry(db, block, row, context);
  return isKnown ? 'renewed' : 'added';
}

function entryId(block: Block, { values, uscc, key }: LibraryEntry, source: string): string {
  const parts = block.identity.map((column) => String(values[column] ?? ''));
  return stableId('library', block.key, source, uscc ?? key, ...parts);
}

/** What is stored of an entry, as text to compare; undefined when there is nothing. */
function findEntry(db: Db, block: Block, row: LibraryRow, source: string): string | undefined {
  const read = readRow(block, row);
  if ('reasons' in read) return undefined;
  return findToldText(db, block, entryId(block, read.entry, source));
}
