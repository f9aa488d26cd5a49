import { getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { unknownCodes } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { SaveContext } from '../notices/store.ts';
import { sha256 } from '../prepare/fingerprints.ts';
import type { UnknownCode } from '../prepare/normalise.ts';
import { UnmappedError } from '../prepare/prepare.ts';
import { isRemovedItem, RemovedItemError } from '../removal/guard.ts';
import { type RawItem, saveRawItem } from './raw-items.ts';
import { ItemRejectedError, type Reason } from './reasons.ts';

const { count, ...COLUMNS } = getTableColumns(unknownCodes);
const SAVE_UNKNOWN = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(unknownCodes)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({
      target: [COLUMNS.sourceKey, COLUMNS.kind, COLUMNS.value],
      set: { count: sql`${count} + 1`, ...excludedOf({ example: COLUMNS.example, lastSeenAt: COLUMNS.lastSeenAt }) },
    }),
);

/**
 * Keeps an item that may not be published, with its reasons, and lists the codes that nobody has mapped. Of what was removed by law
 * nothing is kept.
 */
export function quarantine(db: Db, raw: RawItem, error: unknown, example: string, context: SaveContext): void {
  if (error instanceof RemovedItemError || isRemovedItem(db, raw)) return;
  saveRawItem(db, raw, { ...context, state: 'rejected', reasons: toReasons(error) });
  const unknown: UnknownCode[] = error instanceof UnmappedError ? error.unknown : [];
  for (const { kind, value } of unknown) {
    SAVE_UNKNOWN.run(db, {
      sourceKey: raw.sourceKey,
      kind,
      value: screened(value).slice(0, 200),
      example: screened(example).slice(0, 200),
      firstSeenAt: context.now,
      lastSeenAt: context.now,
    });
  }
}

/** Keeps a row of a list that the adapter could not read. */
export function quarantineFault(
  db: Db,
  sourceKey: string,
  fault: { sourceItemId?: string; raw: string; reason: string },
  context: SaveContext,
): void {
  const hash = sha256(fault.raw);
  const raw = {
    sourceKey,
    sourceItemId: fault.sourceItemId ?? `unreadable ${hash.slice(0, 16)}`,
    contentHash: hash,
    listItem: fault.raw,
  };
  if (isRemovedItem(db, raw)) return;
  const reasons = [{ code: 'unreadable', message: screened(fault.reason) }];
  saveRawItem(db, raw, { ...context, state: 'rejected', reasons });
}

/** Reasons for the sync board, which is public, from whatever stopped an item. */
export function toReasons(error: unknown): Reason[] {
  return readReasons(error).map((reason) => ({ ...reason, message: screened(reason.message) }));
}

function readReasons(error: unknown): Reason[] {
  if (error instanceof ItemRejectedError) return error.reasons;
  if (error instanceof FeedFormatError) return [{ code: 'unreadable', message: error.message }];
  const detail = error instanceof Error ? error.message : String(error);
  return [{ code: 'internal', message: `处理出错：${detail.slice(0, 300)}` }];
}

/** Reasons quote what was sent, and a feed can put anything anywhere. */
function screened(text: string): string {
  return redactPersonalData(text).value;
}
