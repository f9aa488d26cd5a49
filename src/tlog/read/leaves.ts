import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { logLeaves } from '#db/schema/log.ts';
import type { LeafType } from '#src/domain/tlog/subjects.ts';

const { leafIndex, type, subjectId, version, entry } = logLeaves;
const FROM = defineSelect((p: Params<{ from: number; to: number }>) => ({
  fields: { leafIndex, type, subjectId, version, entry },
  rest: sql`FROM ${logLeaves} WHERE ${leafIndex} >= ${p.from} AND ${leafIndex} < ${p.to} ORDER BY ${leafIndex}`,
}));
const LAST = defineSelect(() => ({
  fields: { leafIndex },
  rest: sql`FROM ${logLeaves} ORDER BY ${leafIndex} DESC LIMIT 1`,
}));
const OF = defineSelect((p: Params<{ type: LeafType; id: string }>) => ({
  fields: { leafIndex, entry },
  rest: sql`FROM ${logLeaves} WHERE ${type} = ${p.type} AND ${subjectId} = ${p.id} ORDER BY ${leafIndex}`,
}));

/** A record of the log in its place. */
export interface StoredLeaf {
  leafIndex: number;
  entry: string;
}

/** The same with what its row says it is about. */
export interface LeafRow extends StoredLeaf {
  type: LeafType;
  subjectId: string;
  version: number;
}

/** How many leaves there are. */
export const countLeaves = (db: Db): number => (LAST.first(db)?.leafIndex ?? -1) + 1;

/** Records from an index (inclusive) to another (exclusive). @throws Error when one is missing */
export function listLeaves(db: Db, from: number, to: number): LeafRow[] {
  const rows = FROM.all(db, { from, to });
  if (rows.length !== to - from || rows.some((row, at) => row.leafIndex !== from + at)) {
    throw new Error(`leaves ${from} to ${to} of the publication log are not all there`);
  }
  return rows;
}

/** Everything that the log tells about something, oldest first. */
export const listLeavesOf = (db: Db, about: { type: LeafType; id: string }): StoredLeaf[] => OF.all(db, about);
