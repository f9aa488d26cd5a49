import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { CATEGORIES, type Category } from '#src/domain/categories.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { toGrams } from '#src/domain/search/text.ts';
import { type Stage, stageDefinition } from '#src/domain/stages.ts';
import { toTallyKey } from './tally-key.ts';

/** A public notice with its body, as the indexer reads it. */
export interface IndexableRow {
  id: string;
  version: number;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  buyer: string | null;
  agency: string | null;
  suppliers: string;
  amount_fen: number | null;
  closes_at: string | null;
  published_at: string;
  project_code: string | null;
  lot_code: string | null;
  body: string | null;
}

/**
 * What is indexed of a notice, in the engine and in the built-in index alike. The text fields hold opaque grams
 * (`toGrams`); times are seconds since 1970, amounts fen.
 */
export interface SearchDocument {
  id: string;
  version: number;
  title: string;
  parties: string;
  place: string;
  body: string;
  category: Category;
  stage: Stage;
  county: County;
  tallyKey: string;
  buyer: string | null;
  agency: string | null;
  suppliers: string[];
  publishedAt: number;
  /** When the deadline has passed. */
  deadlineAt: number | null;
  amountFen: number | null;
}

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** The search document of a notice: a pure function of its row. */
export function toSearchDocument(row: IndexableRow): SearchDocument {
  const suppliers = JSON.parse(row.suppliers) as string[];
  const county = countyDefinition(row.county);
  return {
    id: row.id,
    version: row.version,
    title: toGrams(row.title),
    parties: toGrams([row.buyer, ...suppliers, row.agency].filter(Boolean).join(' | ')),
    place: toGrams(
      [county.label, county.short, CATEGORIES[row.category].label, stageDefinition(row.stage).label].join(' | '),
    ),
    body: toGrams([row.body, row.project_code, row.lot_code].filter(Boolean).join(' | ')),
    category: row.category,
    stage: row.stage,
    county: row.county,
    tallyKey: toTallyKey(row),
    buyer: row.buyer,
    agency: row.agency,
    suppliers,
    publishedAt: seconds(row.published_at),
    deadlineAt: row.closes_at ? seconds(row.closes_at) : null,
    amountFen: row.amount_fen,
  };
}

const COLUMNS =
  'n.id, n.version, n.title, n.category, n.stage, n.county, n.buyer, n.agency, n.suppliers, n.amount_fen, n.closes_at, n.published_at, n.project_code, n.lot_code';

/** The public notices among `ids`, with their bodies, ready to be indexed. Ids that are not public are left out. */
export function listIndexableRows(db: Db, ids: readonly string[]): IndexableRow[] {
  return listRows<IndexableRow>(
    db,
    `SELECT ${COLUMNS}, t.body FROM published_notices n LEFT JOIN notice_texts t ON t.notice_id = n.id
     WHERE n.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
}
