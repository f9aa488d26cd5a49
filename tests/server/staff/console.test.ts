import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawItems } from '#db/schema/index.ts';
import { createDemoStaff, DEMO_PASSWORD, DEMO_STAFF } from '#scripts/demo/staff.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { type Permitted, refusalOf } from '#src/domain/staff/permissions.ts';
import { PAGE_ROUTES } from '#src/server/routes/pages/index.ts';
import { listAccounts } from '#src/staff/accounts.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { newTotpSecret, totpCode, totpStep } from '#src/staff/totp.ts';
import { openTestDatabase, SEED_NOW, seedRun, seedSources } from '#tests/support/seed-notices.ts';
import { seedSubmission } from '#tests/support/submissions.ts';
import { CONSOLE_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

/** An item of 曲阜 that waits for somebody. */
const REJECTED = {
  ...{ id: 1, sourceKey: 'site-qufu', sourceItemId: 'a', contentHash: 'a', runId: 'seed', state: 'rejected' as const },
  ...{ listItem: '{"sourceItemId":"a","title":"<b>公告</b>","published":{"raw":"昨天"}}', receivedAt: SEED_NOW },
};
const shared = openTestDatabase();
let desk: Portal;
/** A county's own question, with a file. */
let submission = '';
beforeAll(async () => {
  await createDemoStaff(shared.db, new Date().toISOString());
  seedSources(shared.db);
  seedRun(shared.db, 'site-qufu');
  shared.db.insert(rawItems).values(REJECTED).run();
  const { recipient } = await loadCaseKey(join(dirname(shared.path), 'keys'), undefined);
  submission = await seedSubmission(shared.db, recipient, { county: 'qufu', withFile: true });
  desk = await startPortal(() => undefined, { STAFF_SECOND_FACTOR: 'false' }, shared, 'staff');
});
afterAll(async () => {
  await desk.stop();
  shared.close();
});

/** A browser as far as these tests need one: it keeps cookies and says where it posts from. */
class Browser {
  readonly cookies = new Map<string, string>();

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(desk.url + path, { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const body = new URLSearchParams(fields);
    return this.ask(path, { method: 'POST', body, headers: { origin: CONSOLE_SITE, ...headers } });
  }
}

async function signedIn(loginName: string): Promise<Browser> {
  const browser = new Browser();
  const answer = await browser.send('/staff/sign-in', { loginName, password: DEMO_PASSWORD, code: '' });
  expect([loginName, answer.status, answer.headers.get('location')]).toEqual([loginName, 303, '/staff']);
  return browser;
}

const accountOf = (loginName: string) => {
  const found = listAccounts(shared.db, null).find((account) => account.loginName === loginName);
  if (!found) throw new Error(`no account ${loginName}`);
  return found;
};

/** What people meet before they are signed in, with what it answers to somebody who is: here no single sign-on is set up. */
const ENTRANCES: Partial<Record<string, number>> = {
  '/staff/sign-in': 303,
  '/staff/link': 404,
  '/staff/sign-on': 404,
  '/staff/sign-on/callback': 200,
  '/staff/sign-on/finish': 404,
  '/staff/sign-on/code': 303,
};
const PAGES = PAGE_ROUTES.filter(({ role, methods }) => role === 'staff' && methods.includes('GET'));
const pathOf = (path: string) => {
  const { values, example = 'csv' } = PAGE_ROUTES.find((route) => route.path === path)?.parts?.format ?? {};
  return path
    .replace('/work/{list}/{id}', '/work/rejected/1')
    .replace('{list}', 'rejected')
    .replace('{key}', 'site-qufu')
    .replace('{sha256}', 'a'.repeat(64))
    .replace('/participation/{id}', `/participation/${submission}`)
    .replace('{file}', `file-${submission}`)
    .replace('{id}', accountOf('qufu.jingban').id)
    .replace('{format}', values?.[0] ?? example)
    .replace('{sha256}', '0'.repeat(64));
};

describe('without signing in', () => {
  test('every page leads to where one signs in, and back; nothing is set', async () => {
    for (const { path } of PAGES) {
      if (path in ENTRANCES) continue;
      const answer = await new Browser().ask(pathOf(path));
      const next = encodeURIComponent(pathOf(path));
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, `/staff/sign-in?next=${next}`]);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('a cookie that is none, twice the cookie, and a link that is none open nothing', async () => {
    for (const cookie of ['__Host-staff=x', '__Host-staff=', `__Host-staff=${'a'.repeat(43)}`]) {
      expect((await fetch(`${desk.url}/staff`, { redirect: 'manual', headers: { cookie } })).status).toBe(303);
    }
    const token = (await signedIn('guanli')).cookies.get('__Host-staff');
    const twice = { cookie: `__Host-staff=x; __Host-staff=${token}` };
    expect((await fetch(`${desk.url}/staff`, { redirect: 'manual', headers: twice })).status).toBe(303);
    expect((await new Browser().ask('/staff/link?token=none')).status).toBe(404);
  });

  test('nothing of the public site is here', async () => {
    for (const path of ['/notices', '/api/v1/notices', '/api/v1/sync/notices', '/feeds/notices.rss', '/healthz'])
      expect([path, (await new Browser().ask(path)).status]).toEqual([path, 404]);
  });

  test('next never leads elsewhere', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/staff//evil.example',
      '/notices',
      'javascript:1',
    ]) {
      const browser = new Browser();
      const fields = { loginName: 'guanli', password: DEMO_PASSWORD, code: '' };
      const answer = await browser.send(`/staff/sign-in?next=${encodeURIComponent(next)}`, fields);
      expect([next, answer.status, answer.headers.get('location')]).toEqual([next, 303, '/staff']);
    }
  });
});

