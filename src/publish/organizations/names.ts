import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, excluded, excludedOf, type Params, type RowOf } from '#db/query.ts';
import { noticeParties, organizationNames, organizations } from '#db/schema/index.ts';
import { isBranchName } from '#src/domain/organizations/branch-name.ts';
import { displayName } from '#src/domain/organizations/name-key.ts';
import type { NameKind, NameSource } from '#src/domain/organizations/organization.ts';
import { notSplit } from './not-split.ts';
import { findOrganization } from './records.ts';
import { indexOrganization } from './search-index.ts';

const { key, organizationId, name, known } = organizationNames;
interface NameOf {
  key: string;
  organizationId: string;
}
const isName = (p: Params<NameOf>) => and(eq(key, p.key), eq(organizationId, p.organizationId));

const FIND = defineQuery((db, p: Params<NameOf>) => db.select({ key }).from(organizationNames).where(isName(p)));
const SAVE = defineQuery((db, p: Params<NameOf & { name: string; known: NameSource }>) =>
  db
    .insert(organizationNames)
    .values({ key: p.key, organizationId: p.organizationId, name: p.name, kind: 'former', known: p.known })
    .onConflictDoUpdate({
      target: [key, organizationId],
      set: excludedOf({ name, known }),
      setWhere: or(eq(known, 'notice'), eq(excluded(known), 'reviewed')),
    }),
);
const KNOWN = { key, name, known };
/** A name, and when a notice last gave it beside the code. */
type KnownName = RowOf<typeof KNOWN> & { lastAt: string | null };
const LIST = defineQuery((db, p: Params<{ id: string; rootId: string; uscc: string }>) => {
  const { organizationId: linkedTo, nameKey, uscc, publishedAt } = noticeParties;
  const lastAt = sql<string | null>`(SELECT max(${publishedAt}) FROM ${noticeParties}
    WHERE ${linkedTo} = ${p.rootId} AND ${nameKey} = ${key} AND ${uscc} = ${p.uscc})`;
  return db
    .select({ ...KNOWN, lastAt })
    .from(organizationNames)
    .where(and(eq(organizationId, p.id), notSplit(organizationNames)))
    .orderBy(asc(key));
});
const SET_KIND = defineQuery((db, p: Params<NameOf & { kind: NameKind }>) =>
  db.update(organizationNames).set({ kind: p.kind }).where(isName(p)),
);
const SHOW = defineQuery((db, p: Params<{ id: string; name: string; nameKey: string }>) =>
  db.update(organizations).set({ name: p.name, nameKey: p.nameKey }).where(eq(organizations.id, p.id)),
);

/** Is a name known to be a certain organization's? */
export function hasName(db: Db, organizationId: string, key: string): boolean {
  return FIND.first(db, { key, organizationId }) !== undefined;
}

/** Takes down that a name is an organization's. A register's word is kept over a notice's, and staff's over both. */
export function saveName(
  db: Db,
  organizationId: string,
  { key, name, known }: { key: string; name: string; known: NameSource },
): void {
  SAVE.run(db, { key, organizationId, name: displayName(name), known });
}

/**
 * Chooses under which of its names an organization with a code is shown, and says what the others are: the name that staff
 * accepted last, else the one that a register gave, else the one that stood beside the code last.
 */
export function chooseCurrentName(db: Db, id: string, rootId: string): void {
  const row = findOrganization(db, id);
  if (!row?.uscc) return;
  const names = LIST.all(db, { id, rootId, uscc: row.uscc });
  const [current] = names.toSorted(byStanding);
  if (!current) return;
  for (const { key, name } of names) {
    const kind: NameKind = key === current.key ? 'current' : isBranchName(name) ? 'branch' : 'former';
    SET_KIND.run(db, { kind, organizationId: id, key });
  }
  SHOW.run(db, { id, name: current.name, nameKey: current.key });
  indexOrganization(db, rootId);
}

const WORD: Record<NameSource, number> = { notice: 0, library: 2, reviewed: 4 };

function byStanding(a: KnownName, b: KnownName): number {
  const standing = ({ name, known }: KnownName) => WORD[known] + (isBranchName(name) ? 0 : 1);
  return standing(b) - standing(a) || (b.lastAt ?? '').localeCompare(a.lastAt ?? '') || a.key.localeCompare(b.key);
}
