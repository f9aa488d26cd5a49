import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { LIBRARY_BLOCKS, NAME_KIND_KEYS, NAME_SOURCES, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import { day, fen, instant, json, number, oneOf, oneOrAll } from './columns.ts';
import { sources } from './sources.ts';
import { table } from './table.ts';

/**
 * Organizations 单位: one row for every unified social credit code, and one for every name key under which notices name an
 * organization without a code. A row that turned out to be another organization points to it and is shown as that one.
 */
export const organizations = table(
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
    mergedInto: text().references((): AnySQLiteColumn => organizations.id),
    /** `code`: the name belongs to one known code; `reviewed`: staff decided. */
    mergedHow: oneOf(['code', 'reviewed']),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('organizations_merged').on(table.mergedInto).where(sql`merged_into IS NOT NULL`)],
  { rules: { merged: '(merged_into IS NULL) = (merged_how IS NULL)' } },
);

/** Names of organizations that have a code: current, former, branch. One key may be the name of several. */
export const organizationNames = table(
  'organization_names',
  {
    key: text().notNull(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    /** The name as first met. */
    name: text().notNull(),
    kind: oneOf(NAME_KIND_KEYS).notNull(),
    known: oneOf(NAME_SOURCES).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.organizationId] }),
    index('organization_names_organization').on(table.organizationId),
    index('organization_names_doubtful').on(table.organizationId, table.key).where(sql`kind = 'doubtful'`),
  ],
);

/** Decisions of staff about who is who, each of which can be undone. */
export const organizationChanges = table(
  'organization_changes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: oneOf(['merge', 'split', 'rename']).notNull(),
    /** The organization that was merged into another, that a name was taken from, or that was renamed. */
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    /** Merge: into which one. */
    targetId: text().references(() => organizations.id),
    /** Split: the key of the name that is not this organization's; renaming: that of its new name. */
    nameKey: text(),
    reason: text().notNull(),
    decidedBy: text().notNull(),
    decidedAt: instant().notNull(),
    undoneBy: text(),
    undoneAt: instant(),
  },
  (table) => [
    index('organization_changes_organization').on(table.organizationId, table.kind),
    index('organization_changes_target').on(table.targetId).where(sql`target_id IS NOT NULL`),
  ],
  { rules: { undone: '(undone_by IS NULL) = (undone_at IS NULL)' } },
);

/**
 * Public notices in which an organization has a role, by county; '' stands for any role and any county, where a notice
 * counts once. Kept by triggers on `notice_parties`, checked by `verify`.
 */
export const organizationActivity = table(
  'organization_activity',
  {
    role: oneOrAll(ROLE_KEYS).notNull(),
    county: oneOrAll(COUNTY_SLUGS).notNull(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    notices: number().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.role, table.county] }),
    index('organization_activity_order').on(table.role, table.county, table.notices, table.organizationId),
  ],
);

/** What every library entry has: whose it is, who says so, for how long, and when that was last checked. */
const entryColumns = () => ({
  id: text().primaryKey(),
  organizationId: text()
    .notNull()
    .references(() => organizations.id),
  /** Name of the register or body that the entry comes from. */
  source: text().notNull(),
  sourceUrl: text(),
  /** Days as `YYYY-MM-DD`. */
  validFrom: day(),
  validUntil: day(),
  /** When the source was last compared. */
  checkedAt: instant().notNull(),
  /** Key of the mirror's source when another portal told the entry, and may tell it anew; null for one of ours. */
  mirror: text().references(() => sources.key),
  /** Whoever wrote it last, an `Actor`; `unknown` before actors were noted. */
  actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
});

/** Qualifications 资质. */
export const qualifications = table(
  'qualifications',
  { ...entryColumns(), name: text().notNull(), grade: text(), certificateNo: text(), issuer: text() },
  (table) => [index('qualifications_organization').on(table.organizationId)],
);

/** Achievements 业绩: finished contracts as the register has them, beside the awards that notices tell. */
export const achievements = table(
  'achievements',
  { ...entryColumns(), name: text().notNull(), owner: text(), amountFen: fen(), finishedOn: day() },
  (table) => [index('achievements_organization').on(table.organizationId)],
);

/** Honours 荣誉. */
export const honours = table(
  'honours',
  { ...entryColumns(), name: text().notNull(), grade: text(), issuer: text() },
  (table) => [index('honours_organization').on(table.organizationId)],
);

/** Certificates of staff 人员: surname and certificate only; no numbers, no contacts. */
export const staffCertificates = table(
  'staff_certificates',
  { ...entryColumns(), surname: text().notNull(), kind: text().notNull(), specialty: text(), grade: text() },
  (table) => [index('staff_certificates_organization').on(table.organizationId)],
);

/** Rows of library files that could not be taken over, kept with the reason and tried again. Private: may hold personal data. */
export const libraryRejections = table('library_rejections', {
  /** SHA-256 of block and row. */
  id: text().primaryKey(),
  block: oneOf(LIBRARY_BLOCKS).notNull(),
  source: text().notNull(),
  row: json<Record<string, string>>('object').notNull(),
  reasons: json<string[]>('array').notNull(),
  attempts: number().notNull().default(1),
  firstSeenAt: instant().notNull(),
  lastTriedAt: instant().notNull(),
  /** Whoever had it taken in last, an `Actor`; `unknown` before actors were noted here. */
  actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
});
