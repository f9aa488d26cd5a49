/**
 * The part of the search page that changes with the query. The page already works as plain HTML; the island fetches the
 * same page for each change and puts its results in place, so there is one rendering of a hit, not two.
 */
const RESULTS = 'search-results';

/** The element with the results in force; undefined on a page without any. */
export function findResults(page: Document = document): HTMLElement | undefined {
  return page.getElementById(RESULTS) ?? undefined;
}

/** The search page at an address. @throws Error when it does not answer with a page. */
export async function fetchPage(url: URL, signal: AbortSignal): Promise<Document> {
  const response = await fetch(url, { signal, headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`search answered ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/**
 * Puts the results of a fetched page in place; groups that were open stay open, and focus stays on what has the same
 * name, else goes to `fallback`. Returns their total.
 * @throws Error when the page has no results.
 */
export function replaceResults(page: Document, fallback: HTMLElement | null): string {
  const old = findResults();
  const fresh = findResults(page);
  if (!old || !fresh) throw new Error('a page without results');
  const focused = old.contains(document.activeElement) ? labelOf(document.activeElement) : undefined;
  const groups = [...fresh.querySelectorAll('details')];
  for (const [index, group] of [...old.querySelectorAll('details')].entries()) {
    const same = groups[index];
    if (same) same.open = group.open;
  }
  old.replaceWith(fresh);
  document.title = page.title;
  if (focused !== undefined) (findByLabel(fresh, focused) ?? fallback)?.focus({ preventScroll: true });
  return fresh.dataset.total ?? '';
}

function findByLabel(root: HTMLElement, label: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>('a, button, summary, input')].find((one) => labelOf(one) === label);
}

/** The name of a field, or the text of a link or button without the count that follows it. */
function labelOf(element: Element | null): string {
  if (element instanceof HTMLInputElement) return element.name;
  return (element?.querySelector('span') ?? element)?.firstChild?.textContent?.trim() ?? '';
}
