import { listNarrowing, type NoticeFilter, noticeFilter } from '../notices/notice-filter.ts';
import { filterQuery } from '../site/urls.ts';

/** What of a list's filter makes sense for what is yet to come: no dates of publication, no order, no page. */
export function toSubscribable(filter: NoticeFilter): NoticeFilter {
  const kept = listNarrowing(filter).filter((key) => noticeFilter(key).narrows?.isSubscribable);
  return Object.fromEntries(kept.map((key) => [key, filter[key]]));
}

/** The one text of a filter under which it is stored: its query in canonical order. */
export const toFilterText = (filter: NoticeFilter): string => new URLSearchParams(filterQuery(filter)).toString();

/** Adds words that must not stand in a notice to a filter's text, as a person would type them (`-监理`). */
export function excludeWords(filter: NoticeFilter, typed: string): NoticeFilter {
  const words = typed
    .split(/[\s,，、;；]+/)
    .map((word) => word.replace(/^[-−]+|["“”「」『』]/g, ''))
    .filter(Boolean);
  if (words.length === 0) return filter;
  return { ...filter, q: [filter.q, ...words.map((word) => `-${word}`)].filter(Boolean).join(' ') };
}
