import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { FACT_KEYS, type FactKey, type FactValue } from '#src/domain/facts/facts.ts';
import { LIST_FACTS } from '#src/domain/notices/notice-columns.ts';
import type { AmountKind, NoticeSummary } from '#src/domain/site/views.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import type { TimePrecision } from '#src/domain/time/time.ts';

/** Columns of `published_notices` that a summary is made of, with their source's name. */
export interface SummaryRow {
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  published_at: string;
  published_precision: TimePrecision;
  deadline_at: string | null;
  deadline_precision: MomentPrecision | null;
  opening_at: string | null;
  opening_precision: MomentPrecision | null;
  /** When the deadline has passed: orders lists by deadline. */
  closes_at: string | null;
  amount_fen: number | null;
  amount_kind: AmountKind | null;
  buyer: string | null;
  suppliers: string;
  project_code: string | null;
  project_id: string;
  version: number;
  facts: string;
  source_name: string;
}

const COLUMNS = [
  'id',
  'title',
  'category',
  'stage',
  'county',
  'published_at',
  'published_precision',
  'deadline_at',
  'deadline_precision',
  'opening_at',
  'opening_precision',
  'closes_at',
  'amount_fen',
  'amount_kind',
  'buyer',
  'suppliers',
  'project_code',
  'project_id',
  'version',
  'facts',
] as const satisfies readonly (keyof SummaryRow)[];

/** Select list for `SummaryRow`, for queries that name the notice `n`. */
export const SUMMARY_COLUMNS = `${COLUMNS.map((column) => `n.${column}`).join(', ')}, (SELECT name FROM sources WHERE key = n.source_key) AS source_name`;

/** Maps a row to what lists show; facts are cut to the columns of the category. */
export function toNoticeSummary(row: SummaryRow): NoticeSummary {
  return {
    id: row.id,
    title: row.title,
    category: row.category,
    stage: row.stage,
    county: row.county,
    publishedAt: row.published_at,
    publishedPrecision: row.published_precision,
    deadlineAt: row.deadline_at,
    deadlinePrecision: row.deadline_precision,
    openingAt: row.opening_at,
    openingPrecision: row.opening_precision,
    amountFen: row.amount_fen,
    amountKind: row.amount_kind,
    buyer: row.buyer,
    suppliers: JSON.parse(row.suppliers) as string[],
    projectCode: row.project_code,
    projectId: row.project_id,
    version: row.version,
    sourceName: row.source_name,
    facts: pickFacts(row.facts, LIST_FACTS[row.category]),
  };
}

/** The named facts of a row's `facts` column, in the order of the facts table. */
export function pickFacts(json: string, keys: readonly FactKey[] = FACT_KEYS): Partial<Record<FactKey, FactValue>> {
  if (json === '{}') return {};
  const all = JSON.parse(json) as Partial<Record<FactKey, FactValue>>;
  const picked: Partial<Record<FactKey, FactValue>> = {};
  for (const key of keys) {
    if (all[key]) picked[key] = all[key];
  }
  return picked;
}

/** Summaries of the given public notices in the order of `ids`; ids that are not public are left out. */
export function listSummariesById(db: Db, ids: readonly string[]): NoticeSummary[] {
  const rows = listRows<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM published_notices n WHERE n.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toNoticeSummary(row)] : [];
  });
}
