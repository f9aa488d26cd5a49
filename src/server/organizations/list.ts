import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { RowOf } from '#db/compile.ts';
import { organizationSearch } from '#db/fts.ts';
import { selectAll, selectFirst } from '#db/query.ts';
import { organizationActivity, organizations } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import type { OrganizationCondition, OrganizationFilter } from '#src/domain/organizations/filter.ts';
import { organizationMatch } from '#src/domain/organizations/search-words.ts';
import type { OrganizationPage } from '#src/domain/organizations/views.ts';
import { getAsOf } from '../sources/as-of.ts';
import { formatPosition, parsePosition } from './cursor.ts';
import { toSummaries } from './summaries.ts';

/** Organizations a page when the address does not say. */
export const ORGANIZATION_PAGE_SIZE = 20;
/** With more hits than this the list is walked in its order and hits are picked out; with fewer they are read and sorted. */
const FEW_HITS = 2_000;

const o = aliased(organizations, 'o');
/** The sums of a role and county. */
const a = aliased(organizationActivity, 'a');

/** Who looks at each filter: the words, or the sums that organizations have in a role and county. One that is not here does not compile. */
const LOOKED_AT_BY: Record<OrganizationCondition, 'words' | 'sums'> = { q: 'words', role: 'sums', county: 'sums' };
const OF_SUMS = (Object.keys(LOOKED_AT_BY) as OrganizationCondition[]).filter((key) => LOOKED_AT_BY[key] === 'sums');

/** What the search text asks for. */
interface Wanted {
  /** A condition on the organization `o`; undefined when all are wanted, or none. */
  where: SQL | undefined;
  /** Hits before role and county; null without a search text. */
  hits: number | null;
}

/**
 * A page of organizations, those with the most notices first: all, or those whose name contains the text, whose initials
 * do, or whose code begins with it. @throws InputError when the cursor is not one of this list's.
 */
export function listOrganizations(db: Db, filter: OrganizationFilter): OrganizationPage {
  const wanted = toWanted(db, filter.q ?? '');
  const limit = filter.limit ?? ORGANIZATION_PAGE_SIZE;
  const total = wanted.hits === 0 ? 0 : countAll(db, filter, wanted);
  const rows = total === 0 ? [] : readPage(db, filter, wanted, limit + 1);
  const last = rows[limit - 1];
  return {
    items: toSummaries(db, rows.slice(0, limit), filter.q),
    total,
    asOf: getAsOf(db),
    next: rows.length > limit && last ? formatPosition([last.notices, last.id]) : null,
  };
}

const LISTED_FIELDS = { id: o.id, name: o.name, uscc: o.uscc, notices: a.notices };
export type ListedRow = RowOf<typeof LISTED_FIELDS>;

function toWanted(db: Db, text: string): Wanted {
  if (text.trim() === '') return { where: undefined, hits: null };
  const code = normaliseUscc(text);
  if (/^\d[0-9A-Z]{3,17}$/.test(code)) {
    const where = sql`${o.uscc} >= ${code} AND ${o.uscc} < ${`${code}~`}`;
    return { where, hits: count(db, sql`FROM ${named(o)} WHERE ${where} AND ${o.mergedInto} IS NULL`) };
  }
  const match = organizationMatch(text);
  if (!match) return { where: undefined, hits: 0 };
  const matching = sql`FROM ${organizationSearch} WHERE ${organizationSearch} MATCH ${match}`;
  return {
    where: sql`${o.number} IN (SELECT ${organizationSearch.rowid} ${matching})`,
    hits: count(db, matching),
  };
}

function count(db: Db, from: SQL): number {
  return selectFirst(db, { total: sql<number>`count(*)` }, from)?.total ?? 0;
}

const isNarrowed = (filter: OrganizationFilter) => OF_SUMS.some((key) => filter[key] !== undefined);

/** The row of `a` that has the sums of the role and county. */
function activityOf(filter: OrganizationFilter): SQL {
  const some = isNarrowed(filter) ? sql` AND ${a.notices} > 0` : sql``;
  return sql`${a.role} = ${filter.role ?? ''} AND ${a.county} = ${filter.county ?? ''}${some}`;
}

/** The few organizations that are found, each with its sums. */
const FOUND = sql`${named(o)} CROSS JOIN ${named(a)} ON ${a.organizationId} = ${o.id}`;
/** The sums in the order of the list, each with its organization. */
const WALKED = sql`${named(a)} CROSS JOIN ${named(o)} ON ${o.id} = ${a.organizationId}`;

function countAll(db: Db, filter: OrganizationFilter, { where, hits }: Wanted): number {
  if (hits !== null && !isNarrowed(filter)) return hits;
  const activity = activityOf(filter);
  if (where) return count(db, sql`FROM ${FOUND} WHERE ${where} AND ${activity}`);
  const listed = count(db, sql`FROM ${named(a)} WHERE ${activity}`);
  if (isNarrowed(filter)) return listed;
  return listed - count(db, sql`FROM ${organizations} WHERE ${organizations.mergedInto} IS NOT NULL`);
}

function readPage(db: Db, filter: OrganizationFilter, { where, hits }: Wanted, wanted: number): ListedRow[] {
  const after = filter.cursor ? parsePosition(filter.cursor, 'number') : undefined;
  const isFew = hits !== null && hits <= FEW_HITS;
  // A plus sign keeps the planner from walking the list's index where the few hits are to be read and sorted.
  const seen = (column: Column) => (isFew ? sql`+${column}` : sql`${column}`);
  const [notices, id] = [seen(a.notices), seen(a.organizationId)];
  const conditions = [activityOf(filter), sql`${o.mergedInto} IS NULL`, ...(where ? [where] : [])];
  if (after) conditions.push(sql`(${notices}, ${id}) < (${after[0]}, ${after[1]})`);
  return selectAll(
    db,
    LISTED_FIELDS,
    sql`FROM ${isFew ? FOUND : WALKED} WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY ${notices} DESC, ${id} DESC LIMIT ${wanted}`,
  );
}
