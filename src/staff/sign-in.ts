import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffRecoveryCodes } from '#db/schema/staff.ts';
import { accountActor } from '#src/domain/actors.ts';
import { toLoginName } from '#src/domain/staff/login-name.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type AccountRow, rolesOf } from './accounts.ts';
import { recordAudit } from './audit.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { hashSecret, keyedHash, normalizeRecoveryCode } from './secrets.ts';
import { type Client, openSession } from './sessions.ts';
import { countFailure, type FailureKey, forgetFailures, waitOf } from './throttle.ts';
import { matchTotp } from './totp.ts';

/** What was typed to sign in. */
export interface Credentials {
  loginName: string;
  password: string;
  /** One-time password or recovery code; '' where none is set up. */
  code: string;
}

/** Who tries it. */
export interface Attempt extends Client {
  now: Instant;
  /** The whole client address, to count under; only a keyed hash of it is kept. */
  clientAddress: string;
  /** The account that this browser has signed in to before; it is counted apart, so that nobody else can make its owner wait. */
  knownAccountId: string | null;
  /** Key of what is counted. */
  key: Buffer;
}

/** How it ended. `wrong` is the same whatever was wrong. */
export type SignInResult =
  | { ended: 'in'; token: string; accountId: string }
  | { ended: 'wrong' }
  | { ended: 'wait'; seconds: number };

/** How writes get at the database: one transaction, tried again while another process writes. */
export type Write = <Value>(write: (db: Db) => Value) => Promise<Value>;

/** Wrong passwords or codes of one account that cost nothing. */
export const ACCOUNT_FREE = 3;
export const ADDRESS_FREE = 20;

/**
 * Signs somebody in. An unknown name costs what a known one costs and is answered as one; failures delay and never lock out.
 * @throws UnavailableError when too many try at once
 */
export async function signIn(db: Db, write: Write, credentials: Credentials, attempt: Attempt): Promise<SignInResult> {
  const loginName = toLoginName(credentials.loginName);
  const account = loginName === null ? undefined : findAccount(db, loginName);
  const keys = failureKeys(attempt, loginName ?? '', account);
  const wait = waitOf(db, keys, attempt.now);
  if (wait > 0) return { ended: 'wait', seconds: Math.ceil(wait / 1_000) };
  const isRight = await verifyPassword(account?.passwordHash ?? null, credentials.password);
  const rehashed =
    isRight && account?.passwordHash && isOutdated(account.passwordHash)
      ? await hashPassword(credentials.password)
      : undefined;
  return write((own) => {
    const factor = isRight && account ? takeSecondFactor(own, account, credentials.code, attempt.now) : null;
    if (!account || factor === null) {
      countFailure(own, keys, attempt.now);
      if (account) tell(own, account.id, attempt, 'session.refuse');
      return { ended: 'wrong' };
    }
    if (rehashed)
      own.update(staffAccounts).set({ passwordHash: rehashed }).where(eq(staffAccounts.id, account.id)).run();
    for (const key of keys) if (!key.key.startsWith('address:')) forgetFailures(own, key);
    const token = openSession(own, { accountId: account.id, hasSecondFactor: factor !== 'none' }, attempt, attempt.now);
    tell(own, account.id, attempt, factor === 'recovery' ? 'own.recovery' : 'session.open');
    return { ended: 'in', token, accountId: account.id };
  });
}

const findAccount = (db: Db, loginName: string): AccountRow | undefined =>
  db
    .select()
    .from(staffAccounts)
    .where(and(eq(staffAccounts.loginName, loginName), isNull(staffAccounts.disabledAt)))
    .get();

function failureKeys(
  { key, clientAddress, knownAccountId }: Attempt,
  loginName: string,
  account: AccountRow | undefined,
): FailureKey[] {
  const isKnown = account !== undefined && account.id === knownAccountId;
  const name = isKnown ? `device:${keyedHash(key, account.id)}` : `account:${keyedHash(key, loginName)}`;
  return [
    { key: name, free: ACCOUNT_FREE },
    { key: `address:${keyedHash(key, clientAddress)}`, free: ADDRESS_FREE },
  ];
}

function tell(
  db: Db,
  accountId: string,
  { address, now }: Attempt,
  action: 'session.open' | 'session.refuse' | 'own.recovery',
) {
  const doer = { actor: accountActor(accountId), roles: rolesOf(db, accountId), address, now };
  recordAudit(db, doer, { action, subject: '' });
}

/**
 * Takes the second factor of an account: what it has set up must be given, and counts once. Returns null when it was not right; the
 * caller holds the transaction.
 */
export function takeSecondFactor(
  db: Db,
  { id, totpSecret }: Pick<AccountRow, 'id' | 'totpSecret'>,
  code: string,
  now: Instant,
): 'none' | 'totp' | 'recovery' | null {
  if (totpSecret === null) return 'none';
  const { totpStep: last = 0 } =
    db.select({ totpStep: staffAccounts.totpStep }).from(staffAccounts).where(eq(staffAccounts.id, id)).get() ?? {};
  const step = matchTotp(totpSecret, code, last, Date.parse(now));
  if (step !== null) {
    const { changes } = db
      .update(staffAccounts)
      .set({ totpStep: step })
      .where(and(eq(staffAccounts.id, id), lt(staffAccounts.totpStep, step)))
      .run();
    return changes === 1 ? 'totp' : null;
  }
  const { changes } = db
    .update(staffRecoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(staffRecoveryCodes.accountId, id),
        eq(staffRecoveryCodes.hash, hashSecret(normalizeRecoveryCode(code))),
        isNull(staffRecoveryCodes.usedAt),
      ),
    )
    .run();
  return changes === 1 ? 'recovery' : null;
}
