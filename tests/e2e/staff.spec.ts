import type { Page } from '@playwright/test';
import { coreProperties, xlsxOf } from '#tests/support/planted-files.ts';
import { consoleUrl, fillDemanded, signIn } from './console.ts';
import { expect, test } from './test.ts';

const publicSite = process.env.E2E_BASE_URL ?? 'http://localhost:4391';
test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite], expectedErrors: [/status of 4(?:00|10)/] });

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
  const open = async (loginName: string): Promise<Page> => {
    const context = await browser.newContext();
    watch(context);
    const page = await context.newPage();
    await signIn(page, loginName);
    return page;
  };
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
    await expect(main.locator('li mark')).toHaveText(IDENTITY);
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
