/**
 * Instant results: the search page already works as plain HTML; this script fetches the same page for each change and
 * puts its results in place, so there is one rendering of a hit, not two. The field keeps its focus, the address follows,
 * a polite status says the total. Whatever goes wrong ends in an ordinary page load.
 */
const RESULTS = 'search-results';
const PAUSE_MS = 250;
const PATIENCE_MS = 8_000;

type Entry = 'push' | 'replace' | 'none';

const form = document.querySelector<HTMLFormElement>('form[data-instant]');
const field = form?.querySelector<HTMLInputElement>('input[name=q]');
const status = document.getElementById('search-status');

let pause: ReturnType<typeof setTimeout> | undefined;
let running: AbortController | undefined;
let typing = false;

/** The address of the present filters with the words in the field, on the first page. */
function typedUrl(words: string): URL {
  const url = new URL(location.href);
  url.searchParams.delete('cursor');
  if (words) url.searchParams.set('q', words);
  else url.searchParams.delete('q');
  if (!words && url.searchParams.get('sort') === 'relevance') url.searchParams.delete('sort');
  return url;
}

/** The address a GET form leads to, without empty fields. */
function submittedUrl(source: HTMLFormElement): URL {
  const url = new URL(source.action);
  url.search = '';
  for (const [name, value] of new FormData(source)) {
    if (typeof value === 'string' && value.trim()) url.searchParams.append(name, value);
  }
  return url;
}

async function fetchResults(url: URL, signal: AbortSignal): Promise<HTMLElement> {
  const response = await fetch(url, { signal, headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const results = page.getElementById(RESULTS);
  if (!response.ok || !results) throw new Error(`no results: ${response.status}`);
  document.title = page.title;
  return results;
}

/** Opens in the new results what was open, and puts the focus back on the link that was used. */
function carryOver(old: HTMLElement, fresh: HTMLElement): void {
  const groups = [...fresh.querySelectorAll('details')];
  for (const [index, group] of [...old.querySelectorAll('details')].entries()) {
    const same = groups[index];
    if (same) same.open = group.open;
  }
  const used = document.activeElement;
  if (!used || !old.contains(used)) return;
  const text = used.firstChild?.textContent?.trim();
  const again = [...fresh.querySelectorAll('a')].find((link) => link.firstChild?.textContent?.trim() === text);
  queueMicrotask(() => (again ?? field)?.focus({ preventScroll: true }));
}

async function show(url: URL, entry: Entry): Promise<void> {
  const old = document.getElementById(RESULTS);
  if (!old) return;
  running?.abort();
  const control = new AbortController();
  running = control;
  old.setAttribute('aria-busy', 'true');
  const limit = setTimeout(() => control.abort('slow'), PATIENCE_MS);
  try {
    const results = await fetchResults(url, control.signal);
    carryOver(old, results);
    old.replaceWith(results);
    if (entry === 'push') history.pushState(null, '', url);
    if (entry === 'replace') history.replaceState(null, '', url);
    if (status) status.textContent = `共 ${results.dataset.total} 条`;
  } catch {
    if (running === control) location.assign(url);
  } finally {
    clearTimeout(limit);
  }
}

function search(words: string): void {
  clearTimeout(pause);
  const url = typedUrl(words.trim());
  if (url.href === location.href) return;
  void show(url, typing ? 'replace' : 'push');
  typing = true;
}

field?.addEventListener('input', (event) => {
  // Words put together by an input method count once they are finished.
  if (event instanceof InputEvent && event.isComposing) return;
  clearTimeout(pause);
  pause = setTimeout(() => search(field.value), PAUSE_MS);
});
field?.addEventListener('compositionend', () => {
  clearTimeout(pause);
  pause = setTimeout(() => search(field.value), PAUSE_MS);
});

document.addEventListener('submit', (event) => {
  const source = event.target;
  if (!(source instanceof HTMLFormElement) || new URL(source.action).pathname !== location.pathname) return;
  event.preventDefault();
  if (source === form) search(field?.value ?? '');
  else void show(submittedUrl(source), 'push');
  typing = false;
});

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.closest(`#${RESULTS}`) || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  typing = false;
  if (field) field.value = url.searchParams.get('q') ?? '';
  void show(url, 'push').then(() => link.rel === 'next' && window.scrollTo({ top: 0 }));
});

window.addEventListener('popstate', () => {
  typing = false;
  if (field) field.value = new URL(location.href).searchParams.get('q') ?? '';
  void show(new URL(location.href), 'none');
});
