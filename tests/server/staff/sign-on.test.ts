import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newTotpSecret, totpCode, totpStep } from '#src/staff/totp.ts';
import { CLIENT_ID, CLIENT_SECRET, type SignOnProvider, startSignOnProvider } from '#tests/support/sign-on-provider.ts';
import { STAFF_CLIENT, StaffRig } from '#tests/support/staff-rig.ts';

const CALLBACK = 'http://staff.example/staff/sign-on/callback';

let provider: SignOnProvider;
let rig: StaffRig;
let refused: unknown[];

// The provider's clock is the machine's.
const openRig = (secret = CLIENT_SECRET) =>
  new StaffRig(
    {
      requireSecondFactor: true,
      signOn: {
        issuer: provider.issuer,
        clientId: CLIENT_ID,
        clientSecret: secret,
        callbackUrl: CALLBACK,
        secondFactors: ['mfa'],
        name: '统一身份认证',
      },
      onRefused: (error) => refused.push(error),
    },
    Date.now(),
  );

beforeEach(async () => {
  refused = [];
  provider = await startSignOnProvider(CALLBACK);
  rig = openRig();
});
afterEach(async () => {
  rig.close();
  await provider.stop();
});

const from = () => ({ ...STAFF_CLIENT, now: rig.now, clientAddress: '10.1.2.3' });
const begin = (isAgain = false) => rig.console.signOn.begin('/staff/audit', isAgain, rig.now);

/** The whole way there and back. */
async function signOn() {
  const { url, cookie } = await begin();
  return rig.console.signOn.finish(await provider.visit(url), cookie, from(), null);
}

async function tokenOf(): Promise<string> {
  const ended = await signOn();
  if (ended.ended !== 'in') throw new Error(ended.ended);
  return ended.token;
}

/** An account, and an administrator who links people to it. */
async function makeLinked(subject = 'u-1') {
  const id = await rig.makeAccount('wang.lei', ['editor']);
  await rig.makeAccount('boss', ['administrator']);
  provider.person.amr = ['pwd', 'mfa'];
  const boss = { ...(await rig.enter('boss')) };
  boss.officer = { ...boss.officer, hasSecondFactor: true };
  await rig.console.signOn.link(boss, id, subject, '入职');
  return { id, boss };
}

