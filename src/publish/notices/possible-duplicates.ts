import { and, eq, getTableColumns, ne, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices, possibleDuplicates } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { follow } from '../changes/follow.ts';

const NOTICE = {
  id: notices.id,
  sourceKey: notices.sourceKey,
  county: notices.county,
  projectCode: notices.projectCode,
  lotCode: notices.lotCode,
  fingerprint: notices.fingerprint,
  deduplicationKey: notices.deduplicationKey,
  firstSeenAt: notices.firstSeenAt,
};
type Notice = RowOf<typeof NOTICE>;

const IS_PUBLIC = eq(notices.isPublic, 1).inlineParams();
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(NOTICE)
    .from(notices)
    .where(and(eq(notices.id, p.id), IS_PUBLIC)),
);
const LIMIT = 20;
const ALIKE = {
  text: defineQuery((db, p: Params<Notice>) =>
    db
      .select(NOTICE)
      .from(notices)
      .where(and(eq(notices.fingerprint, p.fingerprint), ne(notices.id, p.id), IS_PUBLIC))
      .limit(LIMIT),
  ),
  title: defineQuery((db, p: Params<Notice>) =>
    db
      .select(NOTICE)
      .from(notices)
      .where(and(eq(notices.deduplicationKey, p.deduplicationKey), ne(notices.id, p.id), IS_PUBLIC))
      .limit(LIMIT),
  ),
};
const { state: _state, decidedAt: _decidedAt, ...COLUMNS } = getTableColumns(possibleDuplicates);
const ADD = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(possibleDuplicates).values(paramsOf(COLUMNS, p)).onConflictDoNothing(),
);
const APART = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ noticeId: possibleDuplicates.noticeId, otherId: possibleDuplicates.otherId })
    .from(possibleDuplicates)
    .where(
      and(
        or(eq(possibleDuplicates.noticeId, p.id), eq(possibleDuplicates.otherId, p.id)),
        eq(possibleDuplicates.state, 'apart').inlineParams(),
      ),
    ),
);
const FORGET = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .delete(possibleDuplicates)
    .where(
      and(
        or(eq(possibleDuplicates.noticeId, p.id), eq(possibleDuplicates.otherId, p.id)),
        eq(possibleDuplicates.state, 'open').inlineParams(),
        sql`NOT EXISTS (SELECT 1 FROM ${notices} WHERE ${notices.id} = ${p.id} AND ${notices.isPublic} = 1)`,
      ),
    ),
);

/** Changes of one step. */
const BATCH = 200;

/**
 * Looks behind the changes for public notices that may be the same one: one step, in one transaction. Returns whether there may be more.
 */
export function findPossibleDuplicates(db: Db, now: Instant): boolean {
  const batch = follow(db, 'duplicates', BATCH);
  if (!batch) return false;
  db.$client
    .transaction(() => {
      for (const id of batch.ids) find(db, id, now);
      batch.keep();
    })
    .immediate();
  return true;
}

/** Ids of notices that staff keep apart from one. */
export function keptApart(db: Db, id: string): ReadonlySet<string> {
  return new Set(APART.all(db, { id }).map(({ noticeId, otherId }) => (noticeId === id ? otherId : noticeId)));
}

function find(db: Db, id: string, foundAt: Instant): void {
  // What is public no more waits for nobody.
  FORGET.run(db, { id });
  const notice = FIND.first(db, { id });
  if (!notice) return;
  for (const likeness of ['text', 'title'] as const) {
    for (const other of ALIKE[likeness].all(db, notice)) {
      if (!maybeSame(notice, other, likeness)) continue;
      const [later, earlier] = isLater(notice, other) ? [notice, other] : [other, notice];
      const counties = { county: later.county, otherCounty: earlier.county };
      ADD.run(db, { noticeId: later.id, otherId: earlier.id, ...counties, likeness, foundAt });
    }
  }
}

const isLater = (one: Notice, other: Notice): boolean =>
  one.firstSeenAt === other.firstSeenAt ? one.id > other.id : one.firstSeenAt > other.firstSeenAt;

/** Lots and deals with codes of their own are not the same, whatever they say; of one source, titles repeat. */
function maybeSame(one: Notice, other: Notice, likeness: 'text' | 'title'): boolean {
  const agree = (a: string | null, b: string | null) => a === null || b === null || a === b;
  if (!agree(one.projectCode, other.projectCode) || !agree(one.lotCode, other.lotCode)) return false;
  return likeness === 'text' || one.sourceKey !== other.sourceKey;
}
