import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSession } from '#scripts/demo/session.ts';
import { createDemoStaff, DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { findBrowser } from '#scripts/launch/browser.ts';
import { fieldsOf, formOf } from '#src/domain/drafts/form/forms.ts';
import { signOnCallbackUrl } from '#src/domain/staff/urls.ts';
import { findByLoginName } from '#src/staff/accounts.ts';
import { linkIdentity } from '#src/staff/sign-on/identities.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { CLIENT_ID, CLIENT_SECRET, type SignOnProvider, startSignOnProvider } from '#tests/support/sign-on-provider.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/paste');
const LIMIT = { timeout: 120_000 };
const shared = openTestDatabase();
let portal: Portal;
let browser: Browser;
let site: string;
let provider: SignOnProvider;

/** A free port, kept until it is given back: nobody else on this machine is handed it meanwhile. */
async function takePort(): Promise<{ port: number; giveBack: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { port, giveBack: () => new Promise((resolve) => server.close(resolve)) };
}

beforeAll(async () => {
  await createDemoStaff(shared.db, new Date().toISOString());
  const { port, giveBack } = await takePort();
  site = `http://localhost:${port}`;
  provider = await startSignOnProvider(site + signOnCallbackUrl());
  const environment = {
    ...{ STAFF_SECOND_FACTOR: 'false', STAFF_PORT: String(port), STAFF_URL: site },
    ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: CLIENT_SECRET },
  };
  await giveBack();
  portal = await startPortal(() => undefined, environment, shared, 'staff');
  const executablePath = findBrowser();
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--host-resolver-rules=MAP localhost 127.0.0.1'],
  });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await portal.stop();
  await provider.stop();
  shared.close();
});

