import fc from 'fast-check';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { bodyArbitrary } from '#tests/support/body-grammar.ts';
import { expect, test } from './test.ts';

/** As `BodyText` shows tables. */
const withRegions = (html: string): string =>
  html.replaceAll('<table>', '<div role="group" tabindex="0"><table>').replaceAll('</table>', '</table></div>');

const solid = (text: string): string => text.replace(/\s+/g, '');

test('a browser keeps the text of every body inside its box', async ({ page }) => {
  const seed = Date.now();
  const bodies = fc.sample(bodyArbitrary, { seed, numRuns: 400 }).map((raw) => sanitizeBody(raw, 'https://a.example/'));
  const boxes = bodies.map(({ html }) => `<section><div class="prose">${withRegions(html)}</div><p>后</p></section>`);
  await page.setContent(`<!doctype html><title>正文</title><main>${boxes.join('')}</main>`);
  const shown = await page.locator('main').evaluate((main) =>
    [...main.children].map((section) => ({
      inside: section.children[0]?.textContent ?? '',
      after: [...section.childNodes].slice(1).map((node) => node.textContent),
    })),
  );
  expect(
    shown.map(({ inside }) => solid(inside)),
    `seed ${seed}`,
  ).toEqual(bodies.map(({ text }) => solid(text)));
  expect(
    shown.filter(({ after }) => after.length !== 1 || after[0] !== '后'),
    `seed ${seed}`,
  ).toEqual([]);
});
