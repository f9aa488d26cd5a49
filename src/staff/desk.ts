import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ForbiddenError, InputError, TooManyRequestsError } from '#src/domain/errors.ts';
import { passwordFault } from '#src/domain/staff/password.ts';
import { mayAssign, type Permitted, REFUSALS } from '#src/domain/staff/permissions.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { lastOfChain } from '#src/publish/audit/chain.ts';
import {
  type Account,
  assignRoles,
  createAccount,
  disableAccount,
  enableAccount,
  getAccount,
  listAccounts,
  type NewAccount,
  resetAccount,
  type Seen,
} from './accounts.ts';
import { assertMay } from './assert-may.ts';
import { AUDIT_PAGE, type AuditFilter, type AuditRow, listAudit, recordAudit, walkAudit } from './audit.ts';
import { makeLink, readLink, useLink } from './links.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { type SecondFactor, setSecondFactor } from './second-factor.ts';
import { keyedHash } from './secrets.ts';
import {
  type Client,
  closeSession,
  endOwnSession,
  findSession,
  isSeenDue,
  listOwnSessions,
  markSeen,
  type OwnSession,
  passwordHashOf,
  type Session,
  stepUp,
} from './sessions.ts';
import { ACCOUNT_FREE, type Attempt, type Credentials, type SignInResult, signIn, type Write } from './sign-in.ts';
import { countFailure, forgetFailures, waitOf } from './throttle.ts';
import { isTotpSecret, newTotpSecret, totpUri } from './totp.ts';

interface Parts {
  /** For reading. */
  db: Db;
  write: Write;
  /** Key of what failed sign-ins are counted under. */
  key: Buffer;
  /** Whether nobody may anything without one-time passwords. */
  requireSecondFactor: boolean;
  /** What the site is called in apps for one-time passwords. */
  issuer: string;
}

/** An account and a link for its owner, which is shown once. */
export interface Invited {
  account: Account;
  token: string;
}

/**
 * What the console does with accounts, sessions and the audit. Each method asks the table of rights itself, at the action: what a page
 * shows or hides decides nothing.
 */
