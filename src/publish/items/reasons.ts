/** Why an item was not published, in Chinese for the sync board. `code` is stable, for grouping. */
export interface Reason {
  code: string;
  message: string;
  field?: string;
}

/** Code of reasons that a later run may find gone by itself: the item could not be fetched completely. */
export const DETAIL_UNREADABLE = 'detail-unreadable';

/** An item that may not be published as it is; it is kept with its reasons. */
export class ItemRejectedError extends Error {
  readonly reasons: Reason[];

  constructor(reasons: Reason[]) {
    super(reasons.map((reason) => reason.message).join('；'));
    this.name = 'ItemRejectedError';
    this.reasons = reasons;
  }
}

/** The run may not be applied: the feed is suspiciously different from what it was. `message` is Chinese. */
export class SourceHeldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SourceHeldError';
  }
}
