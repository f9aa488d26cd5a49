import { max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, selectAll } from '#db/query.ts';
import { flagCounts, flags, projects } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { FLAG_PAGE, type FlagFilter } from '#src/domain/flags/filter.ts';
import type { Missing } from '#src/domain/flags/process.ts';
import { FLAG_CODES, type FlagCode } from '#src/domain/flags/registry.ts';
import { type FlaggedLotView, type FlagTotals, lotSubject } from '#src/domain/flags/views.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { readNotes } from './notes.ts';

const c = flagCounts;
const NEWEST = defineQuery((db) => db.select({ month: max(c.month) }).from(c));

/** The year that is looked at unless another is asked for: that of the newest lot, at most the present one, as deadlines lie ahead. Null without any. */
export function newestYear(db: Db, now: Instant = new Date().toISOString()): string | null {
  const newest = NEWEST.first(db)?.month?.slice(0, 4);
  const present = formatDate(now).slice(0, 4);
  if (newest === undefined) return null;
  const isAhead = newest > present;
  return isAhead ? present : newest;
}

/** Conditions on a month, county and category; the months of a year first, as the key has them. */
function narrow(table: typeof c | typeof flags, { year, county, category }: FlagFilter): SQL[] {
  return [
    ...(year ? [sql`${table.month} >= ${year} AND ${table.month} < ${`${year}~`}`] : []),
    ...(county ? [sql`${table.county} = ${county}`] : []),
    ...(category ? [sql`${table.category} = ${category}`] : []),
  ];
}

const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`1` : sql.join([...conditions], sql` AND `);

interface CountRow {
  code: FlagCode;
  county: County;
  flagged: number;
  clear: number;
  missing: Partial<Record<Missing, number>>;
}

function readCounts(db: Db, filter: FlagFilter): CountRow[] {
  const where = all([...narrow(c, filter), ...(filter.code ? [sql`${c.code} = ${filter.code}`] : [])]);
  const fields = { code: c.code, county: c.county, flagged: c.flagged, clear: c.clear, missing: c.missing };
  return selectAll(db, fields, sql`FROM ${c} WHERE ${where}`);
}

function sum(rows: readonly CountRow[]): FlagTotals {
  const missing = new Map<Missing, number>();
  for (const row of rows)
    for (const [why, total] of Object.entries(row.missing) as [Missing, number][])
      missing.set(why, (missing.get(why) ?? 0) + total);
  return {
    flagged: rows.reduce((total, { flagged }) => total + flagged, 0),
    clear: rows.reduce((total, { clear }) => total + clear, 0),
    missing: [...missing]
      .map(([why, total]) => ({ why, total }))
      .sort((a, b) => b.total - a.total || (a.why < b.why ? -1 : 1)),
  };
}

/** How every indicator of lots stands under a filter, by its code. Indicators of organizations alone have none. */
export function totalsByCode(db: Db, filter: FlagFilter): Map<FlagCode, FlagTotals> {
  const groups = Map.groupBy(readCounts(db, { ...filter, code: undefined }), ({ code }) => code);
  return new Map(
    FLAG_CODES.flatMap((code) => (groups.has(code) ? [[code, sum(groups.get(code) ?? [])] as const] : [])),
  );
}

/** How one indicator stands in each county that has lots. */
export function totalsByCounty(db: Db, filter: FlagFilter & { code: FlagCode }): Map<County, FlagTotals> {
  const groups = Map.groupBy(readCounts(db, { ...filter, county: undefined }), ({ county }) => county);
  return new Map([...groups].map(([county, rows]) => [county, sum(rows)]));
}

const PUBLIC_FIELDS = {
  code: flags.code,
  projectId: flags.project,
  title: projects.title,
  lot: flags.lot,
  lotName: flags.lotName,
  county: flags.county,
  category: flags.category,
  month: flags.month,
  numbers: flags.numbers,
};

/** Lots under a condition on `flags`, the newest first, with what is said beside them. */
export function readFlaggedLots(db: Db, where: SQL, most: number): FlaggedLotView[] {
  const rows = selectAll(
    db,
    PUBLIC_FIELDS,
    sql`FROM ${flags} JOIN ${projects} ON ${projects.id} = ${flags.project} WHERE ${where}
      ORDER BY ${flags.month} DESC, ${flags.project}, ${flags.lot}, ${flags.code} LIMIT ${most}`,
  );
  const notes = readNotes(
    db,
    rows.map(({ projectId, lot }) => lotSubject(projectId, lot)),
  );
  return rows.map((row) => {
    const subject = lotSubject(row.projectId, row.lot);
    return { ...row, isChecked: notes.isChecked(row.code, subject), replies: notes.replies(row.code, subject) };
  });
}

/** A page of the lots that an indicator points at, and the cursor of the next. */
export function listFlaggedLots(
  db: Db,
  filter: FlagFilter & { code: FlagCode },
): { items: FlaggedLotView[]; next: string | null } {
  const limit = filter.limit ?? FLAG_PAGE;
  const place = filter.after?.split('.') ?? [];
  const [month = '', project = '', lot = ''] = place;
  const behind =
    place.length > 0
      ? [
          sql`(${flags.month} < ${month} OR (${flags.month} = ${month} AND (${flags.project}, ${flags.lot}) > (${project}, ${decodeLot(lot)})))`,
        ]
      : [];
  const where = all([sql`${flags.code} = ${filter.code}`, ...narrow(flags, filter), ...behind]);
  const rows = readFlaggedLots(db, where, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? `${last.month}.${last.projectId}.${encodeLot(last.lot)}` : null;
  return { items, next };
}

/** Keys of lots hold letters that addresses do not. */
const encodeLot = (lot: string): string => Buffer.from(lot).toString('base64url');
const decodeLot = (text: string): string => Buffer.from(text, 'base64url').toString();

/** All lots that are pointed at under a filter, in batches. */
export async function* walkFlaggedLots(db: Db, filter: FlagFilter): AsyncGenerator<FlaggedLotView[]> {
  for (const code of filter.code ? [filter.code] : FLAG_CODES) {
    let after: string | undefined;
    do {
      const page = listFlaggedLots(db, { ...filter, code, limit: 200, after });
      if (page.items.length > 0) yield page.items;
      after = page.next ?? undefined;
    } while (after);
  }
}

/** What indicators point at in lots in which an organization is the buyer, the agency or the winner: the newest. */
export function listFlagsOf(db: Db, organization: string, most: number): FlaggedLotView[] {
  return readFlaggedLots(
    db,
    sql`(${flags.buyer} = ${organization} OR ${flags.agency} = ${organization} OR ${flags.supplier} = ${organization})`,
    most,
  );
}