export class StaffDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #key: Buffer;
  readonly #requireSecondFactor: boolean;
  readonly #issuer: string;

  constructor({ db, write, key, requireSecondFactor, issuer }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#key = key;
    this.#requireSecondFactor = requireSecondFactor;
    this.#issuer = issuer;
  }

  /** @throws UnavailableError when too many try at once */
  signIn(credentials: Credentials, attempt: Omit<Attempt, 'key'>): Promise<SignInResult> {
    return signIn(this.#db, this.#write, credentials, { ...attempt, key: this.#key });
  }

  /** What a browser keeps of an account that was signed in to with it. */
  deviceMark(accountId: string): string {
    return `${accountId}.${keyedHash(this.#key, `device ${accountId}`)}`;
  }

  /** The account that a browser's mark tells of; null for one that is not ours. */
  knownAccount(mark: string): string | null {
    const [accountId = ''] = mark.split('.');
    return mark === this.deviceMark(accountId) ? accountId : null;
  }

  /** Whose session a token opens; null when it is over. */
  async session(token: string, client: Client, now: Instant): Promise<Session | null> {
    const session = findSession(this.#db, token, client, { now, requireSecondFactor: this.#requireSecondFactor });
    if (session && isSeenDue(this.#db, session)) await this.#write((db) => markSeen(db, session));
    return session;
  }

  signOut(session: Session): Promise<void> {
    return this.#write((db) => closeSession(db, session));
  }

  sessions(session: Session): OwnSession[] {
    return listOwnSessions(this.#db, session);
  }

  endSession(session: Session, id: string): Promise<void> {
    return this.#write((db) => endOwnSession(db, session, id));
  }

  /**
   * Takes the password again. False when it is not right: whoever sits at somebody else's machine has to wait as one who signs in.
   * @throws TooManyRequestsError before the wait is over, UnavailableError when too many try at once
   */
  async stepUp(session: Session, password: string): Promise<boolean> {
    const { now } = session.doer;
    const key = { key: `stepUp:${keyedHash(this.#key, session.officer.accountId)}`, free: ACCOUNT_FREE };
    const wait = waitOf(this.#db, [key], now);
    if (wait > 0) throw new TooManyRequestsError(Math.ceil(wait / 1_000));
    const isRight = await verifyPassword(passwordHashOf(this.#db, session), password);
    await this.#write((db) => {
      if (!isRight) return countFailure(db, [key], now);
      forgetFailures(db, key);
      stepUp(db, session);
    });
    return isRight;
  }

  /** A secret that one-time passwords can be set up with: the one that was offered before, or a new one. Nothing is stored. */
  offerSecondFactor({ loginName }: Session, offered?: string): { secret: string; uri: string } {
    const secret = offered !== undefined && isTotpSecret(offered) ? offered : newTotpSecret();
    return { secret, uri: totpUri(secret, loginName, this.#issuer) };
  }

  /** Sets up one-time passwords; null when the code is not the secret's. @throws ForbiddenError when they are set up and the password was not just given */
  async setSecondFactor(session: Session, secret: string, code: string): Promise<SecondFactor | null> {
    if (!session.officer.isSteppedUp) throw new ForbiddenError(REFUSALS.stepUp, 'stepUp');
    if (!isTotpSecret(secret)) return null;
    return this.#write((db) => setSecondFactor(db, session, secret, code));
  }

  /** Whom a link is for. @throws NotFoundError for one that is used, too old, or none */
  readLink(token: string, now: Instant): { loginName: string; displayName: string } {
    return readLink(this.#db, token, now);
  }

  /** Sets a password by a link. @throws NotFoundError as `readLink`, InputError for a password that may not be used */
  async usePasswordLink(token: string, password: string, { address }: Client, now: Instant): Promise<void> {
    const { loginName, displayName } = readLink(this.#db, token, now);
    const fault = passwordFault(password, [loginName, displayName]);
    if (fault) throw new InputError([{ name: 'password', message: fault }]);
    const hash = await hashPassword(password);
    await this.#write((db) => useLink(db, token, hash, { address, now }));
  }

  /** Accounts that the person may see. @throws ForbiddenError */
  accounts(session: Session): Account[] {
    assertMay(session, 'account.list', session.officer.county);
    return listAccounts(this.#db, session.officer.county);
  }

  /** An account. @throws ForbiddenError, NotFoundError */
  account(session: Session, id: string): Account {
    const account = getAccount(this.#db, id);
    assertMay(session, 'account.list', account.county);
    return account;
  }

  /** What was done to an account, the latest first. @throws ForbiddenError, NotFoundError */
  accountHistory(session: Session, id: string): AuditRow[] {
    this.account(session, id);
    return listAudit(this.#db, { subject: `account:${id}` });
  }

  /** @throws ForbiddenError, InputError for a name that is taken or posts that may not be given */
  async invite(session: Session, account: NewAccount): Promise<Invited> {
    assertMay(session, 'account.create', account.county);
    assertAssignable(session, account.roles, account.county);
    return this.#write((db) => {
      const made = createAccount(db, session.doer, account);
      return { account: made, token: makeLink(db, made.id, session.doer.now) };
    });
  }

  /** @throws ForbiddenError, ConflictError, InputError */
  async assign(session: Session, seen: Seen, roles: readonly Role[], reason: string): Promise<Account> {
    const { county } = this.#assertOver(session, 'account.assign', seen);
    assertAssignable(session, roles, county);
    return this.#write((db) => assignRoles(db, session.doer, seen, roles, reason));
  }

  /** @throws ForbiddenError, ConflictError, InputError */
  async disable(session: Session, seen: Seen, reason: string): Promise<Account> {
    this.#assertOver(session, 'account.disable', seen);
    return this.#write((db) => disableAccount(db, session.doer, seen, reason));
  }

  /** @throws ForbiddenError, ConflictError */
  async enable(session: Session, seen: Seen, reason: string): Promise<Account> {
    this.#assertOver(session, 'account.enable', seen);
    return this.#write((db) => enableAccount(db, session.doer, seen, reason));
  }

  /** Takes password and one-time passwords from an account, and makes a link to set them anew. @throws ForbiddenError, ConflictError */
  async reset(session: Session, seen: Seen, reason: string): Promise<Invited> {
    this.#assertOver(session, 'account.reset', seen);
    return this.#write((db) => {
      const account = resetAccount(db, session.doer, seen, reason);
      return { account, token: makeLink(db, account.id, session.doer.now) };
    });
  }

  /** A page of the audit, the latest first. @throws ForbiddenError */
  audit(session: Session, filter: AuditFilter, before?: number): { rows: AuditRow[]; hasMore: boolean } {
    assertMay(session, 'audit.read', null);
    const rows = listAudit(this.#db, filter, before);
    return { rows, hasMore: rows.length === AUDIT_PAGE };
  }

  /** Everything that a filter finds, in batches, the latest first. That it was taken away is written down first, and is the first row of it. @throws ForbiddenError */
  async exportAudit(
    session: Session,
    filter: AuditFilter,
    details: Record<string, string>,
  ): Promise<Iterable<AuditRow[]>> {
    assertMay(session, 'audit.export', null);
    const upTo = await this.#write((db) => {
      recordAudit(db, session.doer, { action: 'audit.export', subject: '', details });
      return lastOfChain(db).seq;
    });
    return walkAudit(this.#db, filter, upTo + 1);
  }

  /** @throws ForbiddenError for one's own account too: nobody changes what they may themselves */
  #assertOver(session: Session, permitted: Permitted, { id }: Seen): Account {
    const account = getAccount(this.#db, id);
    assertMay(session, permitted, account.county);
    if (id === session.officer.accountId) throw new ForbiddenError('不能变更自己的账号，请由另一名管理员操作', 'self');
    return account;
  }
}

function assertAssignable(session: Session, roles: readonly Role[], county: County | null): void {
  if (!mayAssign(session.officer, roles, county))
    throw new InputError([{ name: 'roles', message: '监督员和信息公开员只能是全市账号' }]);
}
