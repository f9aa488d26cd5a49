import { z } from 'zod';
import { renewLease } from '#db/lease.ts';
import type { RowFault } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseSheet } from '#src/formats/table.ts';
import { quarantineFault } from '#src/publish/items/quarantine.ts';
import { importLibrary } from '#src/publish/library/import.ts';
import type { RunRecord } from './run/context.ts';
import { toSaveContext } from './run/records.ts';

/** Adapter name of sources that are a table of the company library, not a feed of notices. */
export const LIBRARY_ADAPTER = 'library-table';

const settingsSchema = z.strictObject({
  /** Address of the CSV, XLSX or XLS file. */
  url: z.url(),
  /** Name of the register as it is shown beside every entry. */
  register: z.string().min(1).max(100),
});

/**
 * Reads a register's table and takes its rows over: what was there before is checked anew, what cannot be taken is kept with
 * its reasons. Entries that the table no longer has stay, with the day of their last check.
 * @throws FetchError when it cannot be read, FeedFormatError when it is not a table of one library block, or has no rows.
 */
export async function readLibraryFeed(run: RunRecord): Promise<void> {
  const settings = settingsSchema.safeParse(run.source.settings);
  if (!settings.success) throw new Error(`来源设置有误：${z.prettifyError(settings.error)}`);
  const { url, register } = settings.data;
  const { fetcher, signal, dryRun } = run.options;
  const { bytes } = await fetcher.get({ url, expect: 'file' }, { signal });
  const { table, faults } = await parseSheet(bytes);
  const rows = table.length - 1;
  if (rows < 1) throw new FeedFormatError('名录没有返回任何条目');
  run.counts.fetched += rows + faults.length;
  run.counts.rejected += faults.length;
  if (dryRun) return;
  saveFaults(run, faults);
  const { added, renewed, rejected } = importLibrary(run.db, table, {
    ...toSaveContext(run),
    source: register,
    signal,
  });
  run.counts.created += added;
  run.counts.unchanged += renewed;
  run.counts.rejected += rejected;
}

/** Keeps rows that are no rows; those that are and cannot be taken are kept by the import. */
function saveFaults(run: RunRecord, faults: readonly RowFault[]): void {
  const { db, lease, source } = run;
  if (faults.length === 0) return;
  const context = toSaveContext(run);
  const save = () => {
    if (lease) renewLease(db, lease);
    for (const fault of faults) quarantineFault(db, source.key, fault, context);
  };
  db.$client.transaction(save).immediate();
}
