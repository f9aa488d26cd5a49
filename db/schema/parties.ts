import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { County } from '#src/domain/counties/counties.ts';
import type { PartyMatch } from '#src/domain/organizations/organization.ts';

/**
 * Parties of public notices, one row a name and role, so that filters by buyer or supplier use an index; with the
 * organization that each name stands for.
 */
export const noticeParties = sqliteTable(
  'notice_parties',
  {
    noticeId: text().notNull(),
    role: text({ enum: ['buyer', 'agency', 'supplier'] }).notNull(),
    name: text().notNull(),
    publishedAt: text().notNull(),
    county: text().$type<County>(),
    nameKey: text(),
    /** The unified social credit code that the notice gives beside the name. */
    uscc: text(),
    /** The organization that the name stands for; null for a natural person. */
    organizationId: text(),
    /** How the organization was found; null until it was looked for. */
    matchedBy: text().$type<PartyMatch>(),
    /** The notice tells an award. */
    isAward: integer({ mode: 'boolean' }).notNull().default(false),
    /** The amount of the award when it is certain and one party's alone. */
    awardFen: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.role, table.name, table.publishedAt, table.noticeId] }),
    index('notice_parties_notice').on(table.noticeId),
    index('notice_parties_organization').on(table.organizationId, table.nameKey, table.uscc),
    index('notice_parties_award')
      .on(table.organizationId, table.role, table.publishedAt, table.noticeId, table.county, table.awardFen)
      .where(sql`is_award = 1`),
    index('notice_parties_unresolved').on(table.noticeId).where(sql`matched_by IS NULL`),
  ],
);
