import { and, eq, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { organizationNames } from '#db/schema/index.ts';
import { excluded, excludedOf } from '#db/sql-pieces.ts';
import { displayName } from '#src/domain/organizations/name-key.ts';
import type { NameSource } from '#src/domain/organizations/organization.ts';

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