/** A signed-in window that notes whatever the content policy or a script complains about. */
async function open(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.accept();
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

async function signIn(page: Page, loginName: string): Promise<void> {
  await page.goto(`${site}/staff/sign-in`);
  await page.fill('[name=loginName]', loginName);
  await page.fill('[name=password]', DEMO_PASSWORD);
  await page.click('main button[type=submit]');
  await page.waitForURL(`${site}/staff`);
}

async function begin(page: Page, category: string, stage: string): Promise<void> {
  await page.goto(`${site}/staff/drafts/new?category=${category}&stage=${stage}`);
  await page.getByRole('button', { name: '从空白开始' }).click();
  await page.waitForSelector('.ProseMirror');
}

/** Pastes as a browser does: the HTML flavour of the clipboard, at the end of the text. */
async function paste(page: Page, html: string): Promise<void> {
  await page.locator('.ProseMirror').focus();
  await page.keyboard.press('Control+End');
  if ((await bodyOf(page)) !== '') await page.keyboard.press('Enter');
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/html', text);
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
}

const bodyOf = (page: Page) => page.inputValue('#bodyHtml');
const kept = (page: Page) =>
  page.waitForFunction(() => document.getElementById('keeping')?.textContent?.startsWith('已自动保存'));

describe('a notice is written', LIMIT, () => {
  test('with lists and a table pasted from Word and WPS; it is kept, survives a reload, and is previewed as it is', async () => {
    const context = await browser.newContext();
    const { page, complaints } = await open(context);
    await signIn(page, 'qufu.jingban');
    await begin(page, 'construction', 'tenderNotice');
    await page.fill('#title', '虚构道路工程施工招标公告');
    await page.fill('[name="f.budget"]', '约五百万');
    await page.waitForSelector('[data-field=budget] [data-fault]:not([hidden])');
    await page.fill('[name="f.budget"]', '500万');
    await page.waitForSelector('[data-field=budget] [data-fault][hidden]', { state: 'attached' });
    await page.fill('[name="f.deadline"]', new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 16));
    await page.waitForSelector('#limits [data-state=breached]');

    await paste(page, readFileSync(join(FIXTURES, 'word.html'), 'utf8'));
    const word = await bodyOf(page);
    expect(word).toContain('<ol><li>土方工程<ul><li>挖方</li><li>填方</li></ul></li><li>路面工程</li></ol>');
    expect(word).toContain('<p>二、工期要求</p>');
    expect(word).toContain('<p>工期<ins>一百二十天</ins>。</p>');
    expect(word).toContain('<tr><td rowspan="2"><b>标段</b></td><td colspan="2">规模</td></tr>');
    expect(word).toContain('〔此处图片未粘贴〕');
    expect(word).toContain('点此，<a href="https://ggzy.example/files" rel="nofollow noopener ugc">文件下载</a>');
    expect(word).not.toMatch(/旧稿|底价|批注|保密|file:|javascript:|style=|class=|mso/);
    const remarks = await page.textContent('#paste-remarks');
    for (const told of ['1 处修订删除', '1 处隐藏文字', '处批注', '1 张图片']) expect(remarks).toContain(told);

    await paste(page, readFileSync(join(FIXTURES, 'wps.html'), 'utf8'));
    const both = await bodyOf(page);
    expect(both).toContain('<ol><li>投标保证金</li><li>履约担保</li></ol>');
    expect(both).toContain('<tr><td colspan="2">评审因素</td></tr><tr><td>价格</td><td>六十分</td></tr>');
    expect(both).not.toContain('评分意见');

    await page.keyboard.press('Control+z');
    expect(await bodyOf(page)).not.toContain('投标保证金');
    await page.keyboard.press('Control+y');
    expect(await bodyOf(page)).toBe(both);

    await kept(page);
    await page.reload();
    await page.waitForSelector('.ProseMirror');
    expect(await bodyOf(page)).toBe(both);
    expect(await page.inputValue('[name="f.budget"]')).toBe('5000000.00');

    await page.getByRole('button', { name: '预览' }).first().click();
    await page.waitForURL(/\/preview$/);
    expect(
      (await page.innerHTML('.prose')).replace(/<div class="table-scroll"[^>]*>|<\/table><\/div>/g, (part) =>
        part.startsWith('</') ? '</table>' : '',
      ),
    ).toContain(
      await page.evaluate((html) => {
        const place = document.createElement('div');
        place.innerHTML = html;
        return place.innerHTML;
      }, both),
    );
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('in two windows: the second one is told, and nothing is overwritten', async () => {
    const context = await browser.newContext();
    const { page } = await open(context);
    await signIn(page, 'qufu.jingban');
    await begin(page, 'procurement', 'terminationNotice');
    const other = (await open(context)).page;
    await other.goto(page.url());
    await other.waitForSelector('.ProseMirror');
    await page.fill('#title', '第一个窗口的标题');
    await kept(page);
    await other.fill('#title', '第二个窗口的标题');
    await other.waitForSelector('#conflict:not([hidden])');
    expect(await other.textContent('#conflict')).toMatch(/另一个窗口.*没有覆盖/);
    expect(await other.inputValue('#title')).toBe('第二个窗口的标题');
    await page.getByRole('button', { name: '保存', exact: true }).first().click();
    await page.waitForSelector('text=已保存为新的一稿');
    await other.getByRole('button', { name: '保存', exact: true }).first().click();
    await other.waitForSelector('[role=alert]:has-text("这份稿件已由演示曲阜经办")');
    expect(await other.inputValue('#title')).toBe('第二个窗口的标题');
    await page.reload();
    expect(await page.inputValue('#title')).toBe('第一个窗口的标题');
    await context.close();
  });

  test('is not left by mistake with what is not kept yet', async () => {
    const context = await browser.newContext();
    const { page, complaints } = await open(context);
    await signIn(page, 'qufu.jingban');
    await begin(page, 'land', 'landOffering');
    await page.fill('#title', '没有保存的标题');
    await page
      .getByRole('link', { name: '全部稿件' })
      .or(page.getByRole('link', { name: '返回稿件' }))
      .first()
      .click();
    expect(complaints).toEqual([expect.stringMatching(/^dialog:/)]);
    await context.close();
  });

  test('without script: every field and a body of paragraphs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const { page } = await open(context);
    await signIn(page, 'qufu.jingban');
    await page.goto(`${site}/staff/drafts/new?category=procurement&stage=awardNotice`);
    await page.getByRole('button', { name: '从空白开始' }).click();
    await page.fill('#title', '虚构采购中标公告');
    await page.fill('[name="f.lots.0.lotCode"]', 'A包');
    await page.fill('[name="f.lots.0.supplier"]', '虚构科技有限公司');
    await page.fill('[name="f.lots.0.awardAmount"]', '一百');
    await page.fill('#bodyText', '第一段 <b>不是标签</b>\n\n第二段');
    await page.getByRole('button', { name: '保存', exact: true }).first().click();
    expect(await page.inputValue('#bodyText')).toBe('第一段 <b>不是标签</b>\n第二段');
    expect(await page.inputValue('[name="f.lots.0.supplier"]')).toBe('虚构科技有限公司');
    expect(await page.textContent('[data-field=lots]')).toContain('请写精确到分的金额');
    await context.close();
  });
});

describe('hostile text', LIMIT, () => {
  const PROBE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}';

  test('in every field runs nowhere, on the page, in the preview, among the drafts', async () => {
    const context = await browser.newContext();
    const { page, complaints } = await open(context);
    await signIn(page, 'qufu.jingban');
    await begin(page, 'construction', 'candidateNotice');
    await page.fill('#title', `公示${PROBE}`);
    const fields = fieldsOf(formOf('construction', 'candidateNotice'));
    for (const input of await page
      .locator(
        '#write input[name]:not([type=hidden]):not([type=date]):not([type=datetime-local]):not([name=template]), #write textarea[name^="f."]',
      )
      .all())
      await input.fill(`甲${PROBE}`);
    await paste(
      page,
      `<p>${PROBE}</p><svg onload=alert(3)><a href="javascript:alert(4)">x</a></svg><iframe srcdoc="<script>parent.alert(5)</script>"></iframe>`,
    );
    expect(fields.length).toBeGreaterThan(10);
    await page.getByRole('button', { name: '保存', exact: true }).first().click();
    await page.waitForSelector('text=已保存为新的一稿');
    const draft = page.url().replace(/\/edit.*$/, '');
    for (const address of [
      `${draft}/edit`,
      `${draft}/preview`,
      draft,
      `${site}/staff/drafts?view=all`,
      `${site}/staff/audit`,
    ]) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('img[src=x], iframe, main script:not([type=module])').count()).toBe(0);
    }
    await page.goto(`${draft}/preview`);
    expect(await page.textContent('.prose')).toContain('onerror=alert(1)');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the page', LIMIT, () => {
  test('is without faults for axe, and its toolbar is one stop of the Tab key', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const { page } = await open(context);
    await signIn(page, 'qufu.jingban');
    await begin(page, 'procurement', 'tenderNotice');
    const addresses = [
      page.url(),
      page.url().replace(/edit$/, 'preview'),
      `${site}/staff/drafts/new?category=land&stage=landOffering`,
    ];
    for (const address of addresses) {
      await page.goto(address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await page.goto(addresses[0] ?? '');
    await page.waitForSelector('.ProseMirror');
    const buttons = page.locator('[role=toolbar] button');
    expect(
      await buttons.evaluateAll((all) => all.filter((button) => (button as HTMLElement).tabIndex === 0).length),
    ).toBe(1);
    for (const box of await buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().height)))
      expect(box).toBeGreaterThanOrEqual(44);
    await page.locator('.ProseMirror').click();
    await page.keyboard.type('重要内容');
    await page.keyboard.press('Control+a');
    await buttons.first().focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('加粗');
    await page.keyboard.press('Enter');
    expect(await bodyOf(page)).toBe('<p><strong>重要内容</strong></p>');
    await context.close();
  });
});

