import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import {
  achievements,
  honours,
  organizationNames,
  qualifications,
  staffCertificates,
} from '#db/schema/organizations.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import type { LibraryTable } from '../organizations/library.ts';
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

type Table = typeof qualifications | typeof achievements | typeof honours | typeof staffCertificates;

/** What every entry shows, and whose it is. */
const common = ({ source, sourceUrl, validFrom, validUntil, checkedAt, organizationId }: Table) => ({
  source,
  sourceUrl,
  validFrom,
  validUntil,
  checkedAt,
  organizationId,
});
type Id = Params<{ id: string }>;

/** How the entry with an id is found in each block. */
const ENTRIES: Record<LibraryTable, { first(db: Db, values: { id: string }): (LibraryItem & Owned) | undefined }> = {
  qualifications: defineQuery((db, p: Id) => {
    const { name, grade, certificateNo, issuer } = qualifications;
    const fields = { name, grade, certificateNo, issuer, ...common(qualifications) };
    return db.select(fields).from(qualifications).where(eq(qualifications.id, p.id));
  }),
  achievements: defineQuery((db, p: Id) => {
    const { name, owner, amountFen, finishedOn } = achievements;
    const fields = { name, owner, amountFen, finishedOn, ...common(achievements) };
    return db.select(fields).from(achievements).where(eq(achievements.id, p.id));
  }),
  honours: defineQuery((db, p: Id) => {
    const { name, grade, issuer } = honours;
    return db
      .select({ name, grade, issuer, ...common(honours) })
      .from(honours)
      .where(eq(honours.id, p.id));
  }),
  staff_certificates: defineQuery((db, p: Id) => {
    const { surname, kind, specialty, grade } = staffCertificates;
    const fields = { surname, kind, specialty, grade, ...common(staffCertificates) };
    return db.select(fields).from(staffCertificates).where(eq(staffCertificates.id, p.id));
  }),
};

interface Owned {
  organizationId: string;
}

const REGISTERED_NAME = defineQuery((db, p: Id) =>
  db
    .select({ name: organizationNames.name })
    .from(organizationNames)
    .where(and(eq(organizationNames.organizationId, p.id), ne(organizationNames.known, 'notice')))
    .orderBy(
      desc(sql`${organizationNames.known} = 'library'`),
      desc(sql`${organizationNames.kind} = 'current'`),
      organizationNames.key,
    )
    .limit(1),
);

export const LIBRARY_CHANGES: ChangeFeed<ToldLibraryEntry> = {
  subject: 'library',
  find(db, id) {
    for (const [block, query] of Object.entries(ENTRIES) as [LibraryTable, (typeof ENTRIES)[LibraryTable]][]) {
      const found = query.first(db, { id });
      if (!found) continue;
      const { organizationId, ...entry } = found;
      const organization = findRoot(db, organizationId);
      if (!organization) return undefined;
      const registered = REGISTERED_NAME.first(db, { id: organization.id });
      const { uscc } = organization;
      return { block, organization: { name: registered?.name ?? organization.name, uscc }, entry };
    }
    return undefined;
  },
};
