import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { deals, sources } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import type { DealState } from '#src/domain/deals/deal.ts';
import { summariseLots } from '#src/domain/deals/lot-summary.ts';
import { FACT_KEYS, type FactKey, type Facts } from '#src/domain/facts/facts.ts';
import { LIST_FACTS } from '#src/domain/notices/notice-columns.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { n } from './conditions.ts';

/** What a summary is made of, for queries of the notice `n`. */
export const SUMMARY_FIELDS = {
  id: n.id,
  title: n.title,
  category: n.category,
  stage: n.stage,
  county: n.county,
  publishedAt: n.publishedAt,
  publishedPrecision: n.publishedPrecision,
  deadlineAt: n.deadlineAt,
  deadlinePrecision: n.deadlinePrecision,
  openingAt: n.openingAt,
  openingPrecision: n.openingPrecision,
  /** Orders lists by deadline. */
  closesAt: n.closesAt,
  supersededBy: n.supersededBy,
  supersededHow: n.supersededHow,
  dealState: sql<DealState | null>`(SELECT ${deals.state} FROM ${deals} WHERE ${deals.projectId} = ${n.projectId})`,
  /** When the notice came here: orders feeds. */
  firstSeenAt: n.firstSeenAt,
  amountFen: n.amountFen,
  amountKind: n.amountKind,
  buyer: n.buyer,
  suppliers: n.suppliers,
  tenderers: n.tenderers,
  lotCode: n.lotCode,
  projectCode: n.projectCode,
  projectId: n.projectId,
  version: n.version,
  facts: n.facts,
  sourceName: sql<string>`(SELECT ${sources.name} FROM ${sources} WHERE ${sources.key} = ${n.sourceKey})`,
};
export type SummaryRow = RowOf<typeof SUMMARY_FIELDS>;

/** Maps a row to what lists show; facts are cut to the columns of the category. */
export function toNoticeSummary(row: SummaryRow): NoticeSummary {
  return {
    id: row.id,
    title: row.title,
    category: row.category,
    stage: row.stage,
    county: row.county,
    publishedAt: row.publishedAt,
    publishedPrecision: row.publishedPrecision,
    deadlineAt: row.deadlineAt,
    deadlinePrecision: row.deadlinePrecision,
    openingAt: row.openingAt,
    openingPrecision: row.openingPrecision,
    amountFen: row.amountFen,
    amountKind: row.amountKind,
    buyer: row.buyer,
    suppliers: row.suppliers,
    tenderers: row.tenderers,
    lots: summariseLots(row),
    projectCode: row.projectCode,
    projectId: row.projectId,
    closesAt: row.closesAt,
    superseded: row.supersededBy && row.supersededHow ? { byNoticeId: row.supersededBy, how: row.supersededHow } : null,
    dealState: row.dealState,
    version: row.version,
    sourceName: row.sourceName,
    facts: pickFacts(row.facts, LIST_FACTS[row.category]),
  };
}

/** The named facts of a notice, in the order of the facts table. */
export function pickFacts(all: Facts, keys: readonly FactKey[] = FACT_KEYS): Facts {
  const picked: Facts = {};
  for (const key of keys) {
    const fact = all[key];
    if (fact) picked[key] = fact;
  }
  return picked;
}

const BY_ID = defineSelect((p: Params<{ ids: string }>) => ({
  fields: SUMMARY_FIELDS,
  rest: sql`FROM ${named(n)} WHERE ${n.id} IN ${valuesOf(p.ids)}`,
}));

/** Summaries of the given public notices in the order of `ids`; ids that are not public are left out. */
export function listSummariesById(db: Db, ids: readonly string[]): NoticeSummary[] {
  const byId = new Map(BY_ID.all(db, { ids: JSON.stringify(ids) }).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toNoticeSummary(row)] : [];
  });
}
