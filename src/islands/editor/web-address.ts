const MOST = 2_048;

/** An absolute address of the web as links may have it; undefined for anything else, addresses with credentials among them. */
export function toWebAddress(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname) return undefined;
  if (/\{\{|%7B%7B/i.test(url.href) || /\s/.test(url.href)) return undefined;
  return url.href.length > MOST ? undefined : url.href;
}
