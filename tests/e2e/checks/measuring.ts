import type { Page } from '@playwright/test';

/** Half a pixel less is how browsers round. */
const ROUNDING = 0.5;

/**
 * Controls lower than `size` CSS pixels, and buttons and fields narrower, as they are written. Links inside a text are
 * excepted: their height is the line's (WCAG 2.5.8), and marks of a chart that a link of its table stands for. What stands in its label is hit with the label.
 */
export function findSmallTargets(page: Page, size: number): Promise<string[]> {
  return page
    .locator('a[href], button, input:not([type=hidden]), summary, select, textarea')
    .evaluateAll((controls, least) => {
      const isInText = (control: Element): boolean =>
        control.matches('a') &&
        getComputedStyle(control).display === 'inline' &&
        [...(control.parentElement?.childNodes ?? [])].some(
          (node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent ?? ''),
        );
      const inTables = new Set([...document.querySelectorAll('table a')].map((link) => link.getAttribute('href')));
      const isMark = (control: Element): boolean =>
        control.closest('svg.chart') !== null && inTables.has(control.getAttribute('href'));
      const isShown = (control: Element): boolean =>
        control.checkVisibility({ visibilityProperty: true }) && getComputedStyle(control).clipPath === 'none';
      return controls
        .filter((control) => isShown(control) && !isInText(control) && !isMark(control) && !control.closest('.prose'))
        .filter((control) => {
          const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
          return height < least || (!control.matches('a') && width < least);
        })
        .map((control) => `${control.getBoundingClientRect().height} ${control.outerHTML.slice(0, 160)}`);
    }, size - ROUNDING);
}

/** Texts set smaller than `size` CSS pixels, beginnings only. */
export function findSmallTexts(page: Page, size: number): Promise<string[]> {
  return page.locator('body').evaluate((body, least) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const small: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || parent.matches('script, style') || !node.textContent?.trim()) continue;
      const { fontSize } = getComputedStyle(parent);
      if (Number.parseFloat(fontSize) < least) small.push(`${fontSize} ${node.textContent.trim().slice(0, 40)}`);
    }
    return small;
  }, size - ROUNDING);
}
