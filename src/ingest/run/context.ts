import type { Db } from '#db/client.ts';
import type { sources } from '#db/schema/sources.ts';
import type { County } from '#src/domain/counties.ts';
import type { FeedAnswer, Fetcher, Validators } from '../fetch.ts';
import type { Lease } from '../lease.ts';
import type { PreparedNotice } from '../prepare.ts';
import type { KnownNotice } from '../store/known.ts';
import type { RawItem } from '../store/raw-items.ts';
import { type FeedAdapter, FeedFormatError, type FeedRequest, type NoticeDraft, type ParseContext } from '../types.ts';
import { renewSession, type Session, withSession } from './session.ts';

export type SourceRow = typeof sources.$inferSelect;

export interface RunCounts {
  fetched: number;
  created: number;
  changed: number;
  unchanged: number;
  rejected: number;
}

export interface RunProgress extends RunCounts {
  sourceKey: string;
  /** Rows the feed claims to have, when it says so. */
  total: number | undefined;
}

export interface RunOptions {
  /** `YYYY-MM-DD`: read the feed back to this day. */
  since?: string | undefined;
  /** Read the whole feed; the only kind of run that notices what has gone. */
  full?: boolean | undefined;
  /** Read and judge everything, store nothing. */
  dryRun?: boolean | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  fetcher: Fetcher;
}

/** How a source is read. */
export interface LoadedFeed {
  adapter: FeedAdapter<unknown>;
  settings: unknown;
}

/** Everything one run over one source carries along. */
export interface RunRecord {
  db: Db;
  source: SourceRow & { county: County };
  options: RunOptions;
  runId: string;
  /** Absent on a dry run. */
  lease: Lease | undefined;
  /** Start of the window, absent when the whole feed is read. */
  since: string | undefined;
  /** Hold checks are switched off once by an operator's release. */
  released: boolean;
  counts: RunCounts;
  total: number | undefined;
  /** Item ids met in this run. */
  seen: Set<string>;
  /** Newest plausible publication time met. */
  newest: string;
  /** Undefined for feeds that want no handshake. */
  session: Session | undefined;
  validators: Record<string, Validators>;
  /** Lists that answered "not modified". */
  notModified: number;
  /** Items read and not yet stored. */
  queue: CompletedItem[];
  /** When items were last stored (epoch ms). */
  savedAt: number;
}

/** A run whose adapter is loaded. */
export type RunContext = RunRecord & LoadedFeed;

/** A list entry that has to be stored. */
export interface FreshItem {
  draft: NoticeDraft;
  listHash: string;
  known: KnownNotice | undefined;
}

/** A fresh item with its details read: ready to be stored, to be withdrawn, or to be put aside. */
export interface CompletedItem extends FreshItem {
  raw: RawItem;
  prepared?: PreparedNotice;
  error?: unknown;
}

const PARSE_ATTEMPTS = 2;

/**
 * Fetches and parses. An answer of the wrong shape is fetched once more: sites serve an error page now and then, and so
 * do sessions that have run out.
 */
export async function fetchParsed<T>(
  run: RunContext,
  request: FeedRequest,
  parse: (answer: FeedAnswer, context: ParseContext<unknown>) => T | Promise<T>,
  validators?: Validators,
): Promise<{ answer: FeedAnswer; parsed: T | undefined }> {
  for (let tried = 1; ; tried++) {
    try {
      const asked = withSession(run, request);
      const answer = await run.options.fetcher.get(asked, { validators, signal: run.options.signal });
      if (answer.notModified) return { answer, parsed: undefined };
      const context = { settings: run.settings, request, contentType: answer.contentType };
      return { answer, parsed: await parse(answer, context) };
    } catch (error) {
      if (tried >= PARSE_ATTEMPTS) throw error;
      const renewed = await renewSession(run, request, error);
      if (!renewed && !(error instanceof FeedFormatError)) throw error;
    }
  }
}
