import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '#db/lease.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { loadOverlay } from '#src/publish/items/overlay.ts';
import { ItemPool, PoolClosedError } from '#src/publish/items/pool.ts';
import type { Tally } from '#src/publish/items/store-item.ts';
import type { PushedItem, PushKind } from '../../api/sync/schema.ts';
import { addPushSource, pushSourceKey } from '../keys.ts';
import { finishReceived, startReceived } from '../runs.ts';
import { type ReadItem, saveItem } from '../save-items.ts';
import type { LineOrigin, ReadLine } from './read-line.ts';
import { digestFile, openLines } from './source-lines.ts';

const ENTRY = new URL('./line-thread.ts', import.meta.url);
/** Lines stored in one transaction unless it is said: a commit waits for the disk, and other writers wait for it. */
const BATCH = 500;
/** Transactions' worth of lines that are read ahead of the one being stored. */
const AHEAD = 3;

/** A file to be imported, and for whom. */
export interface ImportJob {
  kind: PushKind;
  /** Whose items they are: as if it had pushed them. The city speaks for all of its counties. */
  county: County;
  /** JSON lines, each an item of a push or a line of a bulk file; may be compressed with gzip. */
  path: string;
  actor: Actor;
}

/** How an import is run. */
export interface ImportOptions {
  /** Threads that read lines; by default one fewer than the machine has processors. */
  threads?: number;
  /** Lines stored in one transaction. */
  batch?: number;
  /** Stops after the transaction under way; the next import of the same file goes on there. */
  signal?: AbortSignal;
  /** Called after each transaction, with bytes of the file. */
  onProgress?(position: number, size: number): void;
  /** Called for every line that is refused; `number` counts from 1. */
  onRefused?(number: number, item: PushedItem): void;
}

/** How far an import is; stored with what was stored. */
const progressSchema = z.object({
  lines: z.int(),
  tally: z.object({ created: z.int(), changed: z.int(), unchanged: z.int(), rejected: z.int() }),
  isDone: z.boolean(),
});
export type ImportProgress = z.output<typeof progressSchema>;

/** What an import did, the runs before it that were cut off included. */
export interface ImportResult extends ImportProgress {
  /** Lines that earlier runs had taken. */
  resumedAt: number;
}

/** Another process takes items of the county in. */
export class ImportBusyError extends Error {}

interface Running {
  db: Db;
  job: ImportJob;
  origin: LineOrigin;
  lease: Lease;
  runId: string;
  /** Key of `keyValues` that holds the progress. */
  progressKey: string;
  pool: ItemPool<string, ReadLine>;
  options: ImportOptions;
}

/**
 * Takes a file of items in, every one the way of a push: read and judged on several threads, stored by this one in the order of the
 * file, several hundred a transaction. How far it is, is stored in the same transactions: a killed import of the same bytes goes
 * on where it was, and one that was completed changes nothing.
 * @throws ImportBusyError while the county pushes, PushRefusedError when the file is not UTF-8, SqliteError when the machine fails
 */
export async function importFile(db: Db, job: ImportJob, options: ImportOptions = {}): Promise<ImportResult> {
  const { kind, county } = job;
  const sourceKey = pushSourceKey(county);
  addPushSource(db, county);
  const lease = acquireLease(db, `ingest ${sourceKey}`);
  if (!lease) throw new ImportBusyError('本县的推送正在处理，请稍后再试');
  const overlay = loadOverlay(db, { key: sourceKey, speaksForItself: false });
  const origin = { kind, sourceKey, county, overlay };
  const { threads } = options;
  const pool = new ItemPool<string, ReadLine>({ entry: ENTRY, data: origin, ...(threads ? { threads } : {}) });
  try {
    const progressKey = `import ${sourceKey} ${kind} ${await digestFile(job.path)}`;
    return await take({ db, job, origin, lease, runId: randomUUID(), progressKey, pool, options });
  } finally {
    await pool.close();
    releaseLease(db, lease);
  }
}

