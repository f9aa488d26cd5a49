import type { Browser, BrowserContext, Page } from '@playwright/test';
import { DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { coreProperties, xlsxOf } from '#tests/support/planted-files.ts';
import { chooseIn, consoleUrl, fillDemanded, pressOn, signIn, tabTo, typeDay, typeInto } from './console.ts';
import { expect, test } from './test.ts';

const publicSite = process.env.E2E_BASE_URL ?? 'http://localhost:4391';
test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite], expectedErrors: [/status of 4(?:00|04|10)/] });

/** A number with a right check digit, of nobody. */
const IDENTITY = '370811199003077511';
const SHEET = {
  name: '清单',
  xml: '<sheetData><row r="1"><c t="inlineStr"><is><t>虚构清单</t></is></c></row></sheetData>',
};
const HIDDEN = { name: '底价', state: 'hidden', xml: '<sheetData><row r="1"><c><v>1234567</v></c></row></sheetData>' };
const workbook = (sheets: Parameters<typeof xlsxOf>[0]) => ({
  name: '清单.xlsx',
  mimeType: '',
  buffer: xlsxOf(sheets, { 'docProps/core.xml': coreProperties('虚构的人') }),
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Opens browsers of people who have signed in. */
const openFor =
  (browser: Browser, watch: (context: BrowserContext) => void) =>
  async (loginName: string): Promise<Page> => {
    const context = await browser.newContext();
    watch(context);
    const page = await context.newPage();
    await signIn(page, loginName);
    return page;
  };

/** Does what a button of a draft says, with an opinion. */
async function act(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  const form = page.getByRole('form', { name, exact: true });
  await form.getByRole('textbox').fill('已核对（演示）');
  await form.getByRole('button').click();
  await expect(form).toHaveCount(0);
}

/** The public page of a draft, once the worker has published it. */
async function publicPage(page: Page, address: string): Promise<string> {
  const link = page.getByRole('region', { name: '公开的公告' }).getByRole('link').first();
  await expect(async () => {
    await page.goto(address);
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass();
  return (await link.getAttribute('href')) ?? '';
}

test('the life of a notice: masked, cleaned, reviewed by others, published, explained, corrected, taken back @alone', async ({
  browser,
  watch,
}) => {
  const open = openFor(browser, watch);
  const [clerk, first, final] = [await open('qufu.jingban'), await open('chushen'), await open('fushen')];
  const main = clerk.getByRole('main');
  const release = async (address: string): Promise<void> => {
    await act(clerk, address, '紧急送审');
    await act(first, address, '初审通过');
    await act(final, address, '复审通过，准予发布');
  };
  const upload = async (sheets: Parameters<typeof xlsxOf>[0]): Promise<void> => {
    await clerk.getByLabel('添加附件').setInputFiles(workbook(sheets));
    await button(clerk, '上传').click();
    await expect(clerk.getByRole('link', { name: '清单.xlsx' })).toBeVisible();
  };
  const code = `XG-${Date.now()}`;
  const title = `曲阜市虚构项目${code}采购公告`;

  await clerk.goto('/staff/drafts/new?category=procurement&stage=tenderNotice');
  await button(clerk, '从空白开始').click();
  await clerk.getByLabel('公告标题').fill(title);
  await fillDemanded(clerk, ['procurement', 'tenderNotice'], { projectCode: code });
  await clerk.getByRole('textbox', { name: '正文' }).fill(`负责人身份证号码${IDENTITY}。`);
  await button(clerk, '保存并返回').click();
  const address = clerk.url();

  await test.step('a number of a person and a hidden sheet are marked, and hold it up until they are gone', async () => {
    await clerk.getByRole('link', { name: /附件和保密筛查/ }).click();
    await upload([SHEET, HIDDEN]);
    await expect(main).toContainText('隐藏的工作表');
    await expect(main.locator('.prose mark')).toHaveText(IDENTITY);
    await clerk.goto(address);
    await expect(button(clerk, '送属性认定')).toBeDisabled();
    await expect(main).toContainText('保密筛查还有没处理的发现');
    await clerk.getByRole('link', { name: /附件和保密筛查/ }).click();
    await button(clerk, '遮蔽').click();
    await expect(main).toContainText('没有发现不应公开的内容');
    await button(clerk, '移除附件').click();
    await upload([SHEET]);
    await clerk.getByRole('button', { name: /一键清理/ }).click();
    await expect(main).toContainText('没有发现隐藏内容和个人痕迹');
  });
  await release(address);
  const published = await publicPage(clerk, address);
  await clerk.goto(published);
  await expect(main).toContainText('负责人身份证号码');
  await expect(main).not.toContainText(IDENTITY);
  await expect(main).toContainText('清单.xlsx');

  await test.step('a correction without its original is held up; with it, the original shows it', async () => {
    await clerk.goto('/staff/drafts/new?category=procurement&stage=correctionNotice');
    await button(clerk, '从空白开始').click();
    await clerk.getByLabel('公告标题').fill(`${title}更正公告`);
    await fillDemanded(clerk, ['procurement', 'correctionNotice'], { projectCode: code });
    await button(clerk, '保存并返回').click();
    await expect(button(clerk, '紧急送审')).toBeDisabled();
    await expect(main).toContainText('没有原公告的更正');
    await clerk.getByLabel('标题里的字，或者项目编号').fill(code);
    await button(clerk, '查找原公告').click();
    await button(clerk, '关联').click();
    const correction = clerk.url();
    await release(correction);
    await publicPage(clerk, correction);
    await clerk.goto(published);
    await expect(main.getByRole('link', { name: /更正/ }).first()).toBeVisible();
  });

  await test.step('a withdrawal leaves its reason at the address', async () => {
    await clerk.goto(address);
    await button(clerk, '撤回这条公告').click();
    const withdrawal = clerk.url();
    await clerk.getByRole('link', { name: '修改内容' }).click();
    await clerk.getByLabel('撤回原因').fill('演示撤回的原因');
    await button(clerk, '保存并返回').click();
    await release(withdrawal);
    await expect(async () => {
      expect((await clerk.goto(published))?.status()).toBe(410);
    }).toPass();
    await expect(main).toContainText('演示撤回的原因');
    await clerk.goto(address);
    await expect(main).toContainText('已撤回');
  });
});

test('an entry of the exposure board by keyboard alone, from its draft to the end of its publication @alone', async ({
  browser,
  watch,
}) => {
  const open = async (loginName: string): Promise<Page> => {
    const context = await browser.newContext();
    watch(context);
    const page = await context.newPage();
    await page.goto('/staff/sign-in');
    await typeInto(page, page.getByLabel('账号'), loginName);
    await typeInto(page, page.getByLabel('密码'), DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('navigation', { name: '工作台导航' })).toBeVisible();
    return page;
  };
  const decided = formatDate(addDays(new Date().toISOString(), -10));
  const [writer, other] = [await open('jiandu'), await open('fushen')];
  const main = writer.getByRole('main');
  const field = (label: string) => writer.getByLabel(label, { exact: true });

  await pressOn(writer, writer.getByRole('link', { name: '曝光', exact: true }));
  await pressOn(writer, writer.getByRole('link', { name: '起草条目' }));
  await chooseIn(writer, field('所属县区'), 'jining');
  await typeInto(writer, field('当事人名称'), '虚构走访建设工程有限公司');
  await typeInto(writer, field('决定书文号'), `虚构财罚〔2026〕${Date.now()}号`);
  await typeInto(writer, field('决定机关'), '济宁市财政局');
  await typeDay(writer, field('决定日期'), decided);
  await typeInto(writer, field('违法行为'), '提供虚假材料谋取中标');
  await typeInto(writer, field('违法事实'), '虚构的事实');
  await typeInto(writer, field('处罚依据'), '《政府采购法》第七十七条');
  await tabTo(writer, writer.getByRole('checkbox', { name: '罚款' }));
  await writer.keyboard.press('Space');
  await typeInto(writer, field('处罚内容'), '罚款 1 万元');
  await chooseIn(writer, field('失信程度'), 'minor');
  await typeInto(writer, field('依据材料'), '决定书复印件');
  await pressOn(writer, button(writer, '保存草稿'));
  await expect(button(writer, '送放行')).toBeDisabled();
  await expect(main).toContainText('轻微');

  await chooseIn(writer, field('失信程度'), 'general');
  await pressOn(writer, button(writer, '保存修改'));
  await expect(main).toContainText(/公示至 20\d\d-\d\d-\d\d/);
  await pressOn(writer, button(writer, '送放行'));
  await expect(main.getByText('待放行').first()).toBeVisible();

  await other.goto(writer.url());
  await typeInto(other, other.getByLabel(/放行公示：意见/), '已核对决定书');
  await pressOn(other, button(other, '放行公示'));
  await pressOn(other, other.getByRole('link', { name: '条目和后续办理' }));
  const entry = other.url();
  const page = `${publicSite}/exposure/${entry.split('/').at(-1)}`;
  await other.goto(page);
  await expect(other.getByRole('main')).toContainText('虚构走访建设工程有限公司');

  await writer.goto(entry);
  await chooseIn(writer, field('种类'), 'revocation');
  await typeInto(writer, field('内容和依据'), '虚构来函：决定已撤销');
  await pressOn(writer, button(writer, '受理'));
  await other.goto(entry);
  await chooseIn(other, other.getByLabel('办理结果'), 'revoked');
  await typeInto(other, other.getByLabel('依据', { exact: true }), '虚构撤销决定〔2026〕1 号');
  await pressOn(other, button(other, '办结'));
  await expect(other.getByRole('main').getByText('已撤销').first()).toBeVisible();
  await other.goto(page);
  await expect(other.getByRole('main')).toContainText('撤销');
});

test('a county’s clerk puts a rejected item right: it is taken, the public board forgets it, both attempts are kept @alone', async ({
  browser,
  watch,
}) => {
  const clerk = await openFor(browser, watch)('jingkai.jingban');
  const main = clerk.getByRole('main');
  const board = `${publicSite}/sync/demo-jingkai`;
  await clerk.goto(board);
  await expect(main).toContainText('发布时间在 24 小时以后');
  await clerk.goto('/staff/work/rejected');
  await main.getByRole('link', { name: /（补录）公开招标公告/ }).click();
  const item = clerk.url();
  const countAttempts = async () => Number(/审过 (\d+) 次/.exec((await main.textContent()) ?? '')?.[1]);
  const attempts = await countAttempts();
  await clerk.getByLabel('发布时间').fill('2026-03-01 09:30');
  await clerk.locator('#reason').fill('年份录错（演示）');
  await button(clerk, '补正并重审').click();
  await expect(clerk).not.toHaveURL(item);
  await clerk.goto(item);
  await expect(main).toContainText('已收录');
  expect(await countAttempts()).toBeGreaterThan(attempts);
  await clerk.goto(board);
  await expect(main).not.toContainText('发布时间在 24 小时以后');
});

test('a disclosure officer sees what is overdue, and by whose word; a clarification stands on the page that was wrong @alone', async ({
  browser,
  watch,
}) => {
  const open = openFor(browser, watch);
  const [officer, writer, first, final] = [
    await open('gongkai'),
    await open('bianji'),
    await open('chushen'),
    await open('fushen'),
  ];
  await officer.getByRole('link', { name: '应公开未公开' }).click();
  const columns = ['项目', '事项', '依据', '到期日', '逾期天数', '责任主体', '县（市、区）'];
  await expect(officer.getByRole('columnheader')).toHaveText(columns);
  await expect(officer.getByRole('row').nth(1)).toContainText(/《.+》.*20\d\d-\d\d-\d\d.*\d+.*[人：]/);

  const title = `关于隐私说明页面的更正（走访 ${Date.now()}）`;
  await writer.goto('/staff/articles/new');
  await button(writer, '更正说明').click();
  await writer.getByLabel('标题').first().fill(title);
  for (const [label, text] of [
    ['摘要（必填）', '联系电话写错。'],
    ['来源（必填）', '本站'],
    ['更正的页面（必填）', '/privacy'],
    ['有误内容的发布日期（必填）', '2026-01-05'],
  ] as const)
    await writer.getByLabel(label).fill(text);
  await writer.getByRole('textbox', { name: '正文' }).fill('原电话少一位，已改正。');
  await button(writer, '保存并返回').click();
  const address = writer.url();
  await act(writer, address, '送属性认定');
  await act(officer, address, '认定为主动公开');
  await act(first, address, '初审通过');
  await act(final, address, '复审通过，准予发布');
  for (const path of ['/privacy', '/errata'])
    await expect(async () => {
      await officer.goto(publicSite + path);
      await expect(officer.getByRole('main')).toContainText(title, { timeout: 500 });
    }).toPass();
  await officer.goto(`${publicSite}/privacy`);
  await expect(officer.getByRole('complementary', { name: '更正说明' }).filter({ hasText: title })).toContainText(
    /2026-01-05.*20\d\d-\d\d-\d\d|20\d\d-\d\d-\d\d.*2026-01-05/s,
  );
});
