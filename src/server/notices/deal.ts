import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { deals } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import type { Deal } from '#src/domain/deals/deal.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { n } from './conditions.ts';

const STORED = defineQuery((db, p: Params<{ projectId: string }>) =>
  db.select({ course: deals.course }).from(deals).where(eq(deals.projectId, p.projectId)),
);
const TELLING = defineSelect((p: Params<{ projectId: string }>) => ({
  fields: {
    id: n.id,
    title: n.title,
    stage: n.stage,
    publishedAt: n.publishedAt,
    lotCode: n.lotCode,
    deadlineAt: n.deadlineAt,
    deadlinePrecision: n.deadlinePrecision,
    openingAt: n.openingAt,
    openingPrecision: n.openingPrecision,
    suppliers: n.suppliers,
    amountFen: n.amountFen,
    amountKind: n.amountKind,
    facts: n.facts,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} = ${p.projectId}`,
}));

const AMONG = defineSelect((p: Params<{ ids: string }>) => ({
  fields: { projectId: deals.projectId, course: deals.course },
  rest: sql`FROM ${deals} WHERE ${deals.projectId} IN ${valuesOf(p.ids)}`,
}));

/** The deals of projects, by their ids. */
export function listDeals(db: Db, projectIds: readonly string[]): Map<string, Deal> {
  const stored = AMONG.all(db, { ids: JSON.stringify(projectIds) });
  const found = new Map(stored.map(({ projectId, course }) => [projectId, JSON.parse(course) as Deal]));
  return new Map(projectIds.map((id) => [id, found.get(id) ?? getDeal(db, id)]));
}

/** The deal of a project as it is stored; derived here while an upgrade has not come to it yet. */
export function getDeal(db: Db, projectId: string): Deal {
  const stored = STORED.first(db, { projectId });
  return stored ? (JSON.parse(stored.course) as Deal) : toDeal(TELLING.all(db, { projectId }));
}
