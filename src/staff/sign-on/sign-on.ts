import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import { accountActor } from '#src/domain/actors.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '#src/domain/errors.ts';
import { type Permitted, REFUSALS, refusalOf } from '#src/domain/staff/permissions.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Account, getAccount, rolesOf } from '../accounts.ts';
import { recordAudit } from '../audit.ts';
import { keyedHash } from '../secrets.ts';
import { type Client, openSession, type Session, stepUp } from '../sessions.ts';
import { ACCOUNT_FREE, ADDRESS_FREE, type SignInResult, takeSecondFactor, type Write } from '../sign-in.ts';
import { countFailure, forgetFailures, waitOf } from '../throttle.ts';
import { newFlow, readFlow, readPending, sealPending } from './flow.ts';
import { findIdentity, type LinkedIdentity, linkIdentity, listIdentities, unlinkIdentity } from './identities.ts';
import { type Identity, Provider, ProviderDownError, ProviderRefusedError, type SignOnSettings } from './provider.ts';

/** How a way to the provider and back ended. */
export type SignOnResult =
  | { ended: 'in'; token: string; accountId: string; next: string }
  /** The provider asked for a password alone: the account's one-time password is to follow. */
  | { ended: 'code'; pending: string }
  /** Somebody who is signed in has shown again who they are. */
  | { ended: 'again'; next: string }
  /** Nothing of ours is linked to this identity, or the account is disabled. */
  | { ended: 'unknown'; subject: string }
  | { ended: 'refused' };

interface Parts {
  db: Db;
  write: Write;
  key: Buffer;
  /** Null where the operator has set up none. */
  signOn: (SignOnSettings & { name: string }) | null;
  /** Hears why a provider was not believed. */
  onRefused(error: unknown): void;
}

/** Who comes back from the provider. */
export interface Returned extends Client {
  now: Instant;
  clientAddress: string;
}