async function take(running: Running): Promise<ImportResult> {
  const { db, job, progressKey, options } = running;
  const progress = readProgress(db, progressKey);
  const resumedAt = progress.lines;
  if (progress.isDone) return { ...progress, resumedAt };
  const run = { runId: running.runId, sourceKey: running.origin.sourceKey };
  startReceived(db, run, new Date().toISOString());
  const { lines, size, position } = openLines(job.path);
  const told = emptyTally();
  const save = (batch: readonly ReadItem[]) => {
    const items = saveBatch(running, batch, progress);
    for (const item of items) {
      told[item.status]++;
      if (item.status === 'rejected') options.onRefused?.(item.index + 1, item);
    }
    options.onProgress?.(position(), size);
  };
  const isWhole = await walk(running, lines, resumedAt, save);
  const finish = () => {
    renewLease(db, running.lease);
    progress.isDone = isWhole;
    saveKeyValue(db, progressKey, JSON.stringify(progress));
    finishReceived(db, run, told, isWhole ? 'succeeded' : 'interrupted');
  };
  db.$client.transaction(finish).immediate();
  return { ...progress, resumedAt };
}

/** Reads the lines behind the first `skipped` and hands them on in their order. False when it was stopped before the end. */
async function walk(
  running: Running,
  lines: AsyncIterable<string>,
  skipped: number,
  save: (batch: readonly ReadItem[]) => void,
): Promise<boolean> {
  const ahead: Promise<ReadItem[]>[] = [];
  const saveNext = async () => save((await ahead.shift()) ?? []);
  let batch: Promise<ReadItem>[] = [];
  const close = () => {
    const whole = Promise.all(batch);
    // Awaited later: until then nobody hears of a failure.
    whole.catch(() => undefined);
    ahead.push(whole);
    batch = [];
  };
  let index = -1;
  for await (const text of lines) {
    index++;
    if (index < skipped) continue;
    batch.push(readOne(running, text, index));
    if (batch.length < (running.options.batch ?? BATCH)) continue;
    close();
    if (ahead.length <= AHEAD) continue;
    await saveNext();
    if (running.options.signal?.aborted) return false;
  }
  if (batch.length > 0) close();
  while (ahead.length > 0) {
    if (running.options.signal?.aborted) return false;
    await saveNext();
  }
  return true;
}

async function readOne({ pool }: Running, text: string, index: number): Promise<ReadItem> {
  try {
    const { id, completed, library, error } = await pool.run(text);
    if (library) return { index, id, text, prepared: { library } };
    if (!completed) return { index, id, text, error };
    return { index, id, text, prepared: { completed: error === undefined ? completed : { ...completed, error } } };
  } catch (error) {
    if (error instanceof PoolClosedError) throw error;
    return { index, id: null, text, error };
  }
}

/** Stores lines and how far the import is behind them in one transaction. */
function saveBatch(running: Running, batch: readonly ReadItem[], progress: ImportProgress): PushedItem[] {
  const { db, job, lease, runId, origin, progressKey } = running;
  const context = { runId, actor: job.actor, now: new Date().toISOString() };
  const save = () => {
    renewLease(db, lease);
    const items = batch.map((item) => saveItem(db, item, origin.sourceKey, context));
    const tally = { ...progress.tally };
    for (const { status } of items) tally[status]++;
    const next = { lines: progress.lines + batch.length, tally, isDone: false };
    saveKeyValue(db, progressKey, JSON.stringify(next));
    return { items, next };
  };
  const { items, next } = db.$client.transaction(save).immediate();
  Object.assign(progress, next);
  return items;
}

const emptyTally = (): Tally => ({ created: 0, changed: 0, unchanged: 0, rejected: 0 });

function readProgress(db: Db, key: string): ImportProgress {
  const stored = readKeyValue(db, key, '');
  if (stored === '') return { lines: 0, tally: emptyTally(), isDone: false };
  return progressSchema.parse(JSON.parse(stored));
}
