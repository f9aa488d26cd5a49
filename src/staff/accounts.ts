import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffRoles, staffSessions } from '#db/schema/staff.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import type { AuditAction } from '#src/domain/staff/audit.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Doer, recordAudit } from './audit.ts';
import { movedBy } from './moved-by.ts';

export type AccountRow = typeof staffAccounts.$inferSelect;

/** An account as those who keep accounts see it: no secrets. */
export interface Account {
  id: string;
  loginName: string;
  displayName: string;
  county: County | null;
  roles: Role[];
  hasPassword: boolean;
  hasSecondFactor: boolean;
  createdAt: Instant;
  disabledAt: Instant | null;
  revision: number;
}

/** What a new account is asked for with. */
export interface NewAccount {
  loginName: string;
  displayName: string;
  county: County | null;
  roles: readonly Role[];
}

/** The account of an id. @throws NotFoundError */
export function getAccount(db: Db, id: string): Account {
  const row = db.select().from(staffAccounts).where(eq(staffAccounts.id, id)).get();
  if (!row) throw new NotFoundError('没有这个账号');
  return toAccount(row, rolesOf(db, row.id));
}

/** The account of a login name. @throws NotFoundError */
export function findByLoginName(db: Db, loginName: string): Account {
  const row = db.select().from(staffAccounts).where(eq(staffAccounts.loginName, loginName)).get();
  if (!row) throw new NotFoundError('没有这个账号');
  return toAccount(row, rolesOf(db, row.id));
}

/** All accounts, of one county or of all (null), by login name. */
export function listAccounts(db: Db, county: County | null): Account[] {
  const rows = db
    .select()
    .from(staffAccounts)
    .where(county === null ? undefined : eq(staffAccounts.county, county))
    .orderBy(asc(staffAccounts.loginName))
    .all();
  const roles = Map.groupBy(
    db.select().from(staffRoles).orderBy(asc(staffRoles.role)).all(),
    ({ accountId }) => accountId,
  );
  return rows.map((row) =>
    toAccount(
      row,
      (roles.get(row.id) ?? []).map(({ role }) => role),
    ),
  );
}

export function rolesOf(db: Db, accountId: string): Role[] {
  const rows = db
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(eq(staffRoles.accountId, accountId))
    .orderBy(asc(staffRoles.role))
    .all();
  return rows.map(({ role }) => role);
}

function toAccount(row: AccountRow, roles: Role[]): Account {
  const { passwordHash, totpSecret, totpStep: _step, ...account } = row;
  return {
    ...account,
    roles,
    hasPassword: passwordHash !== null,
    hasSecondFactor: totpSecret !== null,
  };
}

/** Makes an account that nobody can sign in to yet: a link lets its owner set a password. @throws InputError for a name that is taken */
export function createAccount(
  db: Db,
  doer: Doer,
  account: NewAccount,
  action: AuditAction = 'account.create',
): Account {
  const { roles, ...rest } = account;
  const taken = db.select().from(staffAccounts).where(eq(staffAccounts.loginName, rest.loginName)).get();
  if (taken) throw new InputError([{ name: 'loginName', message: '这个账号名已有人使用' }]);
  const id = randomUUID();
  db.insert(staffAccounts)
    .values({ id, ...rest, createdAt: doer.now })
    .run();
  putRoles(db, id, roles);
  const made = getAccount(db, id);
  recordAudit(db, doer, {
    action,
    subject: `account:${id}`,
    county: made.county,
    after: hashAccount(made),
    details: { loginName: made.loginName, roles: made.roles.join(',') },
  });
  return made;
}

/** What a change of an account starts from, so that two who change it at once do not undo each other. */
export interface Seen {
  id: string;
  revision: number;
}

/** Gives an account other posts. Its sessions end: what they show was chosen for the posts of before. */
export function assignRoles(db: Db, doer: Doer, seen: Seen, roles: readonly Role[], reason: string): Account {
  return change(db, doer, seen, { action: 'account.assign', reason }, (id) => {
    db.delete(staffRoles).where(eq(staffRoles.accountId, id)).run();
    putRoles(db, id, roles);
    return { roles: [...roles].sort().join(',') };
  });
}

/** Lets nobody sign in to an account from now on. */
export function disableAccount(db: Db, doer: Doer, seen: Seen, reason: string): Account {
  return change(db, doer, seen, { action: 'account.disable', reason }, (id) => {
    db.update(staffAccounts).set({ disabledAt: doer.now }).where(eq(staffAccounts.id, id)).run();
    return {};
  });
}

/** Lets an account be used again. */
export function enableAccount(db: Db, doer: Doer, seen: Seen, reason: string): Account {
  return change(db, doer, seen, { action: 'account.enable', reason }, (id) => {
    db.update(staffAccounts).set({ disabledAt: null }).where(eq(staffAccounts.id, id)).run();
    return {};
  });
}

/** Takes password and second factor from an account: its owner has to set them anew by a link. */
export function resetAccount(db: Db, doer: Doer, seen: Seen, reason: string): Account {
  return change(db, doer, seen, { action: 'account.reset', reason }, (id) => {
    db.update(staffAccounts).set({ passwordHash: null, totpSecret: null }).where(eq(staffAccounts.id, id)).run();
    return {};
  });
}

type Details = Record<string, string>;

/** @throws ConflictError when somebody else changed the account meanwhile, InputError when nobody would be left who keeps accounts */
function change(
  db: Db,
  doer: Doer,
  { id, revision }: Seen,
  { action, reason }: { action: AuditAction; reason: string },
  write: (id: string) => Details,
): Account {
  const before = getAccount(db, id);
  if (before.revision !== revision) throw movedBy(db, `account:${id}`, '这个账号');
  const details = write(id);
  db.update(staffAccounts)
    .set({ revision: sql`${staffAccounts.revision} + 1` })
    .where(eq(staffAccounts.id, id))
    .run();
  endSessions(db, id, doer.now);
  assertAdministrator(db);
  const after = getAccount(db, id);
  recordAudit(db, doer, {
    action,
    subject: `account:${id}`,
    county: after.county,
    before: hashAccount(before),
    after: hashAccount(after),
    reason,
    details: { loginName: after.loginName, ...details },
  });
  return after;
}

/** Ends the sessions of an account, all or all but one. */
export function endSessions(db: Db, accountId: string, now: Instant, except = ''): void {
  db.update(staffSessions)
    .set({ endedAt: now })
    .where(and(eq(staffSessions.accountId, accountId), isNull(staffSessions.endedAt), ne(staffSessions.hash, except)))
    .run();
}

/** Without one administrator of the city who can sign in, accounts could be kept only at the machine. @throws InputError */
function assertAdministrator(db: Db): void {
  const left = db
    .select({ id: staffAccounts.id })
    .from(staffAccounts)
    .innerJoin(staffRoles, eq(staffRoles.accountId, staffAccounts.id))
    .where(and(eq(staffRoles.role, 'administrator'), isNull(staffAccounts.county), isNull(staffAccounts.disabledAt)))
    .limit(1)
    .get();
  if (!left) throw new InputError([{ name: 'roles', message: '至少要留一名能登录的全市管理员' }]);
}

function putRoles(db: Db, accountId: string, roles: readonly Role[]): void {
  const rows = [...new Set(roles)].map((role) => ({ accountId, role }));
  if (rows.length > 0) db.insert(staffRoles).values(rows).run();
}

/** SHA-256 (hex) of what of an account may be told. */
function hashAccount({ revision: _revision, ...account }: Account): string {
  return createHash('sha256')
    .update(canonicalize(account) as string)
    .digest('hex');
}
