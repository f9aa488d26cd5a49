import { eq, sql } from 'drizzle-orm';
import { defineQuery, defineSelect, type Fields, type Params } from '#db/query.ts';
import { libraryChanges, organizationNames } from '#db/schema/index.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { LIBRARY_BLOCKS, type LibraryBlock, type LibraryTable } from '../organizations/library.ts';
import type { ChangeFeed } from './feed.ts';

/** An entry of the company library as the company's page shows it. */
export interface ToldLibraryEntry {
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

const ENTRIES = {
  qualifications: defineEntry(LIBRARY_BLOCKS.qualifications),
  achievements: defineEntry(LIBRARY_BLOCKS.achievements),
  honours: defineEntry(LIBRARY_BLOCKS.honours),
  staff_certificates: defineEntry(LIBRARY_BLOCKS.staff_certificates),
} satisfies Record<LibraryTable, unknown>;

/** The trigger that notes a change writes the name of the table. */
const BLOCK = defineQuery((db, p: Params<{ seq: number }>) =>
  db
    .select({ block: sql<LibraryTable>`${libraryChanges.block}` })
    .from(libraryChanges)
    .where(eq(libraryChanges.seq, p.seq)),
);

const { key, kind, known, name, organizationId } = organizationNames;
const REGISTERED_NAME = defineSelect((p: Params<{ id: string }>) => ({
  fields: { name },
  rest: sql`FROM ${organizationNames} WHERE ${organizationId} = ${p.id} AND ${known} <> 'notice'
    ORDER BY ${known} = 'library' DESC, ${kind} = 'current' DESC, ${key} LIMIT 1`,
}));

export const LIBRARY_CHANGES: ChangeFeed<ToldLibraryEntry> = {
  table: 'library_changes',
  id: 'entry_id',
  find(db, { seq, id }) {
    const { block } = BLOCK.first(db, { seq }) ?? {};
    const found = block && ENTRIES[block].first(db, { id });
    const organization = found && findRoot(db, found.organization);
    if (!organization) return undefined;
    const { organization: _id, ...entry } = found;
    const registered = REGISTERED_NAME.first(db, { id: organization.id });
    return { block, organization: { name: registered?.name ?? organization.name, uscc: organization.uscc }, entry };
  },
};
