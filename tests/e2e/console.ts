import { expect, type Locator, type Page } from '@playwright/test';
import { DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { fieldsOf, formOf } from '#src/domain/drafts/form/forms.ts';
import { fillValues } from '#tests/support/filled-form.ts';

/** Where the console of the product under test listens. */
export const consoleUrl = (): string => process.env.E2E_STAFF_URL ?? '';

/** Signs a member of the fictional staff in. */
export async function signIn(page: Page, loginName: string): Promise<void> {
  await page.goto('/staff/sign-in');
  await page.getByLabel('账号').fill(loginName);
  await page.getByLabel('密码').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Gives everything that the form of a kind of notice demands; `chosen` says what some inputs hold instead. */
export async function fillDemanded(
  page: Page,
  [category, stage]: Parameters<typeof formOf>,
  chosen: Record<string, string> = {},
): Promise<void> {
  const form = formOf(category, stage);
  const choices = new Set(fieldsOf(form).flatMap(({ key, kind }) => (kind === 'choice' ? [key as string] : [])));
  for (const [name, value] of Object.entries({ ...fillValues(form, 'required'), ...chosen })) {
    const input = page.locator(`[name="f.${name}"]`);
    if (choices.has(name) || name.endsWith('.county')) await input.selectOption(value);
    else await input.fill(value);
  }
}

/** Goes by Tab alone to what is to be used next, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let steps = 0; !(await isThere()); steps++) {
    if (steps > MOST_STEPS) throw new Error(`not reached by Tab: ${target}`);
    await page.keyboard.press('Tab');
  }
}
const MOST_STEPS = 120;

/** Goes to an input by Tab and types. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Goes to a date by Tab and types it, in the order of the browser's own language (English). @param day `YYYY-MM-DD` */
export async function typeDay(page: Page, target: Locator, day: string): Promise<void> {
  await tabTo(page, target);
  const [year = '', month = '', date = ''] = day.split('-');
  await page.keyboard.type(month + date + year);
  await expect(target).toHaveValue(day);
}

/** Goes to a list by Tab and chooses by the arrows. */
export async function chooseIn(page: Page, target: Locator, value: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Home');
  for (let steps = 0; (await target.inputValue()) !== value; steps++) {
    if (steps > MOST_STEPS) throw new Error(`no choice ${value}`);
    await page.keyboard.press('ArrowDown');
  }
}

/** Goes to a button or a link by Tab and presses it. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
