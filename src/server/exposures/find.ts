import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import type { ExposureMatch } from '#src/domain/exposures/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Identity } from './identity.ts';
import { e, inForce } from './in-force.ts';
import { type ExposureRow, listExposureRows } from './row.ts';

export interface FoundExposure {
  row: ExposureRow;
  matched: ExposureMatch;
}

/** Entries in force whose subject has one of the codes. */
function listByCodes(db: Db, codes: readonly string[], now: Instant): ExposureRow[] {
  if (codes.length === 0) return [];
  const isOneOf = sql`${e.subjectUscc} IS NOT NULL AND ${e.subjectUscc} IN ${valuesOf(JSON.stringify(codes))}`;
  return listExposureRows(db, sql`${inForce(now)} AND ${isOneOf}`);
}

/** Entries in force whose subject has one of the names. Masked names of persons are no keys: they are never found. */
function listByKeys(db: Db, keys: readonly string[], now: Instant): ExposureRow[] {
  if (keys.length === 0) return [];
  return listExposureRows(db, sql`${inForce(now)} AND ${e.subjectKey} IN ${valuesOf(JSON.stringify(keys))}`);
}

/**
 * Entries in force about an organization: by its code, and, marked as by name only, those that know their subject by one of its
 * names and not by code. An entry with another code is about another organization, whatever its name.
 */
export function findByIdentity(db: Db, identity: Identity, now: Instant): FoundExposure[] {
  const { codes, keys } = identity;
  const byCode = listByCodes(db, codes, now).map((row): FoundExposure => ({ row, matched: 'code' }));
  const byName = listByKeys(db, keys, now).filter(({ subjectUscc }) => subjectUscc === null || codes.length === 0);
  return [...byCode, ...byName.map((row): FoundExposure => ({ row, matched: 'name' }))];
}

/** Entries in force about anyone who bears or bore a name: none is certain, a name is not an identity. */
export function findByName(db: Db, key: string, identities: readonly Identity[], now: Instant): FoundExposure[] {
  const rows = [
    ...(key ? listByKeys(db, [key], now) : []),
    ...identities.flatMap((identity) => findByIdentity(db, identity, now).map(({ row }) => row)),
  ];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...byId.values()].map((row) => ({ row, matched: 'name' }));
}
