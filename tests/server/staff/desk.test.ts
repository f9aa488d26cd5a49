import { randomBytes } from 'node:crypto';
import { getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { auditEvents, staffAccounts, staffFailures, staffSessions } from '#db/schema/staff.ts';
import { commandActor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import { createAccount } from '#src/staff/accounts.ts';
import type { Doer } from '#src/staff/audit.ts';
import { StaffDesk } from '#src/staff/desk.ts';
import { makeLink } from '#src/staff/links.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { SignInResult } from '#src/staff/sign-in.ts';
import { newTotpSecret, totpCode, totpStep } from '#src/staff/totp.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const START = Date.parse('2026-03-02T01:00:00.000Z');
const PASSWORD = 'correct horse battery';
const CLIENT = { address: '10.1.2.*', agent: 'test' };

let shared: ReturnType<typeof openTestDatabase>;
let db: Db;
let desk: StaffDesk;
let clock = START;
const at = () => new Date(clock).toISOString();
const pass = (seconds: number) => {
  clock += seconds * 1_000;
};

beforeEach(() => {
  clock = START;
  shared = openTestDatabase();
  db = shared.db;
  desk = makeDesk(false);
});
afterEach(() => shared.close());

const makeDesk = (requireSecondFactor: boolean) =>
  new StaffDesk({
    db,
    write: async (write) => db.$client.transaction(() => write(db)).immediate(),
    key: randomBytes(32),
    requireSecondFactor,
    issuer: '通明',
  });

const machine = (): Doer => ({ actor: commandActor('staff:admin', 'root'), roles: [], address: '', now: at() });

async function makeAccount(loginName: string, roles: Role[], county: County | null = null): Promise<string> {
  const { id } = createAccount(db, machine(), { loginName, displayName: `${loginName} 同志`, county, roles });
  await desk.usePasswordLink(makeLink(db, id, at()), PASSWORD, CLIENT, at());
  return id;
}

interface Typed {
  password?: string;
  code?: string;
  from?: string;
  knownAccountId?: string | null;
}

const tryIn = (
  loginName: string,
  { password = PASSWORD, code = '', from = '10.1.2.3', knownAccountId = null }: Typed = {},
) => desk.signIn({ loginName, password, code }, { ...CLIENT, now: at(), clientAddress: from, knownAccountId });

const tokenOf = (result: SignInResult): string => {
  if (result.ended !== 'in') throw new Error(`not signed in: ${result.ended}`);
  return result.token;
};

async function enter(loginName: string, typed: Typed = {}): Promise<Session> {
  return open(tokenOf(await tryIn(loginName, typed)));
}

async function open(token: string): Promise<Session> {
  const session = await desk.session(token, CLIENT, at());
  if (!session) throw new Error('no session');
  return session;
}

const actions = () =>
  db
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .all()
    .map(({ action }) => action);

describe('signing in', () => {
  test('an unknown name, a wrong password and a disabled account are answered alike', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    await makeAccount('boss', ['administrator']);
    expect(await tryIn('nobody')).toEqual({ ended: 'wrong' });
    expect(await tryIn('wang.lei', { password: 'wrong password here' })).toEqual({ ended: 'wrong' });
    const boss = await enter('boss');
    await desk.disable(boss, { id, revision: 1 }, '离职');
    expect(await tryIn('wang.lei')).toEqual({ ended: 'wrong' });
  });

  test('only hashes of tokens and links are stored', async () => {
    await makeAccount('wang.lei', ['editor']);
    const token = tokenOf(await tryIn('Wang.Lei '));
    const stored = JSON.stringify([db.select().from(staffSessions).all(), db.select().from(staffAccounts).all()]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(PASSWORD);
    expect((await open(token)).loginName).toBe('wang.lei');
  });

  test('a link sets a password once, and not after three days', async () => {
    const { id } = createAccount(db, machine(), { loginName: 'li.na', displayName: '李娜', county: null, roles: [] });
    const first = makeLink(db, id, at());
    const second = makeLink(db, id, at());
    await expect(desk.usePasswordLink(first, PASSWORD, CLIENT, at())).rejects.toThrow('已失效');
    await expect(desk.usePasswordLink(second, 'li.na 的密码 2026', CLIENT, at())).rejects.toThrow('账号名');
    await desk.usePasswordLink(second, PASSWORD, CLIENT, at());
    await expect(desk.usePasswordLink(second, PASSWORD, CLIENT, at())).rejects.toThrow('已失效');
    const late = makeLink(db, id, at());
    pass(3 * 86_400 + 1);
    await expect(desk.usePasswordLink(late, PASSWORD, CLIENT, at())).rejects.toThrow('已失效');
  });

  test('failures delay more and more, and a right password after the wait still opens', async () => {
    await makeAccount('wang.lei', ['editor']);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 16; attempt++) {
      const result = await tryIn('wang.lei', { password: 'wrong password here' });
      if (result.ended === 'wait') {
        waits.push(result.seconds);
        expect(await tryIn('wang.lei')).toEqual(result);
        pass(result.seconds);
      }
    }
    expect(waits.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
    pass(30);
    expect((await tryIn('wang.lei')).ended).toBe('in');
    expect((await tryIn('wang.lei', { password: 'wrong password here' })).ended).toBe('wrong');
  });

  test('whoever has signed in with this browser before does not wait for what others try', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    for (let attempt = 0; attempt < 8; attempt++)
      await tryIn('wang.lei', { password: 'wrong', from: `10.9.9.${attempt}` });
    expect((await tryIn('wang.lei', { from: '10.1.2.3' })).ended).toBe('wait');
    expect((await tryIn('wang.lei', { from: '10.1.2.3', knownAccountId: id })).ended).toBe('in');
  });

  test('one address that tries many names has to wait, and unknown names leave no row that tells them', async () => {
    const results: string[] = [];
    for (let attempt = 0; attempt < 24; attempt++) results.push((await tryIn(`user.${attempt}`)).ended);
    expect(results.at(0)).toBe('wrong');
    expect(results.at(-1)).toBe('wait');
    expect(JSON.stringify(db.select().from(staffFailures).all())).not.toMatch(/user|10\.1\.2/);
    expect(actions()).not.toContain('session.refuse');
  });
});

describe('one-time passwords', () => {
  test('are demanded once set up, count once, and recovery codes stand in for them', async () => {
    desk = makeDesk(true);
    await makeAccount('boss', ['administrator']);
    const before = await enter('boss');
    const other = tokenOf(await tryIn('boss'));
    expect(() => desk.accounts(before)).toThrow('动态口令');
    const secret = newTotpSecret();
    expect(await desk.setSecondFactor(before, secret, '000000')).toBeNull();
    const made = await desk.setSecondFactor(before, secret, totpCode(secret, totpStep(clock)));
    if (!made) throw new Error('refused');
    expect(await desk.session(other, CLIENT, at())).toBeNull();
    expect(desk.accounts(await open(made.token))).toHaveLength(1);
    pass(30);
    const code = totpCode(secret, totpStep(clock));
    expect((await tryIn('boss')).ended).toBe('wrong');
    expect((await tryIn('boss', { code })).ended).toBe('in');
    expect((await tryIn('boss', { code })).ended).toBe('wrong');
    const [recovery = ''] = made.recoveryCodes;
    expect((await tryIn('boss', { code: recovery.toLowerCase() })).ended).toBe('in');
    expect((await tryIn('boss', { code: recovery })).ended).toBe('wrong');
    expect(actions()).toContain('own.recovery');
  });
});

describe('sessions', () => {
  test('end when idle, after twelve hours, when closed, and when ended from another', async () => {
    await makeAccount('wang.lei', ['editor']);
    const idle = tokenOf(await tryIn('wang.lei'));
    pass(29 * 60);
    expect(await desk.session(idle, CLIENT, at())).not.toBeNull();
    pass(29 * 60);
    expect(await desk.session(idle, CLIENT, at())).not.toBeNull();
    pass(31 * 60);
    expect(await desk.session(idle, CLIENT, at())).toBeNull();

    const long = tokenOf(await tryIn('wang.lei'));
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect(await desk.session(long, CLIENT, at()), `${minutes} min`).not.toBeNull();
      pass(20 * 60);
    }
    expect(await desk.session(long, CLIENT, at())).toBeNull();

    const [mine, stolen] = [await enter('wang.lei'), tokenOf(await tryIn('wang.lei'))];
    const others = desk.sessions(mine).filter(({ isThis }) => !isThis);
    expect(others).toHaveLength(1);
    await desk.endSession(mine, others[0]?.id ?? '');
    expect(await desk.session(stolen, CLIENT, at())).toBeNull();
    const token = tokenOf(await tryIn('wang.lei'));
    await desk.signOut(await open(token));
    expect(await desk.session(token, CLIENT, at())).toBeNull();
  });

  test('nobody ends another person’s', async () => {
    await makeAccount('wang.lei', ['editor']);
    await makeAccount('li.na', ['editor']);
    const victim = await enter('wang.lei');
    await desk.endSession(await enter('li.na'), victim.id);
    expect(desk.sessions(victim)).toHaveLength(1);
  });

  test('the password given again counts for ten minutes', async () => {
    await makeAccount('boss', ['administrator']);
    const token = tokenOf(await tryIn('boss'));
    pass(11 * 60);
    const late = await open(token);
    const account = { loginName: 'new', displayName: '新人', county: null, roles: ['editor'] as Role[] };
    await expect(desk.invite(late, account)).rejects.toThrow('再次输入密码');
    expect(await desk.stepUp(late, 'not this one, sorry')).toBe(false);
    expect(await desk.stepUp(late, PASSWORD)).toBe(true);
    expect((await desk.invite(await open(token), account)).account.loginName).toBe('new');
  });
});

