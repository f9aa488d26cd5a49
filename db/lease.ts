import { randomUUID } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import type { Params } from './compile.ts';
import { isSameProcess, thisProcess } from './process-identity.ts';
import { defineQuery } from './query.ts';
import { leases } from './schema/index.ts';
import { excludedOf } from './sql-pieces.ts';
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

const FIND = defineQuery((db, p: Params<{ name: string }>) => db.select().from(leases).where(eq(leases.name, p.name)));
const TAKE = defineQuery((db, p: Params<typeof leases.$inferSelect>) =>
  db
    .insert(leases)
    .values({ name: p.name, holder: p.holder, token: p.token, expiresAt: p.expiresAt })
    .onConflictDoUpdate({
      target: leases.name,
      set: excludedOf({ holder: leases.holder, token: leases.token, expiresAt: leases.expiresAt }),
    }),
);
const isHeld = (p: Params<Lease>) =>
  and(eq(leases.name, p.name), eq(leases.holder, p.holder), eq(leases.token, p.token));
const RENEW = defineQuery((db, p: Params<Lease & { expiresAt: string }>) =>
  db.update(leases).set({ expiresAt: p.expiresAt }).where(isHeld(p)),
);
const RELEASE = defineQuery((db, p: Params<Lease>) => db.delete(leases).where(isHeld(p)));
const RELEASE_OWN = defineQuery((db, p: Params<{ own: string }>) =>
  db.delete(leases).where(sql`substr(${leases.holder}, 1, length(${p.own})) = ${p.own}`),
);

/** What this thread holds: a lease of ours that is not among them is one that could not be given back. */
const held = new Set<string>();

/**
 * Takes a lease, or returns undefined while a living holder has it. The lease of a dead process on this machine, or one that this
 * thread could not give back, is taken over at once.
 */
export function acquireLease(db: Db, name: string): Lease | undefined {
  const taken = db.$client
    .transaction(() => {
      const row = FIND.first(db, { name });
      if (row && row.expiresAt > new Date().toISOString() && isAlive(row.holder)) return undefined;
      const lease: Lease = {
        name,
        holder: `${thisProcess()} ${threadId} ${randomUUID()}`,
        token: (row?.token ?? 0) + 1,
      };
      TAKE.run(db, { ...lease, expiresAt: expiry() });
      return lease;
    })
    .immediate();
  if (taken) held.add(taken.holder);
  return taken;
}

/** Prolongs a lease. Inside a write transaction this is the fence: the transaction fails when the lease is lost. @throws LeaseLostError */
export function renewLease(db: Db, lease: Lease): void {
  const { changes } = RENEW.run(db, { ...lease, expiresAt: expiry() });
  if (changes === 0) throw new LeaseLostError(lease.name);
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
function tryRelease(db: Db, lease: Lease): boolean {
  try {
    RELEASE.run(db, lease);
    return true;
  } catch (error) {
    if (!toStorageError(error)) throw error;
    return false;
  }
}

/** Takes the leases of other threads of this process back: the caller is the only one that takes any, and they are gone. */
export function releaseLeasesOfThreads(db: Db): void {
  RELEASE_OWN.run(db, { own: `${thisProcess()} ` });
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
