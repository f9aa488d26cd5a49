import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties.ts';
import type { PushAnswer, PushedItem } from '#src/server/api/schemas/sync.ts';
import { type CompletionPool, PoolClosedError } from '../completion/pool.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from '../lease.ts';
import { prepareItem } from './prepare-item.ts';
import { findItemId } from './read-item.ts';
import { PushRefusedError } from './refused.ts';
import { dropRequest, keepAnswer, openRequest, type PushRequest } from './requests.ts';
import { finishPush, startPush } from './runs.ts';
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
  pool: CompletionPool;
  job: PushJob;
  lease: Lease;
  runId: string;
  receivedAt: string;
}

/**
 * Takes a push in: every item the way of the pull, in its order, a transaction for each hundred. Returns only after the last
 * commit; a push that is repeated gets the answer it got, or, when its process died, is done again, which changes nothing twice.
 * @throws PushRefusedError when the push as a whole cannot be taken; nothing of it is stored then
 */
export async function receivePush(db: Db, pool: CompletionPool, job: PushJob): Promise<PushAnswer> {
  const receivedAt = new Date().toISOString();
  // The same lease as a pull of the source: one of them at a time, and none by two processes.
  const lease = acquireLease(db, `ingest ${job.sourceKey}`);
  if (!lease) throw new PushRefusedError(409, '本县的另一次推送正在处理，请稍后再试');
  try {
    const answered = openRequest(db, job, receivedAt);
    if (answered) return answered;
    await assertWhole(db, job);
    return await store({ db, pool, job, lease, runId: randomUUID(), receivedAt });
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

async function store(receipt: Receipt): Promise<PushAnswer> {
  const { db, job, receivedAt } = receipt;
  startPush(receipt);
  const items: PushedItem[] = [];
  let batch: string[] = [];
  const flush = async () => {
    items.push(...(await storeBatch(receipt, batch, items.length)));
    batch = [];
  };
  for await (const text of splitItems(job.path, job.format)) {
    batch.push(text);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  const count = (status: PushedItem['status']) => items.filter((item) => item.status === status).length;
  const counts = {
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
  };
  const answer: PushAnswer = { received: items.length, ...counts, receivedAt, items };
  const finish = () => {
    renewLease(db, receipt.lease);
    finishPush(receipt, counts);
    keepAnswer(db, job, answer);
  };
  db.$client.transaction(finish).immediate();
  return answer;
}

async function storeBatch(receipt: Receipt, texts: readonly string[], start: number): Promise<PushedItem[]> {
  const { db, job, lease, runId } = receipt;
  const read = await Promise.all(texts.map((text, offset) => readOne(receipt, text, start + offset)));
  const context = { runId, now: new Date().toISOString() };
  const save = () => {
    renewLease(db, lease);
    return read.map((item) => saveItem(db, item, job.sourceKey, context));
  };
  return db.$client.transaction(save).immediate();
}

async function readOne({ pool, job }: Receipt, text: string, index: number): Promise<ReadItem> {
  const item = { index, id: findItemId(text), text };
  try {
    return { ...item, prepared: await prepareItem(job.kind, text, job, pool) };
  } catch (error) {
    if (error instanceof PoolClosedError) throw error;
    return { ...item, error };
  }
}
