import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { InputError } from '#src/domain/errors.ts';
import type { RejectedItem, RejectedPage } from '#src/domain/site/site-views.ts';

const REJECTED_PAGE_SIZE = 50;

/** Number of a source's items that stand rejected. */
export function countRejected(db: Db, sourceKey: string): number {
  const row = findRow<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM raw_items WHERE source_key = ? AND state = 'rejected'`,
    [sourceKey],
  );
  return row?.total ?? 0;
}

/** A source's rejected items with their reasons, newest first; `before` continues after a page. */
export function listRejected(db: Db, sourceKey: string, before = Number.MAX_SAFE_INTEGER): RejectedPage {
  const rows = listRows<Omit<RejectedItem, 'reasons'> & { reasons: string }>(
    db,
    `SELECT id AS row, source_item_id AS sourceItemId, received_at AS receivedAt, attempts, reasons
     FROM raw_items WHERE source_key = ? AND state = 'rejected' AND id < ? ORDER BY id DESC LIMIT ?`,
    [sourceKey, before, REJECTED_PAGE_SIZE + 1],
  );
  const items = rows
    .slice(0, REJECTED_PAGE_SIZE)
    .map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as RejectedItem['reasons'] }));
  const next = rows.length > REJECTED_PAGE_SIZE ? (items.at(-1)?.row ?? null) : null;
  return { items, total: countRejected(db, sourceKey), next };
}

/** Query of a page of rejected items. @throws InputError naming each parameter that is unknown or not a row number. */
export function parseRejectedQuery(parameters: URLSearchParams): { before?: number } {
  const unknown = [...new Set(parameters.keys())].filter((name) => name !== 'before');
  const given = parameters.getAll('before');
  const faults = unknown.map((name) => ({ name, message: '没有这个参数' }));
  if (given.length > 1 || given.some((text) => !/^\d{1,15}$/.test(text))) {
    faults.push({ name: 'before', message: '翻页标记无效' });
  }
  if (faults.length > 0) throw new InputError(faults);
  return given[0] ? { before: Number(given[0]) } : {};
}
