/** Contracts between feed adapters and the pipeline. Adapters are pure: no network, clock or database. */
import type { z } from 'zod';
import type { County } from '#src/domain/counties/counties.ts';
import type { RowFault } from '#src/formats/fields.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';

/** One entry of data: adding a county on a known platform is adding one of these. */
export interface SourceConfig {
  /** Stable key, e.g. `jining-zoucheng`. Never renamed: notice ids derive from it. */
  key: string;
  name: string;
  /** The site that publishes the feed. */
  county: County;
  /** Key of the adapter in `adapters/index.ts`. */
  adapter: string;
  /** Parsed by the adapter's `settings` schema. */
  settings: Record<string, unknown>;
  /** Cron pattern, Asia/Shanghai. */
  schedule: string;
  /** A finished full run with fewer items is held. */
  minimumItems: number;
  homepage?: string;
  enabled?: boolean;
  /** Whether attachments of its notices are kept here too; they are where nothing is said. */
  keepsFiles?: boolean;
}

/** A request for the shared fetcher. The address may be absolute only. */
export interface FeedRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** Text body; its type goes in `headers['content-type']`. */
  body?: string;
  /** What the answer must look like; other types are refused before parsing. */
  expect: 'json' | 'html' | 'xml' | 'file';
}

/** One page of a feed's list. */
export interface FeedPage {
  /** Items that could be read. */
  drafts: NoticeDraft[];
  /** Items that could not, each kept as rejected with its reason; they never stop the good ones. */
  faults: RowFault[];
  /** A part of the feed could not be read at all: what is not on the page has not gone. */
  isPartial?: boolean;
  /** Rows that are not for this source, each as text: they count as met when it is told whether the list goes on. */
  skipped?: string[];
  /** The next page, absent on the last. The pipeline stops by itself when a page brings no new id. */
  next?: FeedRequest;
  /** Total the feed claims, for the sync board. */
  total?: number;
}

export interface ParseContext<S> {
  settings: S;
  /** The request that was answered. */
  request: FeedRequest;
  /** `content-type` of the answer; charset claims are not trusted. */
  contentType?: string;
}

/** Bounds of one run, as calendar days in Shanghai (`YYYY-MM-DD`); `since` is absent on a full run. */
export interface FetchWindow {
  since?: string;
  until: string;
}

export interface FeedAdapter<S> {
  readonly key: string;
  /** The platform family, for the sync board. */
  readonly name: string;
  /** Known oddities of the family, for operators. */
  readonly caveats: readonly string[];
  readonly settings: z.ZodType<S>;
  /** A request to make first, and the headers that every later request then carries (anti-forgery, anonymous token). */
  readonly handshake?: {
    /** Undefined when the settings want none. */
    request(settings: S): FeedRequest | undefined;
    /** @throws FeedFormatError when the answer does not hold what it must. */
    headers(
      answer: { bytes: Uint8Array; headers: Record<string, string>; cookies: Record<string, string> },
      settings: S,
    ): Record<string, string>;
  };
  /** The first request of every list that makes up the feed (columns, files). */
  lists(settings: S, window: FetchWindow): FeedRequest[];
  /** Turns a container that takes time to open (a folder of workbooks) into the bytes that `parseList` reads. @throws FeedFormatError */
  unpack?(bytes: Uint8Array): Promise<Uint8Array>;
  /** @throws FeedFormatError for any answer that is not this feed: login pages, errors, truncation. */
  parseList(bytes: Uint8Array, context: ParseContext<S>): FeedPage;
  /**
   * The next page that the draft needs, when the list does not carry its body. Asked again after each `parseDetail`, until it
   * returns undefined or a page that has been read: some platforms split one notice over two pages.
   */
  detail?(draft: NoticeDraft, settings: S): FeedRequest | undefined;
  /** The draft completed from its detail page. @throws FeedFormatError */
  parseDetail?(bytes: Uint8Array, draft: NoticeDraft, context: ParseContext<S>): NoticeDraft;
}
