import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Db } from '#db/client.ts';

/** A lease outlives its last renewal by this much; then anyone may take it. */
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

/** Takes a lease, or returns undefined while a living holder has it. The lease of a dead process on this machine is taken over at once. */
export function acquireLease(db: Db, name: string): Lease | undefined {
  const client = db.$client;
  return client
    .transaction(() => {
      const row = client.prepare('SELECT holder, token, expires_at FROM leases WHERE name = ?').get(name) as
        | LeaseRow
        | undefined;
      if (row && row.expires_at > new Date().toISOString() && isAlive(row.holder)) return undefined;
      const lease: Lease = {
        name,
        holder: `${hostname()} ${process.pid} ${randomUUID()}`,
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
}

/** Prolongs a lease. Inside a write transaction this is the fence: the transaction fails when the lease is lost. @throws LeaseLostError */
export function renewLease(db: Db, { name, holder, token }: Lease): void {
  const { changes } = db.$client
    .prepare('UPDATE leases SET expires_at = ? WHERE name = ? AND holder = ? AND token = ?')
    .run(expiry(), name, holder, token);
  if (changes === 0) throw new LeaseLostError(name);
}

/** Gives a lease back. Does nothing when it was lost. */
export function releaseLease(db: Db, { name, holder, token }: Lease): void {
  db.$client.prepare('DELETE FROM leases WHERE name = ? AND holder = ? AND token = ?').run(name, holder, token);
}

function expiry(): string {
  return new Date(Date.now() + TTL_MS).toISOString();
}

/** False when the holder was a process of this machine that no longer exists. */
function isAlive(holder: string): boolean {
  const [host, pid] = holder.split(' ');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
