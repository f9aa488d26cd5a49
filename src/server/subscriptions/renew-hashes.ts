import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { subscriptions } from '#db/schema/subscriptions.ts';
import { hashToken, makeToken } from './tokens.ts';

const HASHES = defineQuery((db) =>
  db.select({ id: subscriptions.id, hash: subscriptions.manageHash }).from(subscriptions),
);
const UPDATE = defineQuery((db, p: Params<{ id: string; confirm: string; manage: string }>) =>
  db.update(subscriptions).set({ confirmHash: p.confirm, manageHash: p.manage }).where(eq(subscriptions.id, p.id)),
);

/**
 * Makes the kept hashes follow the key, as after a restore without its file: links in what is sent from now on must work, those sent
 * before no longer do. Returns the number of subscriptions whose hashes were of another key.
 */
export function renewHashes(db: Db, key: Buffer): number {
  const rows = HASHES.all(db);
  const hash = (purpose: 'confirm' | 'manage', id: string) => hashToken(makeToken(key, purpose, id));
  const others = rows.filter((row) => row.hash !== hash('manage', row.id));
  if (others.length === 0) return 0;
  const renew = ({ id }: { id: string }) =>
    UPDATE.run(db, { id, confirm: hash('confirm', id), manage: hash('manage', id) });
  db.$client.transaction(() => others.forEach(renew)).immediate();
  return others.length;
}
