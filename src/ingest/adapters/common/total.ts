/** How far a list has been read. */
export interface ListProgress {
  /** Rows of the pages before. */
  read: number;
  /** Rows of this page. */
  count: number;
  /** Rows that a page was asked for. */
  size: number;
}

/**
 * The total that a feed claims, unless it only counts the rows of its page (`RowCount` of some): a full page that claims to be
 * all may be one of many, and a later page that claims no more than itself is. Undefined when it cannot be believed: the list
 * then goes on until a page is short or shows nothing new.
 */
export function believedTotal(total: number | undefined, { read, count, size }: ListProgress): number | undefined {
  const isPageCount = total === count && count > 0 && (read > 0 || count >= size);
  return isPageCount ? undefined : total;
}
