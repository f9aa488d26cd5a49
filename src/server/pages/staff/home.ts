import { PERMITTED_KEYS, type Permitted, refusalOf } from '#src/domain/staff/permissions.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../asked.ts';
import { visiting } from './visit.ts';

export interface StaffHome {
  session: Session;
  /** What the person may do at all. */
  may: Permitted[];
}

/** The first page of the console: what the person may do. */
export function loadStaffHome(asked: Asked): Promise<StaffHome | Moved> {
  return visiting(asked, ({ session }) => {
    const { officer } = session;
    const may = PERMITTED_KEYS.filter((permitted) => {
      const refusal = refusalOf(officer, permitted, officer.county);
      return refusal === null || refusal === 'stepUp';
    });
    return { session, may };
  });
}
