import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '#db/lease.ts';
import { keyActor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DraftPool } from '#src/publish/items/draft-pool.ts';
import { loadOverlay, type SourceOverlay } from '#src/publish/items/overlay.ts';
import { PoolClosedError } from '#src/publish/items/pool.ts';
import type { PushedItem, PushResult } from '../api/sync/schema.ts';
import { prepareItem } from './prepare-item.ts';
import { findItemId, parseItem } from './read-item.ts';
import { PushRefusedError } from './refused.ts';
import { dropRequest, keepAnswer, openRequest, type PushRequest } from './requests.ts';
import { finishReceived, startReceived } from './runs.ts';
import { type ReadItem, saveItem } from './save-items.ts';
import { type PushFormat, splitItems } from './split.ts';

/** Items of one push at most. */
export const MOST_ITEMS = 10_000;
/** Items prepared side by side and stored in one transaction: each commit waits for the disk, and other writers wait for it. */
const BATCH = 100;

/** A push that lies in a file, with everything about it checked but its items. */
export interface PushJob extends PushRequest {
  county: County;
  format: PushFormat;
  /** The spooled body. */
  path: string;
}

interface Receipt {
  db: Db;
  pool: DraftPool;
  job: PushJob;
  lease: Lease;
  runId: string;
  receivedAt: string;
  overlay: SourceOverlay;
}

/**
 * Takes a push in: every item the way of the pull, in its order, a transaction for each hundred. Returns only after the last
 * commit; a push that is repeated gets the answer it got, or, when its process died, is done again, which changes nothing twice.
 * @throws PushRefusedError when the push as a whole cannot be taken; nothing of it is stored then
 */
export async function receivePush(db: Db, pool: DraftPool, job: PushJob): Promise<PushResult> {
  const receivedAt = new Date().toISOString();
  // The same lease as a pull of the source: one of them at a time, and none by two processes.
  const lease = acquireLease(db, `ingest ${job.sourceKey}`);
  if (!lease) throw new PushRefusedError(409, '本县的另一次推送正在处理，请稍后再试');
  try {
    const answered = openRequest(db, job, receivedAt);
    if (answered) return answered;
    await assertWhole(db, job);
    const overlay = loadOverlay(db, { key: job.sourceKey, speaksForItself: false });
    return await store({ db, pool, job, lease, runId: randomUUID(), receivedAt, overlay });
  } finally {
    releaseLease(db, lease);
  }
}

/** Reads through the whole body once before anything of it is stored. */
async function assertWhole(db: Db, job: PushJob): Promise<void> {
  try {
    let count = 0;
    for await (const _item of splitItems(job.path, job.format)) {
      count++;
      if (count > MOST_ITEMS) throw new PushRefusedError(413, `一次最多 ${MOST_ITEMS} 条`);
    }
    if (count === 0) throw new PushRefusedError(400, '没有内容');
  } catch (error) {
    dropRequest(db, job);
    throw error;
  }
}

async function store(receipt: Receipt): Promise<PushResult> {
  const { db, job, receivedAt } = receipt;
  const run = { runId: receipt.runId, sourceKey: job.sourceKey };
  startReceived(db, run, receivedAt);
  const items: PushedItem[] = [];
  let reading: Promise<ReadItem[]> = Promise.resolve([]);
  let start = 0;
  for await (const texts of toBatches(splitItems(job.path, job.format))) {
    // The pool prepares the next hundred while this thread waits for the disk with the last.
    const next = readBatch(receipt, texts, start);
    next.catch(() => undefined);
    items.push(...saveBatch(receipt, await reading));
    reading = next;
    start += texts.length;
  }
  items.push(...saveBatch(receipt, await reading));
  const count = (status: PushedItem['status']) => items.filter((item) => item.status === status).length;
  const counts = {
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
  };
  const answer: PushResult = { received: items.length, ...counts, receivedAt, items };
  const finish = () => {
    renewLease(db, receipt.lease);
    finishReceived(db, run, counts);
    keepAnswer(db, job, answer);
  };
  db.$client.transaction(finish).immediate();
  return answer;
}

async function* toBatches(texts: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const text of texts) {
    batch.push(text);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function readBatch(receipt: Receipt, texts: readonly string[], start: number): Promise<ReadItem[]> {
  return Promise.all(texts.map((text, offset) => readOne(receipt, text, start + offset)));
}

function saveBatch({ db, job, lease, runId }: Receipt, batch: readonly ReadItem[]): PushedItem[] {
  if (batch.length === 0) return [];
  const context = { runId, actor: keyActor(job.keyId), now: new Date().toISOString() };
  const save = () => {
    renewLease(db, lease);
    return batch.map((item) => saveItem(db, item, job.sourceKey, context));
  };
  return db.$client.transaction(save).immediate();
}

async function readOne({ pool, job, overlay }: Receipt, text: string, index: number): Promise<ReadItem> {
  let id: string | null = null;
  try {
    const value = parseItem(text);
    id = findItemId(value);
    return { index, id, text, prepared: await prepareItem(job.kind, value, { ...job, overlay }, pool) };
  } catch (error) {
    if (error instanceof PoolClosedError) throw error;
    return { index, id, text, error };
  }
}
