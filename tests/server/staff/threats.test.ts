import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, drafts, exposureDrafts } from '#db/schema/index.ts';
import { loadDemoExposures } from '#scripts/demo/exposure-desk.ts';
import { createDemoStaff, DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { commandActor } from '#src/domain/actors.ts';
import { emptyContent } from '#src/domain/drafts/content.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import type { Route } from '#src/server/http/route.ts';
import { ROUTES } from '#src/server/routes/table.ts';
import { createAccount, findByLoginName } from '#src/staff/accounts.ts';
import { insertDraft } from '#src/staff/drafts/store.ts';
import { insertExposureDraft } from '#src/staff/exposures/store.ts';
import { makeLink, useLink } from '#src/staff/links.ts';
import { hashPassword } from '#src/staff/passwords.ts';
import { exposureForm } from '#tests/support/exposure-form.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { StaffBrowser } from '#tests/support/staff-browser.ts';
import { CONSOLE_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const PASSWORD = 'correct horse battery';
const shared = openTestDatabase();
const now = new Date().toISOString();
let portal: Portal;
/** Things of a county that nobody of another one may see, by what the paths that name them begin with. */
let far: Record<string, string>;

beforeAll(async () => {
  const { db } = shared;
  await createDemoStaff(db, now);
  await loadDemoExposures(db, getWorkingCalendar(), now);
  const machine = { actor: commandActor('test', 'test'), roles: [], address: '', now };
  const passwordHash = await hashPassword(PASSWORD);
  const make = (
    loginName: string,
    county: 'qufu' | 'zoucheng' | null,
    roles: Parameters<typeof createAccount>[2]['roles'],
  ) => {
    const { id } = createAccount(db, machine, { loginName, displayName: loginName, county, roles });
    useLink(db, makeLink(db, id, now), passwordHash, machine);
    return id;
  };
  make('nobody', null, []);
  const every = ['countyClerk', 'editor', 'firstReviewer', 'finalReviewer', 'administrator'] as const;
  make('qufu.all', 'qufu', every);
  const authorId = make('zoucheng.all', 'zoucheng', every);
  const draft = { county: 'zoucheng' as const, authorId };
  const entry =
    db
      .select()
      .from(exposureDrafts)
      .all()
      .find(({ exposureId }) => exposureId !== null)?.exposureId ?? '';
  far = {
    '/staff/accounts/': authorId,
    '/staff/drafts/': insertDraft(
      db,
      machine,
      { ...draft, content: emptyContent({ category: 'construction', stage: 'tenderNotice' }) },
      getWorkingCalendar(),
    ).id,
    '/staff/exposures/entry/': entry,
    '/staff/exposures/': insertExposureDraft(db, machine, { ...draft, form: exposureForm() }).id,
  };
  portal = await startPortal(() => undefined, { STAFF_SECOND_FACTOR: 'false' }, shared, 'staff');
});
afterAll(async () => {
  await portal.stop();
  shared.close();
});

const STAFF_ROUTES = ROUTES.filter(({ role }) => role === 'staff');
/** What is met before signing in, what everybody has of their own, and how drafts go: rights have no say there. */
const FOR_ALL = new Set(['/staff', '/staff/help', '/staff/own', '/staff/sign-in', '/staff/sign-out', '/staff/link']);
const isForAll = ({ path }: Route) => FOR_ALL.has(path) || path.startsWith('/staff/sign-on');
const SINGLES = STAFF_ROUTES.filter(({ path }) => !path.includes('{id}') && !path.includes('{key}'));
const ID_ROUTES = STAFF_ROUTES.filter(({ path }) => path.includes('{id}'));

const farId = (path: string): string | undefined =>
  Object.entries(far).find(([head]) => path.startsWith(`${head}{id}`))?.[1];
/** An address of a route, with an id in its place and the example of every other. */
function addressOf({ path, parts }: Route, id: string): string {
  const filled = Object.entries(parts).map(([name, { values, example }]) => [name, values?.[0] ?? example] as const);
  return filled.reduce(
    (text, [name, example]) => text.replace(`{${name}}`, encodeURIComponent(name === 'id' ? id : example)),
    path,
  );
}

async function signedIn(loginName: string, password = PASSWORD): Promise<StaffBrowser> {
  const browser = new StaffBrowser(portal.url);
  expect((await browser.signIn(loginName, password)).status).toBe(303);
  return browser;
}

const asks = (browser: StaffBrowser, { methods }: Route, address: string) =>
  methods
    .filter((method) => method !== 'HEAD')
    .map(async (method) => {
      const answer =
        method === 'GET' ? await browser.ask(address) : await browser.send(address, { revision: '1', reason: '越权' });
      return [method, address, answer.status] as const;
    });

/** A body that is not what the route takes may be told so, before anything is looked at. */
const refusals = (method: string) => (method === 'GET' ? [403, 404] : [400, 403, 404]);

describe('every route of the table', () => {
  test('is closed to whoever has no post, reading and writing', async () => {
    const browser = await signedIn('nobody');
    const before = shared.db.select().from(auditEvents).all().length;
    for (const route of STAFF_ROUTES) {
      if (isForAll(route)) continue;
      const id = farId(route.path) ?? 'unknown';
      for (const [method, address, status] of await Promise.all(asks(browser, route, addressOf(route, id))))
        expect(refusals(method), `${method} ${address}: ${status}`).toContain(status);
    }
    expect(shared.db.select().from(auditEvents).all()).toHaveLength(before);
  });

  test('names nothing of another county to those of one, whatever posts they hold, and lets them change nothing', async () => {
    const browser = await signedIn('qufu.all');
    const tried = new Set<string>();
    const state = () =>
      JSON.stringify([shared.db.select().from(auditEvents).all(), shared.db.select().from(drafts).all()]);
    const before = state();
    for (const route of ID_ROUTES) {
      const id = farId(route.path);
      if (id === undefined) continue;
      tried.add(route.path);
      for (const [method, address, status] of await Promise.all(asks(browser, route, addressOf(route, id))))
        expect(refusals(method), `${method} ${address}: ${status}`).toContain(status);
    }
    for (const head of Object.keys(far))
      expect(
        [...tried].some((path) => path.startsWith(head)),
        head,
      ).toBe(true);
    expect(state()).toBe(before);
  });

  test('is there only for ids that are: others are refused or unknown, never a fault of the machine', async () => {
    const browser = await signedIn('qufu.all');
    for (const route of ID_ROUTES)
      for (const id of [
        '0',
        '-1',
        "x' OR '1'='1",
        '__proto__',
        '%00',
        '\u202e',
        'a'.repeat(300),
        '00000000-0000-4000-8000-000000000000',
      ])
        for (const [method, address, status] of await Promise.all(asks(browser, route, addressOf(route, id))))
          expect([400, 403, 404], `${method} ${address}: ${status}`).toContain(status);
  });

  test('takes what changes something from pages of the console alone', async () => {
    const browser = await signedIn('guanli', DEMO_PASSWORD);
    const forged: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: CONSOLE_SITE, 'sec-fetch-site': 'cross-site' },
    ];
    const changing = STAFF_ROUTES.flatMap((route) =>
      route.methods.filter((method) => method !== 'GET' && method !== 'HEAD').map((method) => [method, route] as const),
    );
    expect(changing.length).toBeGreaterThan(8);
    for (const [method, route] of changing) {
      for (const headers of forged)
        for (const type of [
          'application/x-www-form-urlencoded',
          'application/json',
          'text/plain',
          'multipart/form-data',
        ]) {
          const address = addressOf(route, farId(route.path) ?? 'unknown');
          const answer = await browser.ask(address, {
            method,
            body: 'a=b',
            headers: { ...headers, 'content-type': type },
          });
          expect([method, address, headers, type, answer.status]).toEqual([method, address, headers, type, 403]);
        }
    }
    expect((await browser.ask('/staff')).status).toBe(200);
  });

  test('keeps nothing in caches and lets nobody frame it', async () => {
    const browser = await signedIn('guanli', DEMO_PASSWORD);
    for (const route of SINGLES.filter(({ methods, path }) => methods.includes('GET') && path !== '/staff/sign-on')) {
      const answer = await browser.ask(addressOf(route, ''));
      expect([route.path, answer.headers.get('cache-control')]).toEqual([route.path, 'no-store']);
      const policy = answer.headers.get('content-security-policy') ?? '';
      if (answer.headers.get('content-type')?.startsWith('text/html'))
        for (const part of ["frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"])
          expect(policy).toContain(part);
    }
  });
});

