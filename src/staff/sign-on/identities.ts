import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffIdentities } from '#db/schema/staff.ts';
import { ConflictError, InputError, NotFoundError } from '#src/domain/errors.ts';
import type { Account } from '../accounts.ts';
import { endSessions } from '../accounts.ts';
import { type Doer, recordAudit } from '../audit.ts';

export type LinkedIdentity = typeof staffIdentities.$inferSelect;

/** Identities that are linked to an account, the oldest first. */
export const listIdentities = (db: Db, accountId: string): LinkedIdentity[] =>
  db
    .select()
    .from(staffIdentities)
    .where(eq(staffIdentities.accountId, accountId))
    .orderBy(asc(staffIdentities.linkedAt))
    .all();

/** Who is meant: by issuer and subject, nothing else. */
export const findIdentity = (db: Db, issuer: string, subject: string): LinkedIdentity | undefined =>
  db
    .select()
    .from(staffIdentities)
    .where(and(eq(staffIdentities.issuer, issuer), eq(staffIdentities.subject, subject)))
    .get();

interface Named {
  account: Account;
  issuer: string;
  subject: string;
  reason: string;
}

/** Links an identity to an account. @throws ConflictError when it belongs to somebody, InputError when the account has one of that provider */
export function linkIdentity(db: Db, doer: Doer, { account, issuer, subject, reason }: Named): void {
  if (findIdentity(db, issuer, subject)) throw new ConflictError('这个身份标识已关联到一个账号，请先解除');
  if (listIdentities(db, account.id).some((each) => each.issuer === issuer))
    throw new InputError([{ name: 'subject', message: '这个账号已关联了身份，请先解除' }]);
  db.insert(staffIdentities).values({ issuer, subject, accountId: account.id, linkedAt: doer.now }).run();
  tell(db, doer, 'account.link', { account, issuer, subject, reason });
}

/** Undoes a link. Sessions of the account end: any of them may have been opened by it. @throws NotFoundError */
export function unlinkIdentity(db: Db, doer: Doer, named: Named): void {
  const { account, issuer, subject } = named;
  const { changes } = db
    .delete(staffIdentities)
    .where(
      and(
        eq(staffIdentities.accountId, account.id),
        eq(staffIdentities.issuer, issuer),
        eq(staffIdentities.subject, subject),
      ),
    )
    .run();
  if (changes === 0) throw new NotFoundError('这个身份没有关联到这个账号');
  endSessions(db, account.id, doer.now);
  tell(db, doer, 'account.unlink', named);
}

function tell(
  db: Db,
  doer: Doer,
  action: 'account.link' | 'account.unlink',
  { account, issuer, subject, reason }: Named,
): void {
  const details = { loginName: account.loginName, issuer, subject };
  recordAudit(db, doer, { action, subject: `account:${account.id}`, county: account.county, reason, details });
}
