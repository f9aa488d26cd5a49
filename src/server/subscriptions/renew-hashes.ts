import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import { hashToken, makeToken } from './tokens.ts';

const UPDATE = 'UPDATE subscriptions SET confirm_hash = ?, manage_hash = ? WHERE id = ?';

/**
 * Makes the kept hashes follow the key, as after a restore without its file: links in what is sent from now on must work, those sent
 * before no longer do. Returns the number of subscriptions whose hashes were of another key.
 */
export function renewHashes(db: Db, key: Buffer): number {
  const rows = listRows<{ id: string; hash: string }>(db, 'SELECT id, manage_hash AS hash FROM subscriptions');
  const hash = (purpose: 'confirm' | 'manage', id: string) => hashToken(makeToken(key, purpose, id));
  const others = rows.filter((row) => row.hash !== hash('manage', row.id));
  if (others.length === 0) return 0;
  const renew = ({ id }: { id: string }) => runStatement(db, UPDATE, [hash('confirm', id), hash('manage', id), id]);
  db.$client.transaction(() => others.forEach(renew)).immediate();
  return others.length;
}
