import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { rawItems } from '#db/schema/index.ts';
import { InputError } from '#src/domain/errors.ts';
import type { RejectedPage } from '#src/domain/site/site-views.ts';

const REJECTED_PAGE_SIZE = 50;

/** Written out, not as a parameter: the index holds these rows alone. */
const IS_REJECTED = sql`${rawItems.state} = 'rejected'`;

const COUNT = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ total: count() })
    .from(rawItems)
    .where(and(eq(rawItems.sourceKey, p.sourceKey), IS_REJECTED)),
);

const PAGE = defineQuery((db, p: Params<{ sourceKey: string; before: number }>) =>
  db
    .select({
      row: rawItems.id,
      sourceItemId: rawItems.sourceItemId,
      receivedAt: rawItems.receivedAt,
      attempts: rawItems.attempts,
      reasons: rawItems.reasons,
    })
    .from(rawItems)
    .where(and(eq(rawItems.sourceKey, p.sourceKey), IS_REJECTED, lt(rawItems.id, p.before)))
    .orderBy(desc(rawItems.id))
    .limit(REJECTED_PAGE_SIZE + 1),
);

/** Number of a source's items that stand rejected. */
export function countRejected(db: Db, sourceKey: string): number {
  return COUNT.first(db, { sourceKey })?.total ?? 0;
}

/** A source's rejected items with their reasons, newest first; `before` continues after a page. */
export function listRejected(db: Db, sourceKey: string, before = Number.MAX_SAFE_INTEGER): RejectedPage {
  const rows = PAGE.all(db, { sourceKey, before });
  const items = rows.slice(0, REJECTED_PAGE_SIZE);
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