test('wrong passwords given again make wait, and the right one after the wait counts', async () => {
  await makeAccount('boss', ['administrator']);
  const token = tokenOf(await tryIn('boss'));
  for (let attempt = 0; attempt < 4; attempt++)
    expect(await desk.stepUp(await open(token), 'not this one')).toBe(false);
  await expect(desk.stepUp(await open(token), PASSWORD)).rejects.toThrow('1 秒');
  pass(1);
  expect(await desk.stepUp(await open(token), PASSWORD)).toBe(true);
});

describe('accounts', () => {
  test('a change of posts ends the sessions; two who change at once do not undo each other', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    await makeAccount('boss', ['administrator']);
    const [boss, token] = [await enter('boss'), tokenOf(await tryIn('wang.lei'))];
    await desk.assign(boss, { id, revision: 1 }, ['firstReviewer'], '轮岗');
    expect(await desk.session(token, CLIENT, at())).toBeNull();
    await expect(desk.assign(boss, { id, revision: 1 }, ['editor'], '误操作')).rejects.toThrow(
      /这个账号已由.*于 2026-/,
    );
    expect((await enter('wang.lei')).officer.roles).toEqual(['firstReviewer']);
  });

  test('a county’s administrator sees and makes only the county’s', async () => {
    const far = await makeAccount('far', ['editor'], 'zoucheng');
    await makeAccount('chief', ['administrator'], 'qufu');
    const chief = await enter('chief');
    expect(desk.accounts(chief).map(({ loginName }) => loginName)).toEqual(['chief']);
    expect(() => desk.account(chief, far)).toThrow('县区');
    await expect(desk.disable(chief, { id: far, revision: 1 }, '越权')).rejects.toThrow('县区');
    const account = { loginName: 'new', displayName: '新人', roles: ['editor'] as Role[] };
    await expect(desk.invite(chief, { ...account, county: 'zoucheng' })).rejects.toThrow('县区');
    await expect(desk.invite(chief, { ...account, county: null })).rejects.toThrow('县区');
    await expect(desk.invite(chief, { ...account, county: 'qufu', roles: ['supervisor'] })).rejects.toThrow('全市账号');
    expect((await desk.invite(chief, { ...account, county: 'qufu' })).account.county).toBe('qufu');
    expect(() => desk.audit(chief, {})).toThrow('县区');
  });

  test('nobody changes their own account, and one administrator always stays', async () => {
    const id = await makeAccount('boss', ['administrator']);
    const second = await makeAccount('deputy', ['administrator'], 'qufu');
    const [boss, deputy] = [await enter('boss'), await enter('deputy')];
    await expect(desk.disable(boss, { id, revision: 1 }, '测试')).rejects.toThrow('自己的账号');
    await expect(desk.disable(deputy, { id, revision: 1 }, '测试')).rejects.toThrow('县区');
    await desk.disable(boss, { id: second, revision: 1 }, '离职');
    expect(await tryIn('deputy')).toEqual({ ended: 'wrong' });
    await desk.enable(boss, { id: second, revision: 2 }, '返岗');
    expect((await tryIn('deputy')).ended).toBe('in');
  });

  test('a reset takes both factors; only its link opens the account again', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    await makeAccount('boss', ['administrator']);
    const { token } = await desk.reset(await enter('boss'), { id, revision: 1 }, '手机丢失');
    expect((await tryIn('wang.lei')).ended).toBe('wrong');
    await desk.usePasswordLink(token, 'another long password', CLIENT, at());
    expect((await tryIn('wang.lei', { password: 'another long password' })).ended).toBe('in');
  });
});

