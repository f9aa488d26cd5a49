import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { County } from '#src/domain/counties/counties.ts';
import type { NameKind, NameSource, OrganizationRole } from '#src/domain/organizations/organization.ts';

/**
 * Organizations 单位: one row for every unified social credit code, and one for every name key under which notices name an
 * organization without a code. A row that turned out to be another organization points to it and is shown as that one.
 */
export const organizations = sqliteTable(
  'organizations',
  {
    /** Row number, for the full-text table. */
    number: integer().primaryKey(),
    /** A function of the code, else of the name key (`organizationId`). */
    id: text().notNull().unique(),
    uscc: text().unique(),
    name: text().notNull(),
    nameKey: text().notNull(),
    /** The organization that this one turned out to be. */
    mergedInto: text(),
    /** `code`: the name belongs to one known code; `reviewed`: staff decided. */
    mergedHow: text({ enum: ['code', 'reviewed'] }),
    createdAt: text().notNull(),
    updatedAt: text().notNull(),
  },
  (table) => [index('organizations_merged').on(table.mergedInto).where(sql`merged_into IS NOT NULL`)],
);

/** Names of organizations that have a code: current, former, branch. One key may be the name of several. */
export const organizationNames = sqliteTable(
  'organization_names',
  {
    key: text().notNull(),
    organizationId: text().notNull(),
    /** The name as first met. */
    name: text().notNull(),
    kind: text().$type<NameKind>().notNull(),
    known: text().$type<NameSource>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.organizationId] }),
    index('organization_names_organization').on(table.organizationId),
  ],
);

/** Decisions of staff about who is who, each of which can be undone. */
export const organizationChanges = sqliteTable(
  'organization_changes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: ['merge', 'split', 'rename'] }).notNull(),
    /** The organization that was merged into another, that a name was taken from, or that was renamed. */
    organizationId: text().notNull(),
    /** Merge: into which one. */
    targetId: text(),
    /** Split: the key of the name that is not this organization's; renaming: that of its new name. */
    nameKey: text(),
    reason: text().notNull(),
    decidedBy: text().notNull(),
    decidedAt: text().notNull(),
    undoneBy: text(),
    undoneAt: text(),
  },
  (table) => [index('organization_changes_organization').on(table.organizationId, table.kind)],
);

/**
 * Public notices in which an organization has a role, by county; '' stands for any role and any county, where a notice
 * counts once. Kept by triggers on `notice_parties`, checked by `verify`.
 */
export const organizationActivity = sqliteTable(
  'organization_activity',
  {
    role: text().$type<OrganizationRole | ''>().notNull(),
    county: text().$type<County | ''>().notNull(),
    organizationId: text().notNull(),
    notices: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.role, table.county] }),
    index('organization_activity_order').on(table.role, table.county, table.notices, table.organizationId),
  ],
);

/** What every library entry has: whose it is, who says so, for how long, and when that was last checked. */
const entryColumns = () => ({
  id: text().primaryKey(),
  organizationId: text().notNull(),
  /** Name of the register or body that the entry comes from. */
  source: text().notNull(),
  sourceUrl: text(),
  /** Days as `YYYY-MM-DD`. */
  validFrom: text(),
  validUntil: text(),
  /** When the source was last compared. */
  checkedAt: text().notNull(),
  /** Key of the mirror's source when another portal told the entry, and may tell it anew; null for one of ours. */
  mirror: text(),
});

/** Qualifications 资质. */
export const qualifications = sqliteTable(
  'qualifications',
  { ...entryColumns(), name: text().notNull(), grade: text(), certificateNo: text(), issuer: text() },
  (table) => [index('qualifications_organization').on(table.organizationId)],
);

/** Achievements 业绩: finished contracts as the register has them, beside the awards that notices tell. */
export const achievements = sqliteTable(
  'achievements',
  { ...entryColumns(), name: text().notNull(), owner: text(), amountFen: integer(), finishedOn: text() },
  (table) => [index('achievements_organization').on(table.organizationId)],
);

/** Honours 荣誉. */
export const honours = sqliteTable(
  'honours',
  { ...entryColumns(), name: text().notNull(), grade: text(), issuer: text() },
  (table) => [index('honours_organization').on(table.organizationId)],
);

/** Certificates of staff 人员: surname and certificate only; no numbers, no contacts. */
export const staffCertificates = sqliteTable(
  'staff_certificates',
  { ...entryColumns(), surname: text().notNull(), kind: text().notNull(), specialty: text(), grade: text() },
  (table) => [index('staff_certificates_organization').on(table.organizationId)],
);

/** Rows of library files that could not be taken over, kept with the reason and tried again. Private: may hold personal data. */
export const libraryRejections = sqliteTable('library_rejections', {
  /** SHA-256 of block and row. */
  id: text().primaryKey(),
  block: text().notNull(),
  source: text().notNull(),
  row: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  reasons: text({ mode: 'json' }).$type<string[]>().notNull(),
  attempts: integer().notNull().default(1),
  firstSeenAt: text().notNull(),
  lastTriedAt: text().notNull(),
});
