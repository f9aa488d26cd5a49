import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, selectAll } from '#db/query.ts';
import { disclosureCounts, flagCounts } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { type Bulletin, type BulletinRow, LEAST_DUTIES, timeliness } from '#src/domain/disclosure-score/bulletin.ts';
import { FLAG_KIND_KEYS, type FlagKind } from '#src/domain/flags/definition.ts';
import { flagDefinition } from '#src/domain/flags/registry.ts';
import { addDays, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { n } from '../notices/conditions.ts';
import { totalsBy, totalsByParty } from './list.ts';

const VOLUME = defineSelect((p: Params<{ from: Instant; until: Instant }>) => ({
  fields: {
    county: n.county,
    notices: sql<number>`count(*)`,
    failures: sql<number>`sum(${n.stage} IN ('failureNotice', 'terminationNotice'))`,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.publishedAt} >= ${p.from} AND ${n.publishedAt} < ${p.until} GROUP BY ${n.county}`,
}));

/** The month after one, both `YYYY-MM`. */
const monthAfter = (month: string): string => {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
};

const rate = ({ duties }: BulletinRow): number => {
  const { onTime, all } = timeliness(duties);
  return all < LEAST_DUTIES ? -1 : onTime / all;
};

/** The bulletin of a month, of all counties or of one. All of it stands in tables that reopen. */
export function makeBulletin(db: Db, month: string, county: County | null): Bulletin {
  const volume = new Map(
    VOLUME.all(db, { from: startOfDay(`${month}-01`), until: addDays(startOfDay(`${monthAfter(month)}-01`), 0) }).map(
      (row) => [row.county, row],
    ),
  );
  const duties = totalsBy(db, 'county', { month });
  const flagged = selectAll(
    db,
    {
      county: flagCounts.county,
      code: flagCounts.code,
      flagged: sql<number>`sum(${flagCounts.flagged})`,
      clear: sql<number>`sum(${flagCounts.clear})`,
    },
    sql`FROM ${flagCounts} WHERE ${flagCounts.month} = ${month} GROUP BY 1, 2`,
  );
  const rows = (county === null ? COUNTY_SLUGS : [county]).map((slug): BulletinRow => {
    const own = flagged.filter((row) => row.county === slug);
    const ofKind = (kind: FlagKind) =>
      own.filter(({ code }) => flagDefinition(code).kind === kind).reduce((sum, row) => sum + row.flagged, 0);
    return {
      county: slug,
      notices: volume.get(slug)?.notices ?? 0,
      failures: volume.get(slug)?.failures ?? 0,
      duties: duties.get(slug) ?? {},
      flags: Object.fromEntries(FLAG_KIND_KEYS.map((kind) => [kind, ofKind(kind)])) as Record<FlagKind, number>,
      computed: own.reduce((sum, row) => sum + row.flagged + row.clear, 0),
    };
  });
  rows.sort((a, b) => rate(b) - rate(a) || COUNTY_SLUGS.indexOf(a.county) - COUNTY_SLUGS.indexOf(b.county));
  const filter = { month, ...(county === null ? {} : { county }) };
  return { month, county, rows, buyers: totalsByParty(db, 'buyer', filter, 30) };
}

/** Months that have a bulletin, the newest first: those over on a day (`YYYY-MM-DD`), and the one that runs. */
export function listBulletinMonths(db: Db, today: string): string[] {
  const month = disclosureCounts.month;
  return selectAll(
    db,
    { month },
    sql`FROM ${disclosureCounts} WHERE ${month} <= ${today.slice(0, 7)} GROUP BY ${month} ORDER BY ${month} DESC`,
  ).map((row) => row.month);
}
