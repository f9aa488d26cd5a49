import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { noticeParties, notices, noticeTexts, organizationNames, organizations } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import { chooseCurrentName } from './current-name.ts';
import { deleteUnused, forgetName } from './forget.ts';
import { insertParties } from './parties.ts';
import { findOrganization, findRoot } from './records.ts';
import { indexOrganization } from './search-index.ts';

/** Id of the last notice whose parties were looked up by a rebuild that has not ended. */
const POSITION = 'organizations.rebuild';
const BATCH = 500;

const IS_PUBLIC = eq(notices.isPublic, 1).inlineParams();
const COUNT_AFTER = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ total: count() })
    .from(notices)
    .where(and(IS_PUBLIC, gt(notices.id, p.id))),
);
const LIST_AFTER = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: notices.id,
      category: notices.category,
      stage: notices.stage,
      county: notices.county,
      publishedAt: notices.publishedAt,
      buyer: notices.buyer,
      agency: notices.agency,
      lotCode: notices.lotCode,
      suppliers: notices.suppliers,
      tenderers: notices.tenderers,
      facts: notices.facts,
      amountFen: notices.amountFen,
      amountKind: notices.amountKind,
      body: noticeTexts.body,
    })
    .from(notices)
    .innerJoin(noticeTexts, eq(noticeTexts.noticeId, notices.id))
    .where(and(IS_PUBLIC, gt(notices.id, p.id)))
    .orderBy(asc(notices.id))
    .limit(BATCH),
);
const FIND_UNRESOLVED = defineQuery((db) =>
  db.select({ noticeId: noticeParties.noticeId }).from(noticeParties).where(isNull(noticeParties.matchedBy)).limit(1),
);
const DELETE_PARTIES = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db.delete(noticeParties).where(eq(noticeParties.noticeId, p.noticeId)),
);

const above = aliased(organizations, 'r');
/** What an organization was merged into, in the end. */
const ROOT = sql`(
  WITH RECURSIVE up (id, into_id) AS (
    SELECT ${organizations.id}, ${organizations.mergedInto}
    UNION ALL SELECT ${above.id}, ${above.mergedInto} FROM up JOIN ${named(above)} ON ${above.id} = up.into_id)
  SELECT id FROM up WHERE into_id IS NULL)`;
/** Names of notices that no notice gives beside the code any more. */
const LOST_NAMES = defineSelect(() => {
  const { organizationId: id, key, known } = organizationNames;
  const { nameKey, uscc, organizationId } = noticeParties;
  return {
    fields: { id, key },
    rest: sql`FROM ${organizationNames} JOIN ${organizations} ON ${organizations.id} = ${id}
      WHERE ${known} = 'notice' AND NOT EXISTS (SELECT 1 FROM ${noticeParties}
        WHERE ${nameKey} = ${key} AND ${uscc} = ${organizations.uscc} AND ${organizationId} = ${ROOT})`,
  };
});
const LIST_IDS = defineQuery((db) => db.select({ id: organizations.id }).from(organizations));

export interface RebuildOptions {
  actor: Actor;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Looks up anew whose every party of every public notice is, under the present rules and decisions. An interrupted
 * rebuild goes on where it stopped. Returns whether it came to its end.
 */
export function rebuildLinks(db: Db, { actor, signal, onProgress = () => {} }: RebuildOptions): boolean {
  const total = countAfter(db, '');
  let last = readKeyValue(db, POSITION, '');
  let done = total - countAfter(db, last);
  for (;;) {
    if (signal?.aborted) return false;
    const rows = LIST_AFTER.all(db, { id: last });
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
    db.$client.transaction(() => relinkNotices(db, rows, actor)).immediate();
    done += rows.length;
    onProgress(done, total);
  }
  db.$client.transaction(() => tidy(db, actor)).immediate();
  return true;
}

/** Does some public notice have a party that was never looked up? */
export function hasUnresolvedParties(db: Db): boolean {
  return FIND_UNRESOLVED.first(db) !== undefined;
}

type StoredNotice = ReturnType<typeof LIST_AFTER.all>[number];

function countAfter(db: Db, id: string): number {
  return COUNT_AFTER.first(db, { id })?.total ?? 0;
}

function relinkNotices(db: Db, rows: readonly StoredNotice[], actor: Actor): void {
  const context = { actor, now: new Date().toISOString() };
  for (const { body, ...notice } of rows) {
    DELETE_PARTIES.run(db, { noticeId: notice.id });
    insertParties(db, notice, body, context);
  }
  saveKeyValue(db, POSITION, rows.at(-1)?.id ?? '');
}

/** Drops what no notice says any more, and chooses current names again. */
function tidy(db: Db, actor: Actor): void {
  const context = { actor, now: new Date().toISOString() };
  for (const { id, key } of LOST_NAMES.all(db)) {
    const row = findOrganization(db, id);
    if (row) forgetName(db, row, key, context);
  }
  for (const { id } of LIST_IDS.all(db)) {
    const row = findOrganization(db, id);
    if (!row || deleteUnused(db, row)) continue;
    chooseCurrentName(db, id, findRoot(db, id)?.id ?? id, context);
    indexOrganization(db, id);
  }
  deleteKeyValue(db, POSITION);
}
