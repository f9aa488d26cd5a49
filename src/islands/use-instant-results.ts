import type { RefObject } from 'preact';
import { type MutableRef, useEffect, useRef, useState } from 'preact/hooks';

/**
 * The part of the search page that changes with the query. The page already works as plain HTML; the island fetches the
 * same page for each change and puts its results in place, so there is one rendering of a hit, not two.
 */
const RESULTS = 'search-results';

/** The element with the results in force; undefined on a page without any. */
function findResults(page: Document = document): HTMLElement | undefined {
  return page.getElementById(RESULTS) ?? undefined;
}

/** The site was not reached: there is no connection, it took too long, or a proxy answered in its place. */
class Unreached extends Error {}

/** What a proxy answers that does not reach the site. */
const GATEWAY_FAILURES: readonly number[] = [502, 504];

/**
 * The search page at an address.
 * @throws Unreached
 * @throws Error when the site answers with something else.
 */
async function fetchPage(url: URL, signal: AbortSignal): Promise<Document> {
  const { status, html } = await fetch(url, { signal, headers: { accept: 'text/html' } })
    .then(async (response) => ({ status: response.status, html: await response.text() }))
    .catch((cause: unknown) => {
      throw new Unreached('no answer', { cause });
    });
  if (GATEWAY_FAILURES.includes(status)) throw new Unreached(`a proxy answered ${status}`);
  if (status !== 200) throw new Error(`search answered ${status}`);
  return new DOMParser().parseFromString(html, 'text/html');
}

/**
 * Puts the results of a fetched page in place; groups that were open stay open, and focus stays on what has the same
 * name, else goes to `fallback`. Returns their total.
 * @throws Error when the page has no results.
 */
function replaceResults(page: Document, fallback: HTMLElement | null): string {
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

const PATIENCE_MS = 8_000;
/** Longer than the patience: what asks again must not cut off what is still waited for. */
const RETRY_MS = 10_000;

/** `typed`: while words are being typed the address changes, but only the first change is a step back. */
export type HistoryEntry = 'typed' | 'step' | 'none';

export interface InstantResults {
  /** Query asked for last, without the question mark; its results may still be on their way. */
  query: string;
  /** The same at the moment of reading, for what happens between two renderings. */
  latest: MutableRef<string>;
  busy: boolean;
  /** The last results could not be fetched: the page still shows those before. */
  failed: boolean;
  /** Total of the last results fetched; undefined until then. */
  total: string | undefined;
  show(url: URL, entry: HistoryEntry): void;
}

/**
 * Shows results for addresses without loading the page: for `show`, and for links, forms and history steps of the search
 * page. While the site is not reached the page stays as it is, says so and asks again; whatever else goes wrong ends in an
 * ordinary page load, which shows what the site itself has to say.
 */
export function useInstantResults(initialQuery: string, field: RefObject<HTMLInputElement>): InstantResults {
  const [query, setQuery] = useState(initialQuery);
  const latest = useRef(initialQuery);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [total, setTotal] = useState<string>();
  const running = useRef<AbortController>();

  async function load(url: URL, entry: HistoryEntry): Promise<void> {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const limit = setTimeout(() => control.abort(), PATIENCE_MS);
    findResults()?.setAttribute('aria-busy', 'true');
    setBusy(true);
    try {
      const page = await fetchPage(url, control.signal);
      remember(url, entry);
      setTotal(replaceResults(page, field.current));
      setFailed(false);
      setBusy(false);
    } catch (error) {
      if (running.current !== control) return; // a later search took over
      if (!(error instanceof Unreached)) return location.assign(url);
      findResults()?.removeAttribute('aria-busy');
      setFailed(true);
      setBusy(false);
    } finally {
      clearTimeout(limit);
    }
  }

  function show(url: URL, entry: HistoryEntry): void {
    if (entry !== 'typed' && field.current) field.current.value = url.searchParams.get('q') ?? '';
    latest.current = url.search.slice(1);
    setQuery(latest.current);
    void load(url, entry);
  }

  /** Follows a link or form of the results; words typed a moment ago, not looked for yet, come along. */
  function follow(url: URL): void {
    const asked = new URLSearchParams(latest.current).get('q') ?? '';
    const typed = field.current?.value.trim() ?? '';
    if (typed && typed !== asked && (url.searchParams.get('q') ?? '') === asked) {
      url.searchParams.set('q', typed);
      url.searchParams.delete('cursor');
    }
    show(url, 'step');
  }

  useEffect(() => followPage(follow, show), []);
  useEffect(() => {
    if (!failed) return;
    const again = () => show(new URL(`?${latest.current}`, location.href), 'typed');
    window.addEventListener('online', again);
    // A site that comes back is told by no event.
    const timer = setInterval(() => navigator.onLine && again(), RETRY_MS);
    return () => {
      window.removeEventListener('online', again);
      clearInterval(timer);
    };
  }, [failed]);
  return { query, latest, busy, failed, total, show };
}

/** Takes over links and forms that lead to the search page, and steps through the history. Returns how to stop. */
function followPage(follow: (url: URL) => void, show: InstantResults['show']): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  document.addEventListener('click', (event) => onClick(event, follow), { signal });
  document.addEventListener('submit', (event) => onSubmit(event, follow), { signal });
  window.addEventListener('popstate', () => show(new URL(location.href), 'none'), { signal });
  return () => stopping.abort();
}

function onClick(event: MouseEvent, follow: (url: URL) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || !findResults()?.contains(link) || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  if (link.closest('nav')) window.scrollTo({ top: 0 });
  follow(url);
}

function onSubmit(event: SubmitEvent, follow: (url: URL) => void): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !findResults()?.contains(form)) return;
  if (new URL(form.action).pathname !== location.pathname) return;
  event.preventDefault();
  follow(formUrl(form));
}

/** The address a GET form leads to, without empty fields. */
function formUrl(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim()) url.searchParams.append(name, value);
  }
  return url;
}

/** Enter after typing confirms the step that typing made: it is not another one. */
function remember(url: URL, entry: HistoryEntry): void {
  if (entry === 'none') return;
  const state = { typed: entry === 'typed' };
  const isSameStep = (state.typed && history.state?.typed) || url.href === location.href;
  if (isSameStep) history.replaceState(state, '', url);
  else history.pushState(state, '', url);
}