describe('signing in', () => {
  test('gives another token than the one that somebody laid there before (fixation)', async () => {
    const browser = new StaffBrowser(portal.url);
    const laid = 'A'.repeat(43);
    browser.cookies.set('__Host-staff', laid);
    await browser.signIn('nobody', PASSWORD);
    expect(browser.cookies.get('__Host-staff')).not.toBe(laid);
    const attacker = new StaffBrowser(portal.url);
    attacker.cookies.set('__Host-staff', laid);
    expect((await attacker.ask('/staff')).status).toBe(303);
  });

  test('answers an unknown name and a wrong password alike (enumeration), and delays both (brute force)', async () => {
    const answers = async (loginName: string) => {
      const texts = new Set<string>();
      for (let attempt = 0; attempt < 9 && texts.size < 2; attempt++) {
        const answer = await new StaffBrowser(portal.url).signIn(loginName, 'wrong password here');
        const headers = [...answer.headers].filter(([name]) => !/date|ratelimit|request-id|content-length/i.test(name));
        const text = (await answer.text()).replaceAll(loginName, 'NAME').replaceAll(/\d+ 秒/g, 'N 秒');
        texts.add(JSON.stringify([answer.status, headers, text]));
      }
      return [...texts];
    };
    const known = await answers('zoucheng.all');
    expect(known).toEqual(await answers('zoucheng.non'));
    expect(known.at(-1)).toContain('N 秒后再试');
  });

  test('does not open a session again that was left, by the token or by the way back', async () => {
    const browser = await signedIn('nobody');
    const stolen = new StaffBrowser(portal.url);
    stolen.cookies.set('__Host-staff', browser.cookies.get('__Host-staff') ?? '');
    await browser.send('/staff/sign-out', {});
    for (const { path } of SINGLES.filter((route) => !isForAll(route) && route.methods.includes('GET')))
      expect([path, (await stolen.ask(path.replace('{format}', 'csv'))).status]).toEqual([path, 303]);
  });
});

describe('forms that are old', () => {
  test('change nothing, say who was first, and keep what was typed', async () => {
    const [jiandu, fushen] = [await signedIn('jiandu', DEMO_PASSWORD), await signedIn('fushen', DEMO_PASSWORD)];
    const waiting = shared.db
      .select()
      .from(exposureDrafts)
      .all()
      .find(({ state }) => state === 'review');
    const address = `/staff/exposures/${waiting?.id}`;
    const revision = String(waiting?.revision);
    const fields = { revision, event: 'returnToAuthor', reason: '请补充材料' };
    expect((await fushen.send(address, fields)).status).toBe(303);
    const late = await jiandu.send(address, { ...fields, reason: '迟到的意见' });
    expect(late.status).toBe(409);
    const page = await late.text();
    expect(page).toContain('演示复审');
    const { id } = findByLoginName(shared.db, 'nobody');
    expect(
      (
        await (
          await signedIn('guanli', DEMO_PASSWORD)
        ).send(`/staff/accounts/${id}`, { act: 'disable', reason: '旧页面', revision: '99' })
      ).status,
    ).toBe(409);
    expect(findByLoginName(shared.db, 'nobody').disabledAt).toBeNull();
  });
});
