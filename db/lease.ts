import { randomUUID } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import type { Db } from './client.ts';
import { isSameProcess, thisProcess } from './process-identity.ts';
import { toStorageError } from './storage-errors.ts';

/** A lease of a process of another machine outlives its last renewal by this much, or that of a process that hangs. */
const TTL_MS = 60_000;

export interface Lease {
  name: string;
  holder: string;
  /** Fencing token: greater than that of every earlier holder. */
  token: number;
}

/** Somebody else holds the lease: this holder's late writes must not land. */
export class LeaseLostError extends Error {
  constructor(name: string) {
    super(`租约已失效：${name}`);
    this.name = 'LeaseLostError';
  }
}

interface LeaseRow {
  holder: string;
  token: number;
  expires_at: string;
}

/** What this thread holds: a lease of ours that is not among them is one that could not be given back. */
const held = new Set<string>();

/**
 * Takes a lease, or returns undefined while a living holder has it. The lease of a dead process on this machine, or one that this
 * thread could not give back, is taken over at once.
 */
export function acquireLease(db: Db, name: string): Lease | undefined {
  const client = db.$client;
  const taken = client
    .transaction(() => {
      const row = client.prepare('SELECT holder, token, expires_at FROM leases WHERE name = ?').get(name) as
        | LeaseRow
        | undefined;
      if (row && row.expires_at > new Date().toISOString() && isAlive(row.holder)) return undefined;
      const lease: Lease = {
        name,
        holder: `${thisProcess()} ${threadId} ${randomUUID()}`,
        token: (row?.token ?? 0) + 1,
      };
      client
        .prepare(
          'INSERT OR REPLACE INTO leases (name, holder, token, expires_at) VALUES (@name, @holder, @token, @expiresAt)',
        )
        .run({ ...lease, expiresAt: expiry() });
      return lease;
    })
    .immediate();
  if (taken) held.add(taken.holder);
  return taken;
}

/** Prolongs a lease. Inside a write transaction this is the fence: the transaction fails when the lease is lost. @throws LeaseLostError */
export function renewLease(db: Db, { name, holder, token }: Lease): void {
  const { changes } = db.$client
    .prepare('UPDATE leases SET expires_at = ? WHERE name = ? AND holder = ? AND token = ?')
    .run(expiry(), name, holder, token);
  if (changes === 0) throw new LeaseLostError(name);
}

/** How often it is tried again to give a lease back. */
const RETRY_MS = 500;

/**
 * Gives a lease back. Does nothing when it was lost. When the disk is full or another writer is busy, this is tried again until it
 * succeeds, while the caller goes on.
 */
export function releaseLease(db: Db, lease: Lease): void {
  held.delete(lease.holder);
  if (tryRelease(db, lease)) return;
  const retry = setInterval(() => {
    if (!db.$client.open || tryRelease(db, lease)) clearInterval(retry);
  }, RETRY_MS);
  retry.unref();
}

/** False when the storage failed. */
function tryRelease(db: Db, { name, holder, token }: Lease): boolean {
  try {
    db.$client.prepare('DELETE FROM leases WHERE name = ? AND holder = ? AND token = ?').run(name, holder, token);
    return true;
  } catch (error) {
    if (!toStorageError(error)) throw error;
    return false;
  }
}

/** Takes the leases of other threads of this process back: the caller is the only one that takes any, and they are gone. */
export function releaseLeasesOfThreads(db: Db): void {
  const own = `${thisProcess()} `;
  db.$client.prepare('DELETE FROM leases WHERE substr(holder, 1, ?) = ?').run(own.length, own);
}

function expiry(): string {
  return new Date(Date.now() + TTL_MS).toISOString();
}

/** False when the holder was a process of this machine that no longer exists, or this thread, which holds it no longer. */
function isAlive(holder: string): boolean {
  const [identity = '', thread] = holder.split(' ');
  if (identity === thisProcess() && thread === String(threadId)) return held.has(holder);
  return isSameProcess(identity);
}
