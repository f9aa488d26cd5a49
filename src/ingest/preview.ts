import type { Db } from '#db/client.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { toReasons } from '#src/publish/items/quarantine.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import type { PreparedNotice } from '#src/publish/prepare/prepare.ts';
import { ADAPTERS } from './adapters/index.ts';
import type { Fetcher } from './fetch.ts';
import { loadFeed, toRunRecord } from './pipeline.ts';
import type { RunContext, SourceRow } from './run/context.ts';
import { completeItems } from './run/details.ts';
import { readPage } from './run/lists.ts';
import { shakeHands } from './run/session.ts';
import type { SourceConfig } from './types.ts';

/** Rows that are shown. */
const SHOWN = 10;

/** One row of a feed as it would be published, or why it would not. */
export interface PreviewRow {
  sourceItemId: string;
  title: string;
  published: PreparedNotice['content'] | null;
  reading: PreparedNotice['reading'] | null;
  reasons: string[];
}

/** What the first page of a feed that nobody reads yet would become. Nothing is stored. */
export interface Preview {
  rows: PreviewRow[];
  /** Rows that cannot be read at all. */
  faults: string[];
  /** Rows that the feed says it has. */
  total: number | null;
}

/** Platforms that a source can be entered for in the console: those that this site reads by itself, over the network. */
export const listReadable = (): { key: string; name: string; caveats: readonly string[] }[] =>
  Object.values(ADAPTERS)
    .filter(({ key }) => key !== 'push' && key !== 'folder')
    .map(({ key, name, caveats }) => ({ key, name, caveats }));

/** A source as its row would be, before there is one. */
export function toSourceRow(config: SourceConfig, speaksForItself: boolean): SourceRow {
  return {
    ...{
      key: config.key,
      name: config.name,
      county: config.county,
      adapter: config.adapter,
      settings: config.settings,
    },
    ...{
      schedule: config.schedule,
      minimumItems: config.minimumItems,
      homepage: config.homepage ?? null,
      enabled: true,
    },
    ...{ validators: {}, lastAttemptAt: null, lastSuccessAt: null, lastPublishedAt: null, lastItemCount: null },
    ...{ consecutiveFailures: 0, lastError: null, heldReason: null, origin: 'console' },
    ...{ release: 'automatic', keepsFiles: false },
    ...{ speaksForItself, pausedAt: null, pauseReason: null },
  };
}

/**
 * Reads the first page of a feed and judges its first rows as a run would, with their details.
 * @throws Error when the settings do not fit the adapter, FetchError and FeedFormatError when the site does not answer as it should
 */
export async function previewSource(
  db: Db,
  source: SourceRow,
  fetcher: Fetcher,
  signal: AbortSignal,
): Promise<Preview> {
  const run: RunContext = Object.assign(
    toRunRecord(db, source, undefined, { dryRun: true, fetcher, signal }),
    loadFeed(source),
  );
  await shakeHands(run);
  const [first] = run.adapter.lists(run.settings, { until: formatDate(new Date().toISOString()) });
  const page = first && (await readPage(run, first, false));
  if (!page) return { rows: [], faults: ['来源没有可读的列表'], total: null };
  const fresh = page.drafts.slice(0, SHOWN).map((draft) => ({ draft, listHash: draftHash(draft), known: undefined }));
  const completed = await completeItems(run, fresh);
  return {
    rows: completed.map(({ draft, prepared, error }) => ({
      sourceItemId: draft.sourceItemId,
      title: prepared?.content.title ?? draft.title,
      published: prepared?.content ?? null,
      reading: prepared?.reading ?? null,
      reasons: error === undefined ? [] : toReasons(error).map(({ message }) => message),
    })),
    faults: page.faults.slice(0, SHOWN).map(({ reason }) => reason),
    total: page.total ?? null,
  };
}
