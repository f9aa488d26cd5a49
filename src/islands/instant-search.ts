/**
 * Instant results: the search page already works as plain HTML; this script fetches the same page for each change and
 * puts its results in place, so there is one rendering of a hit, not two. The field keeps its focus, the address follows,
 * a polite status says the total. Whatever goes wrong ends in an ordinary page load.
 */
const RESULTS = 'search-results';
const PAUSE_MS = 250;
const PATIENCE_MS = 8_000;

/** `typed`: while words are being typed the address changes, but only the first change is a step back. */
type Entry = 'typed' | 'step' | 'none';

const field = document.querySelector<HTMLInputElement>('form[data-instant] input[name=q]');
const announcer = document.getElementById('search-status');

let wanted = location.href;
let pause: ReturnType<typeof setTimeout> | undefined;
let running: AbortController | undefined;

/** Takes over the search field, the links and the forms of the search page. */
export function startInstantSearch(): void {
  field?.addEventListener('input', (event) => {
    // Words put together by an input method count once they are finished.
    if (!(event instanceof InputEvent && event.isComposing)) searchSoon();
  });
  field?.addEventListener('compositionend', searchSoon);
  document.addEventListener('submit', onSubmit);
  document.addEventListener('click', onClick);
  window.addEventListener('popstate', () => void show(new URL(location.href), 'none'));
}

function searchSoon(): void {
  clearTimeout(pause);
  pause = setTimeout(() => void show(typedUrl(), 'typed'), PAUSE_MS);
}

/** The address of the present filters with the words in the field, on the first page. */
function typedUrl(): URL {
  const url = new URL(wanted);
  const words = field?.value.trim() ?? '';
  url.searchParams.delete('cursor');
  if (words) url.searchParams.set('q', words);
  else url.searchParams.delete('q');
  if (!words && url.searchParams.get('sort') === 'relevance') url.searchParams.delete('sort');
  return url;
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== location.pathname) return;
  event.preventDefault();
  void show('instant' in form.dataset ? typedUrl() : formUrl(form), 'step');
}

/** The address a GET form leads to, without empty fields. */
function formUrl(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim()) url.searchParams.append(name, value);
  }
  return url;
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.closest(`#${RESULTS}`) || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  void show(url, 'step').then(() => link.closest('nav') && window.scrollTo({ top: 0 }));
}

async function show(url: URL, entry: Entry): Promise<void> {
  clearTimeout(pause);
  const old = document.getElementById(RESULTS);
  if (!old || (entry !== 'none' && url.href === wanted)) return;
  wanted = url.href;
  if (entry !== 'typed' && field) field.value = url.searchParams.get('q') ?? '';
  running?.abort();
  const control = new AbortController();
  running = control;
  old.setAttribute('aria-busy', 'true');
  const limit = setTimeout(() => control.abort(), PATIENCE_MS);
  try {
    const page = await fetchPage(url, control.signal);
    remember(url, entry);
    replaceResults(old, page);
  } catch {
    // A later search took over, or the page has to be loaded the ordinary way.
    if (running === control) location.assign(url);
  } finally {
    clearTimeout(limit);
  }
}

async function fetchPage(url: URL, signal: AbortSignal): Promise<Document> {
  const response = await fetch(url, { signal, headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`search answered ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function remember(url: URL, entry: Entry): void {
  if (entry === 'none') return;
  const state = { typed: entry === 'typed' };
  if (state.typed && history.state?.typed) history.replaceState(state, '', url);
  else history.pushState(state, '', url);
}

function replaceResults(old: HTMLElement, page: Document): void {
  const fresh = page.getElementById(RESULTS);
  if (!fresh) throw new Error('a page without results');
  const focused = old.contains(document.activeElement) ? labelOf(document.activeElement) : undefined;
  const groups = [...fresh.querySelectorAll('details')];
  for (const [index, group] of [...old.querySelectorAll('details')].entries()) {
    const same = groups[index];
    if (same) same.open = group.open;
  }
  old.replaceWith(fresh);
  document.title = page.title;
  if (announcer) announcer.textContent = `共 ${fresh.dataset.total} 条`;
  if (focused === undefined) return;
  const again = [...fresh.querySelectorAll<HTMLElement>('a, button, summary, input')].find(
    (one) => labelOf(one) === focused,
  );
  (again ?? field)?.focus({ preventScroll: true });
}

/** The name of a field, or the text of a link or button without the count that follows it. */
function labelOf(element: Element | null): string {
  if (element instanceof HTMLInputElement) return element.name;
  return (element?.querySelector('span') ?? element)?.firstChild?.textContent?.trim() ?? '';
}
