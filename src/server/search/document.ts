import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeTexts } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { toGrams } from '#src/domain/search/text.ts';
import type { Stage } from '#src/domain/stages.ts';
import { n } from '../notices/conditions.ts';
import { toTallyKey } from './tally-key.ts';

const INDEXABLE = defineSelect((p: Params<{ ids: string }>) => ({
  fields: {
    id: n.id,
    version: n.version,
    title: n.title,
    category: n.category,
    stage: n.stage,
    county: n.county,
    buyer: n.buyer,
    agency: n.agency,
    suppliers: n.suppliers,
    tenderers: n.tenderers,
    amountFen: n.amountFen,
    closesAt: n.closesAt,
    publishedAt: n.publishedAt,
    firstSeenAt: n.firstSeenAt,
    projectId: n.projectId,
    projectCode: n.projectCode,
    lotCode: n.lotCode,
    body: sql<string | null>`${noticeTexts.body}`,
  },
  rest: sql`FROM ${named(n)} LEFT JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${n.id} WHERE ${n.id} IN ${valuesOf(p.ids)}`,
}));

/** A public notice with its body, as the indexer reads it. */
export type IndexableRow = ReturnType<typeof INDEXABLE.all>[number];

/**
 * What is indexed of a notice, in the engine and in the built-in index alike. The text fields hold opaque grams
 * (`toGrams`); times are seconds since 1970, amounts fen.
 */
export interface SearchDocument {
  id: string;
  version: number;
  title: string;
  /** Of the buyer; `buyer` is its name as it is. */
  buyerText: string;
  /** Suppliers and agency. */
  parties: string;
  /** The county, by its names. Stage and category are filters: whoever searches for 采购 means no whole category. */
  place: string;
  body: string;
  category: Category;
  stage: Stage;
  county: County;
  tallyKey: string;
  projectId: string;
  buyer: string | null;
  agency: string | null;
  suppliers: string[];
  tenderers: string[];
  publishedAt: number;
  /** When it came here. */
  arrivedAt: number;
  /** When the deadline has passed. */
  deadlineAt: number | null;
  amountFen: number | null;
}

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** The search document of a notice: a pure function of its row. */
export function toSearchDocument(row: IndexableRow): SearchDocument {
  const { suppliers, tenderers } = row;
  const county = countyDefinition(row.county);
  return {
    id: row.id,
    version: row.version,
    title: toGrams(row.title),
    buyerText: toGrams(row.buyer ?? ''),
    parties: toGrams([...suppliers, ...tenderers, row.agency].filter(Boolean).join(' | ')),
    place: toGrams([county.label, county.short].join(' | ')),
    body: toGrams([row.body, row.projectCode, row.lotCode].filter(Boolean).join(' | ')),
    category: row.category,
    stage: row.stage,
    county: row.county,
    tallyKey: toTallyKey(row),
    projectId: row.projectId,
    buyer: row.buyer,
    agency: row.agency,
    suppliers,
    tenderers,
    publishedAt: seconds(row.publishedAt),
    arrivedAt: seconds(row.firstSeenAt),
    deadlineAt: row.closesAt ? seconds(row.closesAt) : null,
    amountFen: row.amountFen,
  };
}

/** The public notices among `ids`, with their bodies, ready to be indexed. Ids that are not public are left out. */
export function listIndexableRows(db: Db, ids: readonly string[]): IndexableRow[] {
  return INDEXABLE.all(db, { ids: JSON.stringify(ids) });
}
