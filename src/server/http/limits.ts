/** What a request may send and what it takes from others. */
export interface Limits {
  /** Bytes of a request body at most. */
  body: number;
  /** Whether a good answer is sent while it is made, because it may be of any size. Never kept. */
  streamed?: true;
  /** Whether a form sent here makes the site write to somebody: a client gets few of these. */
  writesToOthers?: true;
  /** Whether what is sent here takes long to look at: few are looked at at once. */
  takesTurns?: true;
  /** Whether the page is told which network asks, to count what networks send: in memory alone, and never beside what was sent. */
  countsNetworks?: true;
  /** Whether other machines post here, which have no origin: a token in the address says what they may do. */
  byToken?: true;
}

export const ORDINARY: Limits = { body: 1_000_000 };
/** A few fields that somebody fills in. */
export const SMALL_FORM: Limits = { body: 20_000 };
/** A form with a few files. */
export const FORM_WITH_FILES: Limits = { body: 32_000_000, countsNetworks: true };
/** What is added to a submission, with files. */
export const ADDITION_FORM: Limits = { body: 32_000_000 };
/** A form with texts of thousands of characters, each of which takes nine bytes on its way. */
export const LONG_FORM: Limits = { body: 400_000 };
/** A form with a file of records. */
export const FILE_FORM: Limits = { body: 3_000_000 };
/** A whole notice with its body, as a form spells it. */
export const NOTICE_FORM: Limits = { body: 8_000_000 };
/** Files of any size. */
export const WHOLE_FILE: Limits = { ...ORDINARY, streamed: true };
/** A file as a stream, whose receiver knows how large it may be. */
export const STREAMED_UPLOAD: Limits = { body: Number.MAX_SAFE_INTEGER };
