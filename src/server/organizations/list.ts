import type { Db } from '#db/client.ts';
import { findRow, listRows, type SqlValue } from '#db/statements.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import type { OrganizationFilter } from '#src/domain/organizations/filter.ts';
import { organizationMatch } from '#src/domain/organizations/search-words.ts';
import type { OrganizationPage } from '#src/domain/organizations/views.ts';
import { getAsOf } from '../sources/as-of.ts';
import { formatPosition, parsePosition } from './cursor.ts';
import { toSummaries } from './summaries.ts';

/** Organizations a page when the address does not say. */
export const ORGANIZATION_PAGE_SIZE = 20;
/** With more hits than this the list is walked in its order and hits are picked out; with fewer they are read and sorted. */
const FEW_HITS = 2_000;

/** What the search text asks for: rows of `organizations o`. */
interface Wanted {
  sql: string;
  values: SqlValue[];
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

export interface ListedRow {
  id: string;
  name: string;
  uscc: string | null;
  notices: number;
}

function toWanted(db: Db, text: string): Wanted {
  if (text.trim() === '') return { sql: '', values: [], hits: null };
  const code = normaliseUscc(text);
  if (/^\d[0-9A-Z]{3,17}$/.test(code)) {
    const sql = 'o.uscc >= ? AND o.uscc < ?';
    const values = [code, `${code}~`];
    const row = findRow<{ hits: number }>(
      db,
      `SELECT count(*) AS hits FROM organizations o WHERE ${sql} AND o.merged_into IS NULL`,
      values,
    );
    return { sql, values, hits: row?.hits ?? 0 };
  }
  const match = organizationMatch(text);
  if (!match) return { sql: '', values: [], hits: 0 };
  const row = findRow<{ hits: number }>(
    db,
    'SELECT count(*) AS hits FROM organization_search WHERE organization_search MATCH ?',
    [match],
  );
  const sql = 'o.number IN (SELECT rowid FROM organization_search WHERE organization_search MATCH ?)';
  return { sql, values: [match], hits: row?.hits ?? 0 };
}

const isNarrowed = ({ role, county }: OrganizationFilter) => role !== undefined || county !== undefined;

/** Conditions on `organization_activity a`: the sums of the role and county. */
function activityOf(filter: OrganizationFilter): { sql: string; values: SqlValue[] } {
  const some = isNarrowed(filter) ? ' AND a.notices > 0' : '';
  return { sql: `a.role = ? AND a.county = ?${some}`, values: [filter.role ?? '', filter.county ?? ''] };
}

function countAll(db: Db, filter: OrganizationFilter, { sql, values, hits }: Wanted): number {
  if (hits !== null && !isNarrowed(filter)) return hits;
  const activity = activityOf(filter);
  const count = (text: string, parameters: SqlValue[]) => findRow<{ total: number }>(db, text, parameters)?.total ?? 0;
  if (hits !== null) {
    return count(
      `SELECT count(*) AS total FROM organizations o CROSS JOIN organization_activity a ON a.organization_id = o.id
       WHERE ${sql} AND ${activity.sql}`,
      [...values, ...activity.values],
    );
  }
  const listed = count(`SELECT count(*) AS total FROM organization_activity a WHERE ${activity.sql}`, activity.values);
  if (isNarrowed(filter)) return listed;
  return listed - count('SELECT count(*) AS total FROM organizations WHERE merged_into IS NOT NULL', []);
}

function readPage(db: Db, filter: OrganizationFilter, { sql, values, hits }: Wanted, wanted: number): ListedRow[] {
  const activity = activityOf(filter);
  const after = filter.cursor ? parsePosition(filter.cursor, 'number') : undefined;
  const isFew = hits !== null && hits <= FEW_HITS;
  // A plus sign keeps the planner from walking the list's index where the few hits are to be read and sorted.
  const plus = isFew ? '+' : '';
  const from = isFew
    ? 'organizations o CROSS JOIN organization_activity a ON a.organization_id = o.id'
    : 'organization_activity a CROSS JOIN organizations o ON o.id = a.organization_id';
  const where = [activity.sql, 'o.merged_into IS NULL', ...(sql ? [sql] : [])];
  if (after) where.push(`(${plus}a.notices, ${plus}a.organization_id) < (?, ?)`);
  return listRows<ListedRow>(
    db,
    `SELECT o.id, o.name, o.uscc, a.notices FROM ${from} WHERE ${where.join(' AND ')}
     ORDER BY ${plus}a.notices DESC, ${plus}a.organization_id DESC LIMIT ?`,
    [...activity.values, ...values, ...(after ?? []), wanted],
  );
}