describe('what changes something', () => {
  test('is taken from the console’s own pages alone, whatever method and type', async () => {
    const browser = await signedIn('guanli');
    const body = '{"act":"disable"}';
    const forged: Record<string, string>[] = [
      {},
      { origin: 'http://portal.example' },
      { origin: 'null' },
      { origin: `${CONSOLE_SITE}.evil.example` },
      { origin: CONSOLE_SITE, 'sec-fetch-site': 'cross-site' },
      { origin: CONSOLE_SITE, 'sec-fetch-site': 'same-site' },
      { origin: CONSOLE_SITE, 'sec-fetch-site': 'none' },
    ];
    for (const headers of forged) {
      for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain', '']) {
        const answer = await browser.ask('/staff/sign-out', {
          method: 'POST',
          body,
          headers: { ...headers, 'content-type': type },
        });
        expect([headers, type, answer.status]).toEqual([headers, type, 403]);
      }
    }
    expect((await browser.ask('/staff')).status).toBe(200);
  });

  test('never happens by looking', async () => {
    const browser = await signedIn('guanli');
    expect((await browser.ask('/staff/sign-out')).status).toBe(405);
    const { id, revision } = accountOf('bianji');
    await browser.ask(`/staff/accounts/${id}?act=disable&reason=test&revision=${revision}`);
    expect(accountOf('bianji').disabledAt).toBeNull();
  });

  test('tells of a form that is old, and keeps what was typed', async () => {
    const browser = await signedIn('guanli');
    const { id, revision } = accountOf('fushen');
    const change = { act: 'assign', reason: '轮岗到复审', 'role.finalReviewer': 'on' };
    expect((await browser.send(`/staff/accounts/${id}`, { ...change, revision: String(revision) })).status).toBe(303);
    const late = await browser.send(`/staff/accounts/${id}`, { ...change, revision: String(revision) });
    const page = await late.text();
    expect(late.status).toBe(409);
    expect(page).toContain('这个账号已由');
    expect(page).toContain('轮岗到复审');
  });
});