describe('single sign-on', () => {
  test('opens the account that an administrator has linked, with the posts that are ours', async () => {
    const { id } = await makeLinked();
    const ended = await signOn();
    expect(ended).toMatchObject({ ended: 'in', accountId: id, next: '/staff/audit' });
    const session = await rig.open(await tokenOf());
    expect(session.officer).toMatchObject({ accountId: id, roles: ['editor'], hasSecondFactor: true });
    expect(rig.actions()).toContain('account.link');
  });

  test('asks with PKCE, state and nonce, for nothing but who it is', async () => {
    const { searchParams } = new URL((await begin()).url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      redirect_uri: CALLBACK,
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
  });

  test('knows nobody by name or mail address, and nobody who is not linked', async () => {
    await makeLinked('somebody else');
    for (const subject of ['wang.lei', 'wang.lei@example.com', 'u-1', 'Somebody Else', 'somebody else ']) {
      provider.person.subject = subject;
      expect(await signOn()).toEqual({ ended: 'unknown', subject });
    }
  });

  test('refuses a disabled account as one that is not there, and a link that was undone', async () => {
    const { id, boss } = await makeLinked();
    const token = await tokenOf();
    await rig.console.signOn.unlink(boss, id, provider.issuer, 'u-1', '离职');
    expect(await rig.desk.session(token, STAFF_CLIENT, rig.now)).toBeNull();
    expect((await signOn()).ended).toBe('unknown');
    await rig.console.signOn.link(boss, id, 'u-1', '返岗');
    await rig.desk.disable(boss, { id, revision: 1 }, '离职');
    expect((await signOn()).ended).toBe('unknown');
  });

  test('takes no answer with another state, of another browser, or too late', async () => {
    await makeLinked();
    const [one, other] = [await begin(), await begin()];
    const query = await provider.visit(one.url);
    const finish = (search: string, cookie: string) => rig.console.signOn.finish(search, cookie, from(), null);
    expect(await finish(query, other.cookie)).toEqual({ ended: 'refused' });
    expect(await finish(query, '')).toEqual({ ended: 'refused' });
    expect(await finish(query.replace(/state=[\w-]+/, 'state=forged'), one.cookie)).toEqual({ ended: 'refused' });
    expect(await finish(query.replace(/code=[\w-]+/, 'code=forged'), one.cookie)).toEqual({ ended: 'refused' });
    expect(await finish('?error=access_denied', one.cookie)).toEqual({ ended: 'refused' });
    rig.pass(601);
    expect(await finish(query, one.cookie)).toEqual({ ended: 'refused' });
  });

  test('takes no answer whose nonce is another one', async () => {
    await makeLinked();
    const { url, cookie } = await begin();
    const forged = new URL(url);
    forged.searchParams.set('nonce', 'of-another-browser');
    expect(await rig.console.signOn.finish(await provider.visit(forged.href), cookie, from(), null)).toEqual({
      ended: 'refused',
    });
    expect(inspect(refused[0], { depth: 6 })).toMatch(/claim: 'nonce'/);
  });

  test('takes a code once', async () => {
    await makeLinked();
    const { url, cookie } = await begin();
    const query = await provider.visit(url);
    expect((await rig.console.signOn.finish(query, cookie, from(), null)).ended).toBe('in');
    expect(await rig.console.signOn.finish(query, cookie, from(), null)).toEqual({ ended: 'refused' });
  });

  test('believes nobody who does not know the secret', async () => {
    await makeLinked();
    rig.close();
    rig = openRig('another secret that was never agreed upon');
    expect((await signOn()).ended).toBe('refused');
  });

  test('while the provider is down says so, passwords open all the same, and it is asked again later', async () => {
    await makeLinked();
    const { url, cookie } = await begin();
    const query = await provider.visit(url);
    await provider.stop();
    await expect(rig.console.signOn.finish(query, cookie, from(), null)).rejects.toMatchObject({ status: 503 });
    rig.close();
    rig = openRig();
    await expect(begin()).rejects.toThrow('用账号和密码登录');
    await rig.makeAccount('li.na', ['editor']);
    expect((await rig.enter('li.na')).loginName).toBe('li.na');
  });
});

describe('the second factor', () => {
  test('is the account’s own where the provider asked for a password alone, counts once, and failures delay', async () => {
    const { id } = await makeLinked();
    const session = await rig.open(await tokenOf());
    const secret = newTotpSecret();
    await rig.desk.setSecondFactor(session, secret, totpCode(secret, totpStep(Date.parse(rig.now))));
    provider.person.amr = ['pwd'];
    const ended = await signOn();
    if (ended.ended !== 'code') throw new Error(ended.ended);
    expect(rig.console.signOn.pending(ended.pending, rig.now)).toEqual({ loginName: 'wang.lei', next: '/staff/audit' });
    rig.pass(30);
    const code = totpCode(secret, totpStep(Date.parse(rig.now)));
    const forged = ended.pending.replace(id, '0'.repeat(id.length));
    await expect(rig.console.signOn.confirmCode(forged, code, from())).rejects.toThrow('重新登录');
    expect((await rig.console.signOn.confirmCode(ended.pending, code, from())).ended).toBe('in');
    for (let attempt = 0; attempt < 4; attempt++)
      expect((await rig.console.signOn.confirmCode(ended.pending, code, from())).ended).toBe('wrong');
    expect((await rig.console.signOn.confirmCode(ended.pending, code, from())).ended).toBe('wait');
    rig.pass(301);
    expect(rig.console.signOn.pending(ended.pending, rig.now)).toBeNull();
  });

  test('without one anywhere nothing is open but to set it up', async () => {
    await makeLinked();
    provider.person.amr = ['pwd'];
    const session = await rig.open(await tokenOf());
    expect(session.officer.hasSecondFactor).toBe(false);
    expect(() => rig.desk.accounts(session)).toThrow();
  });
});

describe('showing again who one is', () => {
  test('counts for the person whose session it is, and for nobody else', async () => {
    await makeLinked();
    const token = await tokenOf();
    rig.pass(11 * 60);
    const late = await rig.open(token);
    expect(late.officer.isSteppedUp).toBe(false);
    const again = async (session: typeof late | null) => {
      const { url, cookie } = await begin(true);
      expect(new URL(url).searchParams.get('prompt')).toBe('login');
      return rig.console.signOn.finish(await provider.visit(url), cookie, from(), session);
    };
    expect(await again(null)).toEqual({ ended: 'refused' });
    provider.person.subject = 'u-2';
    expect(await again(late)).toEqual({ ended: 'refused' });
    provider.person.subject = 'u-1';
    expect(await again(late)).toEqual({ ended: 'again', next: '/staff/audit' });
    expect((await rig.open(token)).officer.isSteppedUp).toBe(true);
  });
});

describe('links', () => {
  test('belong to one account each, are made by those who keep its county, and by nobody for themselves', async () => {
    const { id, boss } = await makeLinked();
    const far = await rig.makeAccount('far', ['editor'], 'zoucheng');
    await expect(rig.console.signOn.link(boss, far, 'u-1', '重复')).rejects.toThrow('已关联');
    await expect(rig.console.signOn.link(boss, id, 'u-2', '第二个')).rejects.toThrow('已关联');
    await expect(rig.console.signOn.link(boss, boss.officer.accountId, 'u-3', '自己')).rejects.toThrow('自己的账号');
    await rig.makeAccount('chief', ['administrator'], 'qufu');
    const chief = await rig.enter('chief');
    const own = { ...chief, officer: { ...chief.officer, hasSecondFactor: true } };
    await expect(rig.console.signOn.link(own, far, 'u-4', '越权')).rejects.toThrow('县区');
    expect(() => rig.console.signOn.identities(own, far)).toThrow('县区');
  });
});
