import { expect, type Page } from '@playwright/test';
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