test(
  'with single sign-on one is led to the provider and back to where one was going; a stranger is told so, and let in nowhere',
  LIMIT,
  async () => {
    const account = findByLoginName(shared.db, 'bianji');
    const { doer } = demoSession(shared.db, 'guanli', new Date().toISOString());
    const link = { account, issuer: provider.issuer, subject: 'u-1', reason: '入职' };
    shared.db.$client.transaction(() => linkIdentity(shared.db, doer, link)).immediate();
    const signOn = async (subject: string) => {
      Object.assign(provider.person, { subject, amr: ['pwd', 'mfa'] });
      const context = await browser.newContext();
      const { page, complaints } = await open(context);
      await page.goto(`${site}/staff/drafts?view=all`);
      await page.getByRole('link', { name: '用统一身份认证登录' }).click();
      return { context, page, complaints };
    };
    const known = await signOn('u-1');
    expect(known.page.url()).toBe(`${site}/staff/drafts?view=all`);
    await known.page.goto(`${site}/staff`);
    expect(await known.page.textContent('main')).toContain('演示编辑');
    expect(known.complaints).toEqual([]);
    await known.context.close();
    const stranger = await signOn('u-2');
    await stranger.page.getByText('没有可用的账号').waitFor();
    expect(await stranger.page.textContent('code')).toBe('u-2');
    await stranger.page.goto(`${site}/staff`);
    expect(new URL(stranger.page.url()).pathname).toBe('/staff/sign-in');
    await stranger.context.close();
  },
);
