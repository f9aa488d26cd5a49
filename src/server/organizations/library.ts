import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { Achievement, Honour, Library, Qualification, StaffCertificate } from '#src/domain/organizations/views.ts';

/** Entries of one block that a page shows at most; registers have a few dozen a firm. */
const MOST = 200;
/** Select list of what every entry shows. */
export const LIBRARY_COMMON =
  'source, source_url AS sourceUrl, valid_from AS validFrom, valid_until AS validUntil, checked_at AS checkedAt';

/** The tables of the blocks, each with the select list of what only its entries show. */
export const LIBRARY_TABLES = {
  qualifications: 'name, grade, certificate_no AS certificateNo, issuer',
  achievements: 'name, owner, amount_fen AS amountFen, finished_on AS finishedOn',
  honours: 'name, grade, issuer',
  staff_certificates: 'surname, kind, specialty, grade',
} as const;

export type LibraryTable = keyof typeof LIBRARY_TABLES;

/** The library entries of an organization and of those merged into it, longest valid first. */
export function getLibrary(db: Db, memberIds: readonly string[]): Library {
  const ids = JSON.stringify(memberIds);
  const list = <Entry>(table: LibraryTable) =>
    listRows<Entry>(
      db,
      `SELECT ${LIBRARY_TABLES[table]}, ${LIBRARY_COMMON} FROM ${table} WHERE organization_id IN (SELECT value FROM json_each(?))
       ORDER BY valid_until IS NULL, valid_until DESC, id LIMIT ${MOST}`,
      [ids],
    );
  return {
    qualifications: list<Qualification>('qualifications'),
    achievements: list<Achievement>('achievements'),
    honours: list<Honour>('honours'),
    staff: list<StaffCertificate>('staff_certificates'),
  };
}
