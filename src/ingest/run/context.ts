import type { Db } from '#db/client.ts';
import type { Lease } from '#db/lease.ts';
import type { sources } from '#db/schema/sources.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { SourceOverlay } from '#src/publish/items/overlay.ts';
import type { ReadyItem, Tally } from '#src/publish/items/store-item.ts';
import type { KnownNotice } from '#src/publish/notices/known.ts';
import type { LoadedFeed } from '../details/complete.ts';
import type { DetailPool } from '../details/pool.ts';
import type { Fetcher, Validators } from '../fetch.ts';

export type SourceRow = typeof sources.$inferSelect;

export interface RunCounts extends Tally {
  fetched: number;
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
  /** Threads that read and prepare items; without them this thread does it. */
  pool?: DetailPool | undefined;
}

/** What a handshake gave: headers for later requests to the same origin, and to no other. */
export interface Session {
  origin: string;
  headers: Record<string, string>;
}

/** Everything one run over one source carries along. */
export interface RunRecord {
  db: Db;
  source: SourceRow & { county: County };
  options: RunOptions;
  runId: string;
  /** Absent on a dry run. */
  lease: Lease | undefined;
  /** What staff decided about the source and its items. */
  overlay: SourceOverlay;
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
  /** Part of the feed could not be read: nothing is taken for gone. */
  isPartial: boolean;
  /** Lists that answered "not modified". */
  notModified: number;
  /** Items read and not yet stored. */
  queue: CompletedItem[];
  /** When items were last stored (ms, by `performance.now`). */
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

/** A fresh item with its details read. */
export type CompletedItem = FreshItem & ReadyItem;
