import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import type { Deal } from '#src/domain/deals/deal.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { n } from './conditions.ts';
import { SUMMARY_FIELDS } from './row.ts';

const OF_PROJECT = defineSelect((p: Params<{ projectId: string }>) => ({
  fields: { ...SUMMARY_FIELDS, lotCode: n.lotCode },
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} = ${p.projectId} ORDER BY ${n.publishedAt}, ${n.id}`,
}));

/** The course of a project as its public notices tell it. */
export const getDeal = (db: Db, projectId: string): Deal => toDeal(OF_PROJECT.all(db, { projectId }));