describe('the audit', () => {
  test('names who, with which posts, what, before and after and why; nothing can be changed in it', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    await makeAccount('boss', ['administrator', 'supervisor']);
    const boss = await enter('boss');
    await desk.assign(boss, { id, revision: 1 }, ['firstReviewer'], '轮岗');
    const [latest] = desk.audit(boss, { action: 'account.assign' }).rows;
    expect(latest).toMatchObject({
      loginName: 'boss',
      roles: 'administrator,supervisor',
      subject: `account:${id}`,
      reason: '轮岗',
      address: '10.1.2.*',
      before: expect.stringMatching(/^[0-9a-f]{64}$/),
      after: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(latest?.before).not.toBe(latest?.after);
    expect(() => db.update(auditEvents).set({ reason: '别的' }).run()).toThrow('append-only');
    expect(() => db.delete(auditEvents).run()).toThrow('append-only');
    const replacing = `INSERT OR REPLACE INTO ${getTableName(auditEvents)} SELECT * FROM ${getTableName(auditEvents)} LIMIT 1`;
    expect(() => db.$client.exec(replacing)).toThrow('append-only');
    const done = desk.audit(boss, { subject: `account:${id}` }).rows.map(({ action }) => action);
    expect(done).toEqual(['account.assign', 'own.password', 'account.create']);
  });

  test('what failed is not there, and what is there was done', async () => {
    const id = await makeAccount('wang.lei', ['editor']);
    await makeAccount('boss', ['administrator']);
    const boss = await enter('boss');
    const before = actions().length;
    await expect(desk.assign(boss, { id, revision: 9 }, ['editor'], '旧页面')).rejects.toThrow();
    await expect(desk.disable(boss, { id: 'none', revision: 1 }, '离职')).rejects.toThrow('没有这个账号');
    expect(actions()).toHaveLength(before);
  });
});
