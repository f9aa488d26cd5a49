import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffLinks } from '#db/schema/staff.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { endSessions, rolesOf } from './accounts.ts';
import { type Doer, recordAudit } from './audit.ts';
import { hashSecret, newToken } from './secrets.ts';

/** Days in which a link has to be used. */
const VALID_DAYS = 3;

/** The token of a link that lets the owner of an account set a password once. Links made before stop working. */
export function makeLink(db: Db, accountId: string, now: Instant): string {
  const token = newToken();
  db.update(staffLinks)
    .set({ usedAt: now })
    .where(and(eq(staffLinks.accountId, accountId), isNull(staffLinks.usedAt)))
    .run();
  db.insert(staffLinks)
    .values({ hash: hashSecret(token), accountId, createdAt: now, expiresAt: addDays(now, VALID_DAYS) })
    .run();
  return token;
}

/** Whom a link is for, with what a password may not hold. @throws NotFoundError for one that is used, too old, or none */
export function readLink(
  db: Db,
  token: string,
  now: Instant,
): { accountId: string; loginName: string; displayName: string } {
  const found = db
    .select({
      accountId: staffAccounts.id,
      loginName: staffAccounts.loginName,
      displayName: staffAccounts.displayName,
    })
    .from(staffLinks)
    .innerJoin(staffAccounts, eq(staffAccounts.id, staffLinks.accountId))
    .where(
      and(
        eq(staffLinks.hash, hashSecret(token)),
        isNull(staffLinks.usedAt),
        gt(staffLinks.expiresAt, now),
        isNull(staffAccounts.disabledAt),
      ),
    )
    .get();
  if (!found) throw new NotFoundError('这个链接已经用过或已失效，请向管理员要一个新的');
  return found;
}

/** Sets the password of the account that a link is for, and uses the link up. Sessions end. @throws NotFoundError as `readLink` */
export function useLink(
  db: Db,
  token: string,
  passwordHash: string,
  { address, now }: Pick<Doer, 'address' | 'now'>,
): void {
  const { accountId } = readLink(db, token, now);
  db.update(staffLinks)
    .set({ usedAt: now })
    .where(eq(staffLinks.hash, hashSecret(token)))
    .run();
  db.update(staffAccounts).set({ passwordHash }).where(eq(staffAccounts.id, accountId)).run();
  endSessions(db, accountId, now);
  const doer: Doer = { actor: `account:${accountId}`, roles: rolesOf(db, accountId), address, now };
  recordAudit(db, doer, { action: 'own.password', subject: `account:${accountId}` });
}
