/** Fragments of pages at most; a filter panel, the largest, has some 10 KB. */
const MOST = 300;

const kept = new Map<string, string>();

/** The kept HTML of a fragment; undefined when it has to be rendered. */
export function findFragment(key: string): string | undefined {
  return kept.get(key);
}

/** Keeps the HTML of a fragment and gives it back. The fragment kept longest makes room. */
export function keepFragment(key: string, html: string): string {
  const oldest = kept.keys().next();
  if (kept.size >= MOST && !oldest.done) kept.delete(oldest.value);
  kept.set(key, html);
  return html;
}
