import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { chooseCurrentName, saveName } from './names.ts';
import { findByCode, findRoot, type Identity } from './records.ts';
import { createCoded, listHolders, settleName } from './resolve.ts';

/**
 * The organization that a register's entry belongs to: by its code, else by a name that only one organization with a
 * code has. A register's name counts more than a notice's; another name than the register gave before is for staff to
 * judge. The caller holds the transaction.
 */
export function findLibraryOwner(
  db: Db,
  identity: Identity,
  now: string,
): { organizationId: string } | { reason: string } {
  const { key, uscc } = identity;
  if (!uscc) {
    const [only, ...others] = listHolders(db, key);
    if (!only) return { reason: '没有统一社会信用代码，且没有已知代码的单位叫这个名称' };
    return others.length === 0 ? { organizationId: only } : { reason: '没有统一社会信用代码，且同名单位不止一个' };
  }
  const row = findByCode(db, uscc);
  if (!row) return { organizationId: createCoded(db, identity, 'library', now).id };
  const sql = "SELECT key, name FROM organization_names WHERE organization_id = ? AND known <> 'notice'";
  const given = listRows<{ key: string; name: string }>(db, sql, [row.id]);
  if (given.some((name) => name.key === key)) return { organizationId: row.id };
  const [other] = given;
  if (other) return { reason: `名录中该代码的名称是“${other.name}”，与本行不同，需要核对` };
  saveName(db, row.id, { ...identity, known: 'library' });
  settleName(db, key, now);
  chooseCurrentName(db, row.id, findRoot(db, row.id)?.id ?? row.id);
  return { organizationId: row.id };
}
