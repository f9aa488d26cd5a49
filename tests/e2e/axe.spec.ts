import { EVERYTHING, findViolations } from './checks/axe.ts';
import { expect, test } from './test.ts';

/** Faults of many kinds: of structure, names, colours, targets and states. */
const FAULTS = `
  <img src="/favicon.svg">
  <p data-css="color: #ccc; background: #fff">too pale</p>
  <p data-css="color: #000; background: #fff">text with <a href="/x" data-css="color: #111; text-decoration: none">a link</a> unseen</p>
  <button></button><input type="text"><select><option>1</option></select>
  <div role="button" aria-expanded="perhaps" tabindex="3">odd</div>
  <ul><p>no item</p></ul><table><tr><th scope="col"></th></tr></table>
  <div><a href="/1" data-css="font-size: 8px">1</a><a href="/2" data-css="font-size: 8px">2</a></div>
  <h1>again</h1><h6>far below</h6><main>again</main>
  <label id="twice" for="twice">a</label><input id="twice" autocomplete="nonsense">
  <div data-css="overflow: auto; height: 20px"><p data-css="height: 90px">cannot be scrolled by keyboard</p></div>`;
/** Not all, but enough of them that a way which sees less would be noticed. */
const CERTAIN = ['image-alt', 'color-contrast', 'button-name', 'label', 'list', 'target-size', 'html-has-lang'];

test('the short way of asking axe finds what the long way finds, on planted faults', async ({ page }) => {
  await page.goto('/notices');
  await page.evaluate((faults) => {
    document.documentElement.removeAttribute('lang');
    document.querySelector('main')?.insertAdjacentHTML('beforeend', faults);
    // The policy refuses style attributes of markup; properties that a script sets are no markup.
    for (const element of document.querySelectorAll<HTMLElement>('[data-css]'))
      element.style.cssText = element.dataset.css ?? '';
  }, FAULTS);
  const found = await findViolations(page, EVERYTHING);
  expect([...new Set(found.map((line) => line.split(':')[0]))]).toEqual(expect.arrayContaining(CERTAIN));
  expect(await findViolations(page, EVERYTHING), 'asked again').toEqual(found);
  expect(found.sort()).toEqual((await findViolations(page, EVERYTHING, 'long')).sort());
});
