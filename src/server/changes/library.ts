import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Fields, Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { organizationNames } from '#db/schema/index.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { LIBRARY_BLOCKS, type LibraryBlock, type LibraryTable } from '../organizations/library.ts';
import type { ChangeFeed } from './feed.ts';

/** An entry of the company library as the company's page shows it. */
export interface LibraryEntryPayload {
  block: LibraryTable;
  organization: {
    /** As a register has it: another portal compares it with the names that its registers gave. */
    name: string;
    uscc: string | null;
  };
  entry: LibraryItem;
}

function defineEntry<Shown extends Fields>({ table, fields }: LibraryBlock<Shown>) {
  return defineSelect((p: Params<{ id: string }>) => ({
    fields: { ...fields, organization: table.organizationId },
    rest: sql`FROM ${table} WHERE ${table.id} = ${p.id}`,
  }));
}

/** What is told of an entry, and the organization that it was written for. */
type Owned = LibraryItem & { organization: string };

const ENTRIES: Record<LibraryTable, { first(db: Db, values: { id: string }): Owned | undefined }> = {
  qualifications: defineEntry(LIBRARY_BLOCKS.qualifications),
  achievements: defineEntry(LIBRARY_BLOCKS.achievements),
  honours: defineEntry(LIBRARY_BLOCKS.honours),
  staff_certificates: defineEntry(LIBRARY_BLOCKS.staff_certificates),
};

const { key, kind, known, name, organizationId } = organizationNames;
const REGISTERED_NAME = defineSelect((p: Params<{ id: string }>) => ({
  fields: { name },
  rest: sql`FROM ${organizationNames} WHERE ${organizationId} = ${p.id} AND ${known} <> 'notice'
    ORDER BY ${known} = 'library' DESC, ${kind} = 'current' DESC, ${key} LIMIT 1`,
}));

export const LIBRARY_CHANGES: ChangeFeed<LibraryEntryPayload> = {
  subject: 'library',
  find(db, id) {
    for (const [block, query] of Object.entries(ENTRIES) as [LibraryTable, (typeof ENTRIES)[LibraryTable]][]) {
      const found = query.first(db, { id });
      if (!found) continue;
      const organization = findRoot(db, found.organization);
      if (!organization) return undefined;
      const { organization: _id, ...entry } = found;
      const registered = REGISTERED_NAME.first(db, { id: organization.id });
      return { block, organization: { name: registered?.name ?? organization.name, uscc: organization.uscc }, entry };
    }
    return undefined;
  },
};
