import type { Session } from '#src/staff/sessions.ts';
import type { Waiting } from '#src/staff/work/desk.ts';
import type { SavedFilter } from '#src/staff/work/filters.ts';
import type { Asked, Moved } from '../../asked.ts';
import { visiting } from '../visit.ts';

export interface WorkOverview {
  session: Session;
  waiting: Waiting[];
  filters: SavedFilter[];
}

/** All work lists, with what waits in each. @throws ForbiddenError */
export function loadWorkOverview(asked: Asked): Promise<WorkOverview | Moved> {
  return visiting(asked, ({ work, session }) => {
    // The first list stands for all: who may see one may see each.
    work.rows(session, 'rejected', { county: session.officer.county, after: null });
    return { session, waiting: work.waiting(session), filters: work.filters(session) };
  });
}