/** Single sign-on of the government: it says who somebody is, and never what they may. */
export class SignOn {
  readonly #parts: Parts;
  readonly #provider: Provider | null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#provider = parts.signOn && new Provider(parts.signOn);
  }

  /** What people call the provider; null where there is none. */
  get name(): string | null {
    return this.#parts.signOn?.name ?? null;
  }

  /** Sets out for the provider. @throws NotFoundError where there is none, UnavailableError when it does not answer */
  async begin(next: string, isAgain: boolean, now: Instant): Promise<{ url: string; cookie: string }> {
    const { cookie, flow } = newFlow(this.#parts.key, { next, isAgain }, now);
    return { cookie, url: await asking(() => this.#mustHave().authorizationUrl(flow)) };
  }

  /**
   * Comes back from the provider with its answer (`query`) and the browser's cookie. `session` is that of the browser.
   * @throws NotFoundError where there is none, UnavailableError when it does not answer
   */
  async finish(query: string, cookie: string, from: Returned, session: Session | null): Promise<SignOnResult> {
    const provider = this.#mustHave();
    const flow = readFlow(this.#parts.key, cookie, from.now);
    if (!flow) return { ended: 'refused' };
    let identity: Identity;
    try {
      identity = await asking(() => provider.identify(query, flow));
    } catch (error) {
      if (!(error instanceof ProviderRefusedError)) throw error;
      this.#parts.onRefused(error);
      return { ended: 'refused' };
    }
    if (flow.isAgain) return this.#confirm(identity, flow.next, session);
    return this.#enter(identity, flow.next, from);
  }

  /** Whom a browser is asked for the one-time password; null when it has not come from the provider, or too long ago. */
  pending(sealed: string, now: Instant): { loginName: string; next: string } | null {
    const found = readPending(this.#parts.key, sealed, now);
    return found && { loginName: getAccount(this.#parts.db, found.accountId).loginName, next: found.next };
  }

  /** Takes the one-time password that follows. Failures delay, as those of passwords do. @throws ForbiddenError when the provider was too long ago */
  async confirmCode(sealed: string, code: string, from: Returned): Promise<SignInResult> {
    const { db, write, key } = this.#parts;
    const found = readPending(key, sealed, from.now);
    if (!found) throw new ForbiddenError('单点登录已过时，请重新登录', 'expired');
    const account = { key: `code:${keyedHash(key, found.accountId)}`, free: ACCOUNT_FREE };
    const keys = [account, { key: `address:${keyedHash(key, from.clientAddress)}`, free: ADDRESS_FREE }];
    const wait = waitOf(db, keys, from.now);
    if (wait > 0) return { ended: 'wait', seconds: Math.ceil(wait / 1_000) };
    return write((own) => {
      const row = own.select().from(staffAccounts).where(eq(staffAccounts.id, found.accountId)).get();
      const factor = row && !row.disabledAt ? takeSecondFactor(own, row, code, from.now) : null;
      if (factor === null || factor === 'none') {
        countFailure(own, keys, from.now);
        tell(own, found.accountId, from, 'session.refuse');
        return { ended: 'wrong' };
      }
      forgetFailures(own, account);
      return { ended: 'in', ...open(own, found.accountId, true, from) };
    });
  }

  /** Identities that are linked to an account. @throws ForbiddenError, NotFoundError */
  identities(session: Session, accountId: string): LinkedIdentity[] {
    this.#assertMay(session, 'account.list', getAccount(this.#parts.db, accountId));
    return listIdentities(this.#parts.db, accountId);
  }

  /** Links a person at the provider to an account. @throws ForbiddenError, ConflictError, InputError */
  async link(session: Session, accountId: string, subject: string, reason: string): Promise<void> {
    const { signOn, db, write } = this.#parts;
    if (!signOn) throw new NotFoundError('没有设置单点登录');
    const account = this.#assertMay(session, 'account.link', getAccount(db, accountId));
    const { issuer } = signOn;
    return write((own) => linkIdentity(own, session.doer, { account, issuer, subject, reason }));
  }

  /** @throws ForbiddenError, NotFoundError */
  async unlink(session: Session, accountId: string, issuer: string, subject: string, reason: string): Promise<void> {
    const { db, write } = this.#parts;
    const account = this.#assertMay(session, 'account.unlink', getAccount(db, accountId));
    return write((own) => unlinkIdentity(own, session.doer, { account, issuer, subject, reason }));
  }

  #enter({ issuer, subject, hasSecondFactor }: Identity, next: string, from: Returned): Promise<SignOnResult> {
    return this.#parts.write((db) => {
      const linked = findIdentity(db, issuer, subject);
      const account = linked && getAccountRow(db, linked.accountId);
      if (!account) return { ended: 'unknown', subject };
      if (account.disabledAt) {
        tell(db, account.id, from, 'session.refuse');
        return { ended: 'unknown', subject };
      }
      // Whoever has set up one-time passwords is never let in without: a provider that asks for less does not lower what is asked here.
      if (!hasSecondFactor && account.totpSecret !== null)
        return { ended: 'code', pending: sealPending(this.#parts.key, account.id, next, from.now) };
      return { ended: 'in', ...open(db, account.id, hasSecondFactor, from), next };
    });
  }

  async #confirm({ issuer, subject }: Identity, next: string, session: Session | null): Promise<SignOnResult> {
    const linked = findIdentity(this.#parts.db, issuer, subject);
    if (!session || linked?.accountId !== session.officer.accountId) return { ended: 'refused' };
    await this.#parts.write((db) => stepUp(db, session));
    return { ended: 'again', next };
  }

  #mustHave(): Provider {
    if (!this.#provider) throw new NotFoundError('没有设置单点登录');
    return this.#provider;
  }

  #assertMay(session: Session, permitted: Permitted, account: Account): Account {
    const refusal = refusalOf(session.officer, permitted, account.county);
    if (refusal) throw new ForbiddenError(REFUSALS[refusal], refusal);
    if (permitted !== 'account.list' && account.id === session.officer.accountId)
      throw new ForbiddenError('不能变更自己的账号，请由另一名管理员操作', 'self');
    return account;
  }
}

const getAccountRow = (db: Db, id: string) => db.select().from(staffAccounts).where(eq(staffAccounts.id, id)).get();

function open(db: Db, accountId: string, hasSecondFactor: boolean, from: Returned) {
  const token = openSession(db, { accountId, hasSecondFactor }, from, from.now);
  tell(db, accountId, from, 'session.open');
  return { token, accountId };
}

function tell(db: Db, accountId: string, { address, now }: Returned, action: 'session.open' | 'session.refuse'): void {
  const doer = { actor: accountActor(accountId), roles: rolesOf(db, accountId), address, now };
  recordAudit(db, doer, { action, subject: '', details: { by: 'signOn' } });
}

/** @throws UnavailableError when the provider does not answer: passwords still work */
async function asking<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProviderDownError)) throw error;
    throw new UnavailableError('单点登录暂时没有响应，请用账号和密码登录', { cause: error });
  }
}
