import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, rawItems } from '#db/schema/index.ts';
import { isStorageFailure } from '#db/storage-errors.ts';
import { COUNTY_SLUGS, countyDefinition } from '#src/domain/counties/counties.ts';
import type { ExchangeResult } from '#src/domain/exchange/exchange.ts';
import { recordExchange } from '#src/publish/exchange/record.ts';
import { saveIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { quarantine } from '#src/publish/items/quarantine.ts';
import { type ReadyItem, storeItem } from '#src/publish/items/store-item.ts';
import { saveLibraryItem } from '#src/publish/library/import.ts';
import { findKnown } from '#src/publish/notices/known.ts';
import type { SaveContext, SaveOutcome } from '#src/publish/notices/store.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import type { PushedItem } from '../api/sync/schema.ts';
import { pushSourceKey } from './keys.ts';
import type { PreparedItem } from './prepare-item.ts';
import { toPublicError, toPublicReasons } from './public-reasons.ts';
import { parseItem } from './read-item.ts';

/** An item of a push with what preparing it gave. */
export interface ReadItem {
  index: number;
  /** The sender's id; null when none can be read. */
  id: string | null;
  prepared?: PreparedItem;
  /** Why it cannot be read. */
  error?: unknown;
  text: string;
}

const RECORD = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string; contentHash: string }>) =>
  db
    .select({ id: sql<string | null>`coalesce(${rawItems.noticeId}, ${rawItems.exposureId})` })
    .from(rawItems)
    .where(
      and(
        eq(rawItems.sourceKey, p.sourceKey),
        eq(rawItems.sourceItemId, p.sourceItemId),
        eq(rawItems.contentHash, p.contentHash),
      ),
    ),
);

/** Stores one item inside the caller's transaction, in a savepoint of its own. @throws SqliteError when the machine fails */
export function saveItem(db: Db, item: ReadItem, sourceKey: string, context: SaveContext): PushedItem {
  const named = { index: item.index, id: item.id };
  try {
    if (!item.prepared) throw item.error;
    if ('library' in item.prepared) {
      return { ...named, status: saveLibraryItem(db, item.prepared.library, { ...context, source: sourceKey }) };
    }
    const { completed } = item.prepared;
    // Looked up here: an item may take back another one of the same push.
    const takesBack = completed.draft.withdrawn && !completed.draft.exposure;
    const known = takesBack ? findKnown(db, sourceKey, completed.draft) : undefined;
    const status = storeItem(db, { ...completed, known }, context);
    const { sourceItemId, contentHash } = completed.raw;
    const record = RECORD.first(db, { sourceKey, sourceItemId, contentHash });
    const exposureId = completed.draft.exposure && record?.id;
    if (exposureId)
      noteExchange(db, completed, { result: resultOf(db, exposureId, sourceKey, status), exposureId }, context);
    return { ...named, status, ...(record?.id ? { recordId: record.id } : {}) };
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    const told = toPublicError(error);
    putAside(db, item, sourceKey, told, context);
    const reasons = toPublicReasons(told);
    const completed = item.prepared && 'completed' in item.prepared ? item.prepared.completed : undefined;
    if (completed?.draft.exposure) {
      const messages = reasons.map(({ message }) => message);
      noteExchange(db, completed, { result: 'rejected', reasons: messages }, context);
    }
    return { ...named, status: 'rejected', reasons };
  }
}

interface Exchanged {
  result: ExchangeResult;
  exposureId?: string;
  reasons?: string[];
}

/** Entries that departments and counties push stand in the log of what is exchanged, with what became of them. */
function noteExchange(db: Db, { entry, incomplete, raw }: ReadyItem, exchanged: Exchanged, context: SaveContext): void {
  const { result, exposureId = null, reasons = [] } = exchanged;
  const county = COUNTY_SLUGS.find((slug) => raw.sourceKey === pushSourceKey(slug)) ?? null;
  recordExchange(db, {
    ...{ at: context.now, direction: 'in', channel: 'api', actor: context.actor, county },
    ...{ partner: county ? countyDefinition(county).label : raw.sourceKey, hash: raw.contentHash },
    ...{ decisionNo: entry?.content.decisionNo ?? incomplete?.said.decisionNo ?? '', result, reasons, exposureId },
  });
}

const ENTRY_SOURCE = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ sourceKey: exposures.sourceKey }).from(exposures).where(eq(exposures.id, p.id)),
);

/** The same decision from somebody who was not the first to tell it is a duplicate, whatever it adds. */
function resultOf(db: Db, id: string, sourceKey: string, status: SaveOutcome): ExchangeResult {
  return ENTRY_SOURCE.first(db, { id })?.sourceKey === sourceKey ? status : 'duplicate';
}

/** Keeps what was refused, as the pull does. Library rows that were understood are kept by their own table. */
function putAside(db: Db, item: ReadItem, sourceKey: string, error: unknown, context: SaveContext): void {
  if (item.prepared && 'library' in item.prepared) return;
  const completed = item.prepared?.completed;
  const raw = completed?.raw ?? toUnreadable(item, sourceKey);
  const example = completed ? (completed.draft.exposure ? '' : completed.draft.title) : titleOf(item.text);
  quarantine(db, raw, error, example, context);
  if (completed?.incomplete) saveIncomplete(db, raw, completed.incomplete, context.now);
}

/** The title of an item that could not be read whole; '' where it has none. */
function titleOf(text: string): string {
  try {
    const { title } = parseItem(text) as { title?: unknown };
    return typeof title === 'string' ? title : '';
  } catch {
    return '';
  }
}

function toUnreadable({ text }: ReadItem, sourceKey: string) {
  const hash = sha256(text);
  return { sourceKey, sourceItemId: `unreadable ${hash.slice(0, 16)}`, contentHash: hash, listItem: text };
}
