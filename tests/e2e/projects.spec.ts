import { EVERYTHING, findViolations } from './checks/axe.ts';
import { findDividedProjects } from './database.ts';
import { expect, test } from './test.ts';

/** Pages with most on them: lots with winners of their own, and rounds. */
const PROJECTS = [
  { name: 'three lots', id: () => findDividedProjects().three.id },
  { name: 'two rounds', id: () => findDividedProjects().again.id },
];
const SCREENS = [
  { name: 'on a phone', width: 390, height: 844 },
  { name: 'on a desktop', width: 1280, height: 900 },
];

for (const { name, id } of PROJECTS) {
  for (const screen of SCREENS) {
    test(`the page of a project with ${name} holds everything ${screen.name}, in elder mode too`, async ({ page }) => {
      await page.setViewportSize(screen);
      for (const elder of ['', '1']) {
        await page.addInitScript((on) => localStorage.setItem('elder', on), elder);
        await page.goto(`/project/${id()}`);
        expect(await findViolations(page, EVERYTHING), `elder: ${elder}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(screen.width);
        await expect(page.getByRole('region', { name: '全过程' })).toBeVisible();
      }
    });
  }
}
