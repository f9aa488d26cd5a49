import { and, count, eq, gte, isNull, lt, sum } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articles, noticeCounts } from '#db/schema/index.ts';
import type { YearFacts } from '#src/domain/annual-report/compute.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { LEDGER_ENTRY_KEYS, type LedgerEntryKind } from '#src/domain/participation/figures.ts';
import { fromShanghai } from '#src/domain/time/time.ts';
import { getDisclosureYear } from '../foi/year-figures.ts';
import { listLedger } from '../participation/figures.ts';

/** Figures of the text by the kind of entry in the transfer ledger that they count. */
const LEDGER_CELLS: Record<LedgerEntryKind, 'hotlineCalls' | 'complaintsTransferred' | 'biddersReferred'> = {
  hotlineCall: 'hotlineCalls',
  complaintTransferred: 'complaintsTransferred',
  bidderReferred: 'biddersReferred',
};

/** What the product knows of a calendar year (Shanghai): notices, requests, remedies, the transfer ledger, interpretations. */
export function getYearFacts(db: Db, year: number): YearFacts {
  const { tableThree, tableFour, fees } = getDisclosureYear(db, year);
  const ledger = listLedger(db, { from: `${year}-01-01`, to: `${year}-12-31` });
  const transferred = LEDGER_ENTRY_KEYS.map((kind) => {
    const entries = ledger.filter((entry) => entry.kind === kind);
    return [LEDGER_CELLS[kind], entries.reduce((total, entry) => total + entry.count, 0)] as const;
  });
  return {
    publications: countPublications(db, year),
    ...{ tableThree, tableFour },
    text: {
      ...Object.fromEntries(transferred),
      counties: COUNTY_SLUGS.length - 1,
      interpretations: countInterpretations(db, year),
      fees: fees.fen,
    },
  };
}

/** Requests that came in within a year. */
export const countRequests = (db: Db, year: number): number => getDisclosureYear(db, year).tableThree.total.newReceived;

function countPublications(db: Db, year: number): Record<Category, number> {
  const rows = db
    .select({ category: noticeCounts.category, total: sum(noticeCounts.total).mapWith(Number) })
    .from(noticeCounts)
    .where(eq(noticeCounts.year, year))
    .groupBy(noticeCounts.category)
    .all();
  const totals = new Map(rows.map(({ category, total }) => [category, total]));
  return Object.fromEntries(CATEGORY_SLUGS.map((slug) => [slug, totals.get(slug) ?? 0])) as Record<Category, number>;
}

function countInterpretations(db: Db, year: number): number {
  const { kind, publishedAt, withdrawnAt } = articles;
  const within = and(gte(publishedAt, fromShanghai(year, 1, 1)), lt(publishedAt, fromShanghai(year + 1, 1, 1)));
  const row = db
    .select({ total: count() })
    .from(articles)
    .where(and(eq(kind, 'interpretation'), isNull(withdrawnAt), within))
    .get();
  return row?.total ?? 0;
}
