/** Contracts between feed adapters and the pipeline. Adapters are pure: no network, clock or database. */
import type { z } from 'zod';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties.ts';
import type { Blacklist, Board, RecordKind, SubjectType } from '#src/domain/exposures/registry.ts';
import type { Stage } from '#src/domain/stages.ts';
import { showDamage } from './formats/damage.ts';

/** What a feed's column (栏目) holds. `mixed`: the stage is told by the title only. */
export interface ColumnMapping {
  category: Category;
  stage: Stage | 'mixed';
}

/** What a column holds whose items are entries of the exposure board 曝光台 or the blacklist 黑名单, not notices. */
export interface ExposureColumn {
  board: Board;
  kind: RecordKind;
  /** The list that all entries of a blacklist column stand on. */
  list?: Blacklist | undefined;
  /** Whom the entries are about where neither the feed nor the violated articles say. */
  subjectType?: SubjectType | undefined;
}

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

/** A time as a feed gave it. `raw` is kept; nothing is parsed until the pipeline normalises it. */
export interface RawTime {
  raw: string;
  /** Which of the feed's times this is, e.g. `webdate`. */
  field: string;
}

export interface DraftAttachment {
  name: string;
  /** Absolute http(s) address. */
  url: string;
}

/** One notice as an adapter read it: text cleaned of markup, nothing interpreted. */
export interface NoticeDraft {
  /** The source's own id in its most stable raw form (suffixes like `_001` stripped). */
  sourceItemId: string;
  /** Further ids under which the source names the same item. */
  aliases?: string[];
  column: { code: string; label?: string };
  /** What the column map of the settings says; undefined when the column is not mapped. */
  mapping?: ColumnMapping;
  /** Set when the column holds entries of the exposure board or the blacklist; there is no mapping then. */
  exposure?: ExposureColumn | undefined;
  /** Full title without tags, entities, badges and prefixes. */
  title: string;
  /** The title as the feed gave it. */
  rawTitle: string;
  published: RawTime;
  /** Last change according to the feed. */
  modified?: RawTime;
  /** District or platform text as the feed gave it. */
  countyText?: string;
  /** Whoever sent it speaks for one county only: no word in it makes it another's. */
  ownCounty?: boolean;
  /** The notice's page at the source. */
  url?: string;
  /** The notice's page at the site it was reposted from. */
  originUrl?: string;
  /** Raw body, hostile. Undefined until the detail was read. */
  bodyHtml?: string;
  attachments: DraftAttachment[];
  projectCode?: string;
  lotCode?: string;
  /** Facts given as labelled values by the feed (`预算金额` → `￥56.980000 万元（人民币）`). */
  fields: Record<string, string>;
  /** Withdrawn by the source itself (a tombstone), never a mere absence. */
  withdrawn?: boolean;
  /** Everything not mapped, for audit; left out of the content hash (counters and badges belong here). */
  extra: Record<string, unknown>;
}

/** One page of a feed's list. */
export interface FeedPage {
  /** Items that could be read. */
  drafts: NoticeDraft[];
  /** Items that could not, each kept as rejected with its reason; they never stop the good ones. */
  faults: { sourceItemId?: string; raw: string; reason: string }[];
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

/** The answer is not the feed it should be. `message` is Chinese, for the sync board; `excerpt` shows the first 200 characters. */
export class FeedFormatError extends Error {
  readonly excerpt: string;

  constructor(message: string, excerpt = '') {
    super(message);
    this.name = 'FeedFormatError';
    this.excerpt = showDamage(excerpt.slice(0, 200));
  }
}
