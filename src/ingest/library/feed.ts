import { z } from 'zod';
import { parseCsv, parseXlsx } from '../formats/table.ts';
import type { RunRecord } from '../run/context.ts';
import { FeedFormatError } from '../types.ts';
import { importLibrary } from './import.ts';

/** Adapter name of sources that are a table of the company library, not a feed of notices. */
export const LIBRARY_ADAPTER = 'library-table';

const settingsSchema = z.strictObject({
  /** Address of the CSV or XLSX file. */
  url: z.url(),
  /** Name of the register as it is shown beside every entry. */
  register: z.string().min(1).max(100),
});

const ZIP = 'PK';

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
  const isWorkbook = Buffer.from(bytes.subarray(0, ZIP.length)).toString('latin1') === ZIP;
  const table = isWorkbook ? await parseXlsx(bytes) : parseCsv(bytes);
  const rows = table.length - 1;
  if (rows < 1) throw new FeedFormatError('名录没有返回任何条目');
  run.counts.fetched += rows;
  if (dryRun) return;
  const { added, renewed, rejected } = importLibrary(run.db, table, {
    source: register,
    now: new Date().toISOString(),
    signal,
  });
  run.counts.created += added;
  run.counts.unchanged += renewed;
  run.counts.rejected += rejected;
}
