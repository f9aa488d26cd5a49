import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { Db } from '#db/client.ts';
import { auditEvents } from '#db/schema/staff.ts';
import { FileStore } from '#src/attachments/store.ts';
import { commandActor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import { followingCalendar } from '#src/publish/calendar.ts';
import { createAccount } from '#src/staff/accounts.ts';
import { type Console, type ConsoleParts, createConsole } from '#src/staff/console.ts';
import { makeLink } from '#src/staff/links.ts';
import type { Session } from '#src/staff/sessions.ts';
import { openTestDatabase } from './seed-notices.ts';

export const STAFF_PASSWORD = 'correct horse battery';
export const STAFF_CLIENT = { address: '10.1.2.*', agent: 'test' };
const START = Date.parse('2026-03-02T01:00:00.000Z');

/** A console without pages on a database of its own, with a clock that stands until it is told to pass. */
export class StaffRig {
  readonly #opened: ReturnType<typeof openTestDatabase>;
  readonly db: Db;
  readonly console: Console;
  readonly calendar = followingCalendar(() => this.db);
  readonly write: ConsoleParts['write'] = async (write) =>
    this.db.$client.transaction(() => write(this.db)).immediate();
  #clock: number;

  /** `opened` is a database that the caller has opened and closes, if the rig is not to have one of its own. */
  constructor(parts: Partial<ConsoleParts> = {}, start = START, opened = openTestDatabase()) {
    this.#opened = opened;
    this.db = opened.db;
    this.#clock = start;
    const { write } = this;
    this.console = createConsole({
      ...{ db: this.db, write, key: randomBytes(32), requireSecondFactor: false, issuer: '通明' },
      ...{ publicUrl: 'https://city.example', allowPrivate: [] },
      ...{
        intake: { store: new FileStore(dirname(this.#opened.path)), scanner: undefined },
        longestFile: 20 * 1024 * 1024,
      },
      ...{ calendar: this.calendar, signOn: null, onRefused: () => undefined },
      caseKey: { identity: '', recipient: '' },
      office: { name: '某市交易中心', prefix: '某公开' },
      hashReceipt: (code) => code,
      ...parts,
    });
  }

  get desk(): Console['desk'] {
    return this.console.desk;
  }

  get now(): string {
    return new Date(this.#clock).toISOString();
  }

  pass(seconds: number): void {
    this.#clock += seconds * 1_000;
  }

  /** Makes an account with the password; returns its id. */
  async makeAccount(loginName: string, roles: Role[], county: County | null = null): Promise<string> {
    const doer = { actor: commandActor('staff:admin', 'root'), roles: [], address: '', now: this.now };
    const { id } = createAccount(this.db, doer, { loginName, displayName: `${loginName} 同志`, county, roles });
    await this.desk.usePasswordLink(makeLink(this.db, id, this.now), STAFF_PASSWORD, STAFF_CLIENT, this.now);
    return id;
  }

  /** Signs in with the password. */
  async enter(loginName: string): Promise<Session> {
    const attempt = { ...STAFF_CLIENT, now: this.now, clientAddress: '10.1.2.3', knownAccountId: null };
    const result = await this.desk.signIn({ loginName, password: STAFF_PASSWORD, code: '' }, attempt);
    if (result.ended !== 'in') throw new Error(`not signed in: ${result.ended}`);
    return this.open(result.token);
  }

  /** The session of a token. @throws Error when it is over */
  async open(token: string): Promise<Session> {
    const session = await this.desk.session(token, STAFF_CLIENT, this.now);
    if (!session) throw new Error('no session');
    return session;
  }

  /** What was done, the first first. */
  actions(): string[] {
    return this.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .orderBy(auditEvents.seq)
      .all()
      .map(({ action }) => action);
  }

  close(): void {
    this.#opened.close();
  }
}