describe('every account × page', () => {
  /** The right that a page takes; of several, any one. */
  const WANTS: Partial<Record<string, Permitted | Permitted[]>> = {
    '/staff/accounts': 'account.list',
    '/staff/accounts/{id}': 'account.list',
    '/staff/participation': ['case.general', 'case.disclosure'],
    '/staff/participation/{id}': 'case.general',
    '/staff/participation/{id}/files/{file}': 'case.general',
    '/staff/participation/answers': 'case.release',
    '/staff/participation/ledger': 'case.ledger',
    '/staff/audit': 'audit.read',
    '/staff/audit.{format}': 'audit.export',
    '/staff/drafts': 'draft.list',
    '/staff/exposures': 'exposure.list',
    '/staff/exposures/new': 'exposure.create',
    '/staff/exchange': 'exchange.read',
    '/staff/reports': 'report.list',
    '/staff/reports/lint': 'report.list',
    '/staff/disclosure-tasks': 'report.list',
    '/staff/drafts/new': 'draft.create',
    '/staff/work': 'work.list',
    '/staff/work/{list}': 'work.list',
    '/staff/work/{list}/{id}': 'work.list',
    '/staff/sources': 'source.list',
    '/staff/sources/new': 'source.try',
    '/staff/sources/{key}': 'source.list',
    '/staff/keys': 'key.list',
  };

  test.each(DEMO_STAFF.map((account) => [account.loginName, account] as const))(
    '%s sees what the table of rights says, and the menu no more',
    async (loginName, { roles, county }) => {
      const browser = await signedIn(loginName);
      const officer = { accountId: '', roles, county, hasSecondFactor: true, isSteppedUp: true };
      for (const { path } of PAGES) {
        const wants = WANTS[path];
        // What is not in the table above is held by the tests of threats, which are made of all routes.
        if (!wants && !(path in ENTRANCES) && path !== '/staff' && path !== '/staff/own') continue;
        const of = path.includes('{id}') || path.includes('{key}') ? 'qufu' : county;
        const refused = [wants ?? []].flat().map((each) => refusalOf(officer, each, of));
        const refusal = refused.length > 0 && refused.every((each) => each !== null);
        const answer = await browser.ask(pathOf(path));
        const expected = ENTRANCES[path] ?? (refusal ? 403 : 200);
        expect([path, answer.status]).toEqual([path, expected]);
        if (path === '/staff') {
          const html = await answer.text();
          const isLinked = html.includes('href="/staff/audit"');
          expect(isLinked).toBe(refusalOf(officer, 'audit.read', county) === null);
        }
      }
    },
  );

  test('a county’s administrator reaches no account of another, by any id', async () => {
    const browser = await signedIn('qufu.guanli');
    for (const { loginName, county } of DEMO_STAFF) {
      const { id, revision } = accountOf(loginName);
      const change = { act: 'disable', reason: '越权', revision: String(revision) };
      const [look, write] = [
        await browser.ask(`/staff/accounts/${id}`),
        await browser.send(`/staff/accounts/${id}`, change),
      ];
      if (county !== 'qufu') expect([loginName, look.status, write.status]).toEqual([loginName, 403, 403]);
      else if (loginName === 'qufu.guanli') expect([look.status, write.status]).toEqual([200, 403]);
    }
    for (const county of ['', ...COUNTY_SLUGS.filter((slug) => slug !== 'qufu')]) {
      const fields = { loginName: `new.${county || 'city'}`, displayName: '新人', county, 'role.editor': 'on' };
      expect([county, (await browser.send('/staff/accounts', fields)).status]).toEqual([county, 403]);
    }
  });
});

describe('the session', () => {
  test('stands in a cookie of this host alone, and dies with the way out, wherever its token is', async () => {
    const browser = await signedIn('jiandu');
    const fresh = new Browser();
    const answer = await fresh.send('/staff/sign-in', { loginName: 'jiandu', password: DEMO_PASSWORD, code: '' });
    const [session = ''] = answer.headers.getSetCookie();
    expect(session).toMatch(/^__Host-staff=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    const stolen = new Browser();
    stolen.cookies.set('__Host-staff', browser.cookies.get('__Host-staff') ?? '');
    expect((await stolen.ask('/staff')).status).toBe(200);
    expect((await browser.send('/staff/sign-out', {})).status).toBe(303);
    expect(browser.cookies.has('__Host-staff')).toBe(false);
    expect((await stolen.ask('/staff')).status).toBe(303);
  });

  test('goes on under another token once one-time passwords are set up; a token given before opens nothing', async () => {
    const browser = await signedIn('gongkai');
    const before = browser.cookies.get('__Host-staff') ?? '';
    const secret = newTotpSecret();
    const wrong = await browser.send('/staff/own', { secret, code: '000000' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain(secret.slice(0, 4));
    const code = totpCode(secret, totpStep(Date.now()));
    const set = await browser.send('/staff/own', { secret, code });
    expect((await set.text()).match(/(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}/g)).toHaveLength(10);
    expect(browser.cookies.get('__Host-staff')).not.toBe(before);
    expect((await browser.ask('/staff')).status).toBe(200);
    const old = new Browser();
    old.cookies.set('__Host-staff', before);
    expect((await old.ask('/staff')).status).toBe(303);
    const fields = { loginName: 'gongkai', password: DEMO_PASSWORD, code: '' };
    const without = await new Browser().send('/staff/sign-in', fields);
    expect(without.status).toBe(400);
    expect(await without.text()).not.toContain(DEMO_PASSWORD);
  });

  test('a hostile name is text on every page', async () => {
    const browser = await signedIn('guanli');
    const displayName = '<img src=x onerror=alert(1)>"\'';
    const made = await browser.send('/staff/accounts', {
      loginName: 'hostile',
      displayName,
      county: '',
      'role.editor': 'on',
    });
    expect(made.status).toBe(200);
    for (const page of [
      await made.text(),
      await (await browser.ask(`/staff/accounts/${accountOf('hostile').id}`)).text(),
    ]) {
      expect(page).not.toContain('<img');
      expect(page).toContain('&lt;img');
    }
  });
});

test('nothing secret is in the log', () => {
  expect(desk.printed()).not.toMatch(/tongming yanshi|token=|__Host/);
});
