import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../asked.ts';
import { visiting } from './visit.ts';

/** How drafts go their way, for everybody who is signed in. */
export function loadHelp(asked: Asked): Promise<{ session: Session } | Moved> {
  return visiting(asked, ({ session }) => ({ session }));
}
