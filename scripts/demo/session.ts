import type { Db } from '#db/client.ts';
import { accountActor } from '#src/domain/actors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findByLoginName } from '#src/staff/accounts.ts';
import type { Session } from '#src/staff/sessions.ts';

/** A member of the fictional staff at a moment, with the password just given. */
export function demoSession(db: Db, loginName: string, now: Instant): Session {
  const { id, roles, county, displayName } = findByLoginName(db, loginName);
  return {
    ...{ id: '', hash: '', loginName, displayName },
    officer: { accountId: id, roles, county, hasSecondFactor: true, isSteppedUp: true },
    doer: { actor: accountActor(id), roles, address: '', now },
  };
}
