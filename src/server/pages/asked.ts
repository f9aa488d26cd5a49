/** What a page was asked, as far as loaders look at it. Astro's own context of a page is one. */
export interface Asked {
  /** The parts of the path that its pattern names. */
  params: Readonly<Record<string, string | undefined>>;
  url: URL;
  request: Request;
}

/** In place of a page's data: what was asked for has another address. */
export interface Moved {
  movedTo: string;
  status: 301 | 302;
}

/** For good: links and search engines are to learn the other address. */
export const movedForGood = (to: string): Moved => ({ movedTo: to, status: 301 });

/** For this time. */
export const moved = (to: string): Moved => ({ movedTo: to, status: 302 });
