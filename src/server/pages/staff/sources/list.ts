import type { Session } from '#src/staff/sessions.ts';
import type { StaffSource } from '#src/staff/sources/desk.ts';
import type { Asked, Moved } from '../../asked.ts';
import { visiting } from '../visit.ts';

export interface StaffSourcesPage {
  session: Session;
  sources: StaffSource[];
}

/** Sources that the person may see. @throws ForbiddenError */
export function loadStaffSources(asked: Asked): Promise<StaffSourcesPage | Moved> {
  return visiting(asked, ({ sources, session }) => ({ session, sources: sources.sources(session) }));
}
