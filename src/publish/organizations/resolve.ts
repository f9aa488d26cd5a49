import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties, organizationChanges, organizationNames } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { type NameSource, organizationId, type PartyMatch } from '#src/domain/organizations/organization.ts';
import { looksLikePerson } from '#src/domain/organizations/person-name.ts';
import { markStaleOf } from '../supervision/mark-stale.ts';
import { hasName, saveName } from './names.ts';
import {
  createOrganization,
  findByCode,
  findOrganization,
  findRoot,
  type Identity,
  type OrganizationRow,
  setMerged,
} from './records.ts';

export interface Resolution {
  /** Null for a natural person. */
  organizationId: string | null;
  matchedBy: PartyMatch;
}

const HOLDERS = defineQuery((db, p: Params<{ key: string }>) =>
  db
    .select({ id: organizationNames.organizationId })
    .from(organizationNames)
    .where(and(eq(organizationNames.key, p.key), ne(organizationNames.kind, 'doubtful'))),
);
const FIND_SPLIT = defineQuery((db, p: Params<{ id: string; key: string }>) =>
  db
    .select({ id: organizationChanges.id })
    .from(organizationChanges)
    .where(
      and(
        eq(organizationChanges.organizationId, p.id),
        eq(organizationChanges.kind, 'split'),
        eq(organizationChanges.nameKey, p.key),
        isNull(organizationChanges.undoneAt),
      ),
    ),
);
const LINKED = defineQuery((db, p: Params<{ id: string; key: string | null }>) => {
  const { name, nameKey, uscc, matchedBy, organizationId: linkedTo } = noticeParties;
  return db
    .select({ name: sql<string>`min(${name})`, nameKey: sql<string>`${nameKey}`, uscc, matchedBy })
    .from(noticeParties)
    .where(and(eq(linkedTo, p.id), eq(nameKey, sql`coalesce(${p.key}, ${nameKey})`)))
    .groupBy(nameKey, uscc);
});
interface Link {
  from: string;
  nameKey: string;
  uscc: string | null;
  to: string | null;
  matchedBy: PartyMatch;
}
const LINK = defineQuery((db, p: Params<Link>) => {
  const { nameKey, uscc, organizationId: linkedTo } = noticeParties;
  return db
    .update(noticeParties)
    .set({ organizationId: p.to, matchedBy: p.matchedBy })
    .where(and(eq(linkedTo, p.from), eq(nameKey, p.nameKey), sql`${uscc} IS ${p.uscc}`));
});
const PERSON: Resolution = { organizationId: null, matchedBy: 'person' };

/**
 * Whose name it is: by the code, else by the exact name key. A name that belongs to several codes is nobody's by itself:
 * it stays an organization of its own until someone decides. Makes what is not known yet. The caller holds the transaction.
 */
export function resolveMention(db: Db, mention: Identity, context: WriteContext): Resolution {
  const { key, name, uscc } = mention;
  if (key === '' || (!uscc && looksLikePerson(name))) return PERSON;
  if (uscc) {
    const { id } = findByCode(db, uscc) ?? createCoded(db, mention, 'notice', context);
    if (!isSplit(db, id, key)) {
      learnName(db, id, mention, context);
      return { organizationId: findRoot(db, id)?.id ?? id, matchedBy: 'code' };
    }
  }
  return resolveByName(db, mention, context);
}

function resolveByName(db: Db, { name, key }: Identity, context: WriteContext): Resolution {
  const own = findOrganization(db, organizationId({ key }));
  if (own?.mergedHow === 'reviewed')
    return { organizationId: findRoot(db, own.id)?.id ?? own.id, matchedBy: 'reviewed' };
  const [only, ...others] = listHolders(db, key);
  if (only && others.length === 0) return { organizationId: only, matchedBy: 'name' };
  const { id } = own ?? createOrganization(db, { name, key, uscc: null }, 'notice', context);
  return { organizationId: id, matchedBy: 'name' };
}

/** Organizations with a code that have the name, merged ones as what they were merged into, less those it was taken from. */
export function listHolders(db: Db, key: string): string[] {
  const ids = HOLDERS.all(db, { key });
  const holding = ids.filter(({ id }) => !isSplit(db, id, key)).map(({ id }) => findRoot(db, id)?.id ?? id);
  return [...new Set(holding)];
}

/** Did staff decide that the name is not this organization's? */
function isSplit(db: Db, id: string, key: string): boolean {
  return FIND_SPLIT.first(db, { id, key }) !== undefined;
}

/** Makes the organization of a code that is not known yet, under its first name. */
export function createCoded(db: Db, identity: Identity, known: NameSource, context: WriteContext): OrganizationRow {
  const row = createOrganization(db, identity, known, context);
  settleName(db, identity.key, context);
  return row;
}

function learnName(db: Db, id: string, mention: Identity, context: WriteContext): void {
  if (hasName(db, id, mention.key)) return;
  saveName(db, id, { ...mention, known: 'notice' });
  settleName(db, mention.key, context);
}

/**
 * Puts right what a name alone stands for, after an organization got or lost it: the address of the name without a code
 * leads to its only holder, and parties named so without a code follow.
 */
export function settleName(db: Db, key: string, context: WriteContext): void {
  const own = findOrganization(db, organizationId({ key }));
  const holders = HOLDERS.all(db, { key });
  // Nobody was called so before: no party can be linked by this name.
  if (!own && holders.length < 2) return;
  const [only, ...others] = listHolders(db, key);
  const target = only && others.length === 0 ? only : null;
  if (own && own.mergedHow !== 'reviewed' && own.mergedInto !== target) {
    setMerged(db, own.id, target ? { id: target, how: 'code' } : null, context);
  }
  const affected = [...(own ? [own.id] : []), ...holders.map(({ id }) => id)];
  for (const id of new Set(affected.flatMap((each) => [each, findRoot(db, each)?.id ?? each])))
    relink(db, id, context, key);
}

/** Looks up anew whose the parties of an organization are, all or those of one name. */
export function relink(db: Db, id: string, context: WriteContext, key: string | null = null): void {
  for (const { name, nameKey, uscc, matchedBy } of LINKED.all(db, { id, key })) {
    const found = resolveMention(db, { name, key: nameKey, uscc }, context);
    if (found.organizationId === id && found.matchedBy === matchedBy) continue;
    markStaleOf(db, id);
    LINK.run(db, { from: id, nameKey, uscc, to: found.organizationId, matchedBy: found.matchedBy });
  }
}
