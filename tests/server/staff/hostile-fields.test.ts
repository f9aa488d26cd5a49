import { createServer } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exposureDrafts } from '#db/schema/index.ts';
import { createDemoStaff, DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { findBrowser } from '#scripts/launch/browser.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

const HOSTILE = '"><img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>{{7}}';
const LIMIT = 180_000;
const shared = openTestDatabase();
let portal: Portal;
let browser: Browser;
let site: string;

beforeAll(async () => {
  await createDemoStaff(shared.db, new Date().toISOString());
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  site = `http://localhost:${port}`;
  const environment = { STAFF_SECOND_FACTOR: 'false', STAFF_PORT: String(port), STAFF_URL: site };
  portal = await startPortal(() => undefined, environment, shared, 'staff');
  const executablePath = findBrowser();
  const args = ['--host-resolver-rules=MAP localhost 127.0.0.1'];
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
}, LIMIT);
afterAll(async () => {
  await browser.close();
  await portal.stop();
  shared.close();
});

async function signedIn(loginName: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${site}/staff/sign-in`);
  await page.fill('[name=loginName]', loginName);
  await page.fill('[name=password]', DEMO_PASSWORD);
  await page.click('main button[type=submit]');
  await page.waitForURL(`${site}/staff`);
  return { page, complaints };
}

/** Fills every text field of the form that begins with a button's name. */
async function fillHostile(page: Page): Promise<void> {
  for (const field of await page.locator('main textarea, main input:not([type])').all())
    if (await field.isEditable()) await field.fill(HOSTILE);
}

/** The page shows the words and runs nothing of them; nobody who does not see is left out. */
async function assertInert(page: Page, complaints: readonly string[], where: string): Promise<void> {
  expect(complaints, where).toEqual([]);
  expect(await page.locator('main img, main svg').count(), where).toBe(0);
  // Those of the page's own islands have none of the words.
  const scripts = await page.locator('main script').evaluateAll((all) => all.map(({ textContent }) => textContent));
  expect(
    scripts.filter((text) => text?.includes('alert')),
    where,
  ).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id }) => id),
    where,
  ).toEqual([]);
}

test('what is hostile in any field of entries, accounts, the audit and exchanges is words on every page', {
  timeout: LIMIT,
}, async () => {
  const { page, complaints } = await signedIn('jiandu');
  await page.goto(`${site}/staff/exposures/new`);
  await fillHostile(page);
  for (const name of ['fine', 'confiscated']) await page.fill(`[name=${name}]`, '');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/exposures\/[0-9a-f-]{36}$/);
  await assertInert(page, complaints, 'draft');
  expect(await page.locator('main dl').textContent()).toContain('<script>alert(2)</script>');
  const [draft] = shared.db.select().from(exposureDrafts).all();
  expect(draft?.partyName).toContain('onerror');
  await page.goto(`${site}/staff/exposures`);
  await assertInert(page, complaints, 'list');
  await page.goto(`${site}/staff/exposures?find=${encodeURIComponent(HOSTILE)}`);
  await assertInert(page, complaints, 'search');

  await page.goto(`${site}/staff/exchange`);
  await page.fill('form[enctype] [name=partner]', HOSTILE);
  const record = { id: HOSTILE, board: 'exposure', kind: 'penalty', title: HOSTILE, publishedAt: HOSTILE };
  const text = [
    { ...record, fields: { 行政处罚决定书文号: `济财罚〔2026〕1号${HOSTILE}`, 行政相对人名称: HOSTILE } },
    { [HOSTILE]: HOSTILE },
  ];
  const file = { name: `${HOSTILE}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(text)) };
  await page.setInputFiles('[name=file]', file);
  await page.getByRole('button', { name: '接收', exact: true }).click();
  await page.getByRole('status').waitFor();
  await assertInert(page, complaints, 'exchange');

  const { page: administrator, complaints: others } = await signedIn('guanli');
  await administrator.goto(`${site}/staff/accounts`);
  await administrator.fill('[name=loginName]', 'hostile');
  await administrator.fill('[name=displayName]', HOSTILE.slice(0, 40));
  await administrator.check('[name="role.editor"]');
  await administrator.getByRole('button', { name: '建立账号' }).click();
  await administrator.getByRole('status').waitFor();
  await assertInert(administrator, others, 'accounts');
  await administrator.goto(`${site}/staff/audit?words=${encodeURIComponent('onerror')}`);
  await assertInert(administrator, others, 'audit');
});
