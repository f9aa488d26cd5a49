import { and, eq, ne } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { organizationNames } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { chooseCurrentName } from './current-name.ts';
import { saveName } from './names.ts';
import { findByCode, findRoot, type Identity } from './records.ts';
import { createCoded, listHolders, settleName } from './resolve.ts';

/** Names that a register or staff gave an organization. */
const GIVEN = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ key: organizationNames.key, name: organizationNames.name })
    .from(organizationNames)
    .where(and(eq(organizationNames.organizationId, p.id), ne(organizationNames.known, 'notice'))),
);

/**
 * The organization that a register's entry belongs to: by its code, else by a name that only one organization with a
 * code has. A register's name counts more than a notice's; another name than the register gave before is for staff to
 * judge. The caller holds the transaction.
 */
export function findLibraryOwner(
  db: Db,
  identity: Identity,
  context: WriteContext,
): { organizationId: string } | { reason: string } {
  const { key, uscc } = identity;
  if (!uscc) {
    const [only, ...others] = listHolders(db, key);
    if (!only) return { reason: '没有统一社会信用代码，且没有已知代码的单位叫这个名称' };
    return others.length === 0 ? { organizationId: only } : { reason: '没有统一社会信用代码，且同名单位不止一个' };
  }
  const row = findByCode(db, uscc);
  if (!row) return { organizationId: createCoded(db, identity, 'library', context).id };
  const given = GIVEN.all(db, { id: row.id });
  if (given.some((name) => name.key === key)) return { organizationId: row.id };
  const [other] = given;
  if (other) return { reason: `名录中该代码的名称是“${other.name}”，与本行不同，需要核对` };
  saveName(db, row.id, { ...identity, known: 'library' });
  settleName(db, key, context);
  chooseCurrentName(db, row.id, findRoot(db, row.id)?.id ?? row.id, context);
  return { organizationId: row.id };
}
