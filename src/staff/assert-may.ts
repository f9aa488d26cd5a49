import type { County } from '#src/domain/counties/counties.ts';
import { ForbiddenError } from '#src/domain/errors.ts';
import { type Permitted, REFUSALS, refusalOf } from '#src/domain/staff/permissions.ts';
import type { Session } from './sessions.ts';

/** Asks the table of rights for whoever's session it is. @throws ForbiddenError with the reason */
export function assertMay(session: Session, permitted: Permitted, county: County | null): void {
  const refusal = refusalOf(session.officer, permitted, county);
  if (refusal) throw new ForbiddenError(REFUSALS[refusal], refusal);
}
