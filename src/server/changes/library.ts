import { findRow } from '#db/statements.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { LIBRARY_COMMON, LIBRARY_TABLES, type LibraryTable } from '../organizations/library.ts';
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

const OWNER = (block: LibraryTable) => `SELECT organization_id AS id FROM ${block} WHERE id = ?`;
const ENTRY = (block: LibraryTable) => `SELECT ${LIBRARY_TABLES[block]}, ${LIBRARY_COMMON} FROM ${block} WHERE id = ?`;
const REGISTERED_NAME = `SELECT name FROM organization_names WHERE organization_id = ? AND known <> 'notice'
  ORDER BY known = 'library' DESC, kind = 'current' DESC, key LIMIT 1`;

export const LIBRARY_CHANGES: ChangeFeed<ToldLibraryEntry> = {
  table: 'library_changes',
  id: 'entry_id',
  find(db, { seq, id }) {
    const { block } =
      findRow<{ block: LibraryTable }>(db, 'SELECT block FROM library_changes WHERE seq = ?', [seq]) ?? {};
    const owner = block && findRow<{ id: string }>(db, OWNER(block), [id]);
    const organization = owner && findRoot(db, owner.id);
    const entry = block && findRow<LibraryItem>(db, ENTRY(block), [id]);
    if (!organization || !entry) return undefined;
    const registered = findRow<{ name: string }>(db, REGISTERED_NAME, [organization.id]);
    return { block, organization: { name: registered?.name ?? organization.name, uscc: organization.uscc }, entry };
  },
};
