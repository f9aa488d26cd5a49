const TAG = /<[^>]*>/g;
const ACTIVE = /([\s/"'])(style|on[a-z]+)(\s*=)/gi;

/**
 * HTML of others in a document of its own, where nothing loads or runs. Styles and handlers are called otherwise before it is read, because
 * browsers report each as a breach of the content policy; what a style said is in `data-style`.
 */
export function parseInert(html: string): HTMLElement {
  const quiet = html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
    .replace(TAG, (tag) => tag.replace(ACTIVE, '$1data-$2$3'));
  return new DOMParser().parseFromString(quiet, 'text/html').body;
}
