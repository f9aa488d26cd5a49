import type { Db } from '#db/client.ts';
import type { Achievement, Honour, Library, Qualification, StaffCertificate } from '#src/domain/organizations/views.ts';
import { listRows } from '../statements.ts';

/** Entries of one block that a page shows at most; registers have a few dozen a firm. */
const MOST = 200;
const COMMON =
  'source, source_url AS sourceUrl, valid_from AS validFrom, valid_until AS validUntil, checked_at AS checkedAt';

/** The library entries of an organization and of those merged into it, longest valid first. */
export function getLibrary(db: Db, memberIds: readonly string[]): Library {
  const ids = JSON.stringify(memberIds);
  const list = <Entry>(table: string, columns: string) =>
    listRows<Entry>(
      db,
      `SELECT ${columns}, ${COMMON} FROM ${table} WHERE organization_id IN (SELECT value FROM json_each(?))
       ORDER BY valid_until IS NULL, valid_until DESC, id LIMIT ${MOST}`,
      [ids],
    );
  return {
    qualifications: list<Qualification>('qualifications', 'name, grade, certificate_no AS certificateNo, issuer'),
    achievements: list<Achievement>('achievements', 'name, owner, amount_fen AS amountFen, finished_on AS finishedOn'),
    honours: list<Honour>('honours', 'name, grade, issuer'),
    staff: list<StaffCertificate>('staff_certificates', 'surname, kind, specialty, grade'),
  };
}
