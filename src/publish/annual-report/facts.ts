import { eq, sum } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { noticeCounts } from '#db/schema/index.ts';
import type { YearFacts } from '#src/domain/annual-report/compute.ts';
import type { ReportForm } from '#src/domain/annual-report/forms.ts';
import { countInstruments } from '#src/domain/annual-report/instruments.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { LEDGER_ENTRY_KEYS, type LedgerEntryKind } from '#src/domain/participation/figures.ts';
import { fromShanghai } from '#src/domain/time/time.ts';
import { getDisclosureYear } from '../foi/year-figures.ts';
import { listLedger } from '../participation/figures.ts';
import { countArticles, listInstruments } from './article-facts.ts';
import { countDailyVisits, countLibraryOrganizations } from './site-facts.ts';

/** Figures of the text by the kind of entry in the transfer ledger that they count. */
const LEDGER_CELLS: Record<LedgerEntryKind, 'hotlineCalls' | 'complaintsTransferred' | 'biddersReferred'> = {
  hotlineCall: 'hotlineCalls',
  complaintTransferred: 'complaintsTransferred',
  bidderReferred: 'biddersReferred',
};

/**
 * What the product knows of a calendar year (Shanghai): notices, requests, remedies, the transfer ledger, articles, visits, the library.
 * What it was not there to count is left out, for people to fill in: a nought would be a claim.
 */
export function getYearFacts(db: Db, year: number): YearFacts {
  const { tableThree, tableFour, fees } = getDisclosureYear(db, year);
  const ledger = listLedger(db, { from: `${year}-01-01`, to: `${year}-12-31` });
  const transferred = LEDGER_ENTRY_KEYS.map((kind) => {
    const entries = ledger.filter((entry) => entry.kind === kind);
    return [LEDGER_CELLS[kind], entries.reduce((total, entry) => total + entry.count, 0)] as const;
  });
  const span = { year, from: fromShanghai(year, 1, 1), until: fromShanghai(year + 1, 1, 1) };
  const instruments = listInstruments(db, span.until);
  const tableTwo = (form: ReportForm) => (instruments === null ? {} : countInstruments(form, instruments, span));
  return {
    publications: countPublications(db, year),
    ...{ tableThree, tableFour, tableTwo: { '2020': tableTwo('2020'), '2021': tableTwo('2021') } },
    text: {
      ...Object.fromEntries(transferred),
      counties: COUNTY_SLUGS.length - 1,
      ...countArticles(db, span),
      ...countDailyVisits(db, year),
      ...countLibraryOrganizations(db, span.until),
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
