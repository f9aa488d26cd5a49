import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { ingestRuns, rawItems, sources } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { MIRROR_ADAPTER, rewindMirror } from '#src/ingest/mirror/feed.ts';
import { isReleased, releaseSource } from '#src/ingest/run/records.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** A source that waits for somebody. */
export interface WaitingSource extends Owned {
  list: 'holds' | 'mirrors';
  id: string;
  heldReason: string | null;
  lastError: string | null;
  lastSuccessAt: Instant | null;
  lastItemCount: number | null;
  /** Released already: the next run goes through. */
  isReleased: boolean;
  /** Items put aside. */
  rejected: number;
  runs: SourceRun[];
}

export type SourceRun = ReturnType<typeof RUNS.all>[number];

const s = aliased(sources, 's');
const ROWS = defineSelect((p: Params<{ county: County | null }>) => ({
  fields: {
    id: s.key,
    title: s.name,
    county: s.county,
    adapter: s.adapter,
    held: s.heldReason,
    error: s.lastError,
    failures: s.consecutiveFailures,
    since: sql<string>`coalesce(${s.lastSuccessAt}, ${s.lastAttemptAt}, '2000-01-01T00:00:00.000Z')`,
    rejected: sql<number>`(SELECT count(*) FROM ${rawItems} WHERE ${rawItems.sourceKey} = ${s.key} AND ${rawItems.state} = 'rejected')`,
  },
  rest: sql`FROM ${named(s)} WHERE (${p.county} IS NULL OR ${s.county} = ${p.county}) ORDER BY 8, 1`,
}));
const FIND = defineQuery((db, p: Params<{ key: string }>) => db.select().from(sources).where(eq(sources.key, p.key)));
const REJECTED = defineQuery((db, p: Params<{ key: string }>) =>
  db
    .select({ total: sql<number>`count(*)` })
    .from(rawItems)
    .where(and(eq(rawItems.sourceKey, p.key), eq(rawItems.state, 'rejected').inlineParams())),
);
const RUNS = defineQuery((db, p: Params<{ key: string }>) =>
  db
    .select({
      startedAt: ingestRuns.startedAt,
      state: ingestRuns.state,
      fetched: ingestRuns.fetched,
      created: ingestRuns.created,
      changed: ingestRuns.changed,
      rejected: ingestRuns.rejected,
      error: ingestRuns.error,
    })
    .from(ingestRuns)
    .where(eq(ingestRuns.sourceKey, p.key))
    .orderBy(desc(ingestRuns.startedAt))
    .limit(20),
);
const FORM = z.object({ reason: reasonField });

/** The last runs of a source, the latest first. */
export const listRuns = (db: Db, key: string): SourceRun[] => RUNS.all(db, { key });

function rowsOf(list: 'holds' | 'mirrors', db: Db, county: County | null) {
  return ROWS.all(db, { county })
    .filter(({ adapter, held, failures, rejected }) =>
      list === 'holds' ? held !== null : adapter === MIRROR_ADAPTER && (failures > 0 || rejected > 0),
    )
    .map(({ id, title, county: of, since, held, error, rejected }) => ({
      ...{ id, title, county: of, since },
      detail: [held, error, rejected > 0 ? `搁置 ${rejected} 条` : ''].filter(Boolean).join('；'),
    }));
}

function getSource(list: 'holds' | 'mirrors', db: Db, id: string): WaitingSource {
  const row = FIND.first(db, { key: id });
  if (!row || (list === 'mirrors' && row.adapter !== MIRROR_ADAPTER)) throw new NotFoundError('没有这个来源');
  const { heldReason, lastError, lastSuccessAt, lastItemCount, name, county } = row;
  return {
    ...{ list, id, heldReason, lastError, lastSuccessAt, lastItemCount, title: name, counties: [county] },
    isReleased: isReleased(db, id),
    rejected: REJECTED.first(db, { key: id })?.total ?? 0,
    runs: listRuns(db, id),
  };
}

export const holds: WorkList<WaitingSource> = {
  rows: (db, { county }) => rowsOf('holds', db, county),
  item: (db, id) => getSource('holds', db, id),
  act(db, { id, heldReason, isReleased: already }, values) {
    const { reason } = parseForm(FORM, values);
    if (heldReason === null || already) throw new ConflictError('这个来源刚被处理过，请看过再决定');
    releaseSource(db, id);
    return { reason, details: { held: heldReason } };
  },
};

export const mirrors: WorkList<WaitingSource> = {
  rows: (db, { county }) => rowsOf('mirrors', db, county),
  item: (db, id) => getSource('mirrors', db, id),
  act(db, { id }, values) {
    const { reason } = parseForm(FORM, values);
    rewindMirror(db, id);
    return { reason };
  },
};
