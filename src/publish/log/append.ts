import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, defineStatement } from '#db/query.ts';
import { logLeaves } from '#db/schema/log.ts';
import { bare } from '#db/sql-pieces.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { formatLeaf, type Leaf } from '#src/domain/tlog/leaf.ts';
import type { LeafType } from '#src/domain/tlog/subjects.ts';

interface Written {
  type: LeafType;
  subjectId: string;
  version: number;
  entry: string;
}

const { leafIndex, type, subjectId, version, entry } = logLeaves;
// Texts: every version that is stored passes here.
const INSERT = defineStatement(
  (p: Params<Written>) => sql`
    INSERT INTO ${logLeaves} (${sql.join([leafIndex, type, subjectId, version, entry].map(bare), sql`, `)})
    VALUES ((SELECT coalesce(max(${leafIndex}) + 1, 0) FROM ${logLeaves}), ${p.type}, ${p.subjectId}, ${p.version}, ${p.entry})`,
);
const LAST = defineSelect((p: Params<{ type: LeafType; subjectId: string }>) => ({
  fields: { leafIndex },
  rest: sql`FROM ${logLeaves} WHERE ${type} = ${p.type} AND ${subjectId} = ${p.subjectId} ORDER BY ${leafIndex} DESC LIMIT 1`,
}));

/** Index of the last leaf about something; null when there is none. */
export const lastLeafOf = (db: Db, type: LeafType, id: string): number | null =>
  LAST.first(db, { type, subjectId: id })?.leafIndex ?? null;

/** Tells the log of a key that checkpoints are signed with, once. */
export function logKey(db: Db, vkey: string, at: Instant): void {
  const append = () => {
    if (lastLeafOf(db, 'key', vkey) !== null) return;
    appendLeaf(db, { kind: 'add', type: 'key', source: '', id: vkey, version: 0, sha256: null, at });
  };
  db.$client.transaction(append).immediate();
}

/** Appends a leaf to the publication log. The caller holds the transaction of what the leaf tells. */
export function appendLeaf(db: Db, leaf: Omit<Leaf, 'v' | 'prev'>): void {
  const prev = lastLeafOf(db, leaf.type, leaf.id);
  const { type, id: subjectId, version } = leaf;
  INSERT.run(db, { type, subjectId, version, entry: formatLeaf({ v: 1, ...leaf, prev }) });
}
