import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffRecoveryCodes, staffSessions } from '#db/schema/staff.ts';
import { endSessions } from './accounts.ts';
import { recordAudit } from './audit.ts';
import { hashSecret, newRecoveryCode, newToken } from './secrets.ts';
import type { Session } from './sessions.ts';
import { matchTotp } from './totp.ts';

const RECOVERY_CODES = 10;

/** What was set up: the session's new token, and the recovery codes, which are shown this once. */
export interface SecondFactor {
  token: string;
  recoveryCodes: string[];
}

/**
 * Sets up one-time passwords with a secret that the person's app has, proved by its present code. The session goes on under another
 * token, all others end. Null when the code is not right. The caller holds the transaction.
 */
export function setSecondFactor(db: Db, session: Session, secret: string, code: string): SecondFactor | null {
  const { accountId } = session.officer;
  const { now } = session.doer;
  const step = matchTotp(secret, code, 0, Date.parse(now));
  if (step === null) return null;
  db.update(staffAccounts).set({ totpSecret: secret, totpStep: step }).where(eq(staffAccounts.id, accountId)).run();
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  db.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.accountId, accountId)).run();
  db.insert(staffRecoveryCodes)
    .values(recoveryCodes.map((each) => ({ accountId, hash: hashSecret(each) })))
    .run();
  const token = newToken();
  db.update(staffSessions)
    .set({ hash: hashSecret(token), hasSecondFactor: true })
    .where(eq(staffSessions.hash, session.hash))
    .run();
  endSessions(db, accountId, now, hashSecret(token));
  recordAudit(db, session.doer, { action: 'own.secondFactor', subject: `account:${accountId}` });
  return { token, recoveryCodes };
}
