import { sql } from 'drizzle-orm';
import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { PARTY_MATCH_KEYS, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import { fen, instant, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { organizations } from './organizations.ts';
import { table } from './table.ts';

/**
 * Parties of public notices, one row a name and role, so that filters by buyer or supplier use an index; with the
 * organization that each name stands for.
 */
export const noticeParties = table(
  'notice_parties',
  {
    noticeId: text()
      .notNull()
      .references(() => notices.id),
    role: oneOf(ROLE_KEYS).notNull(),
    name: text().notNull(),
    publishedAt: instant().notNull(),
    county: oneOf(COUNTY_SLUGS),
    nameKey: text(),
    /** The unified social credit code that the notice gives beside the name. */
    uscc: text(),
    /** The organization that the name stands for; null for a natural person. */
    organizationId: text().references(() => organizations.id),
    /** How the organization was found; null until it was looked for. */
    matchedBy: oneOf(PARTY_MATCH_KEYS),
    /** Lots that the notice awards it, ranks it for or has its bid for; of buyers and agencies, lots that it awards to anyone. */
    lots: number(0).notNull().default(0),
    /** How many of these have a certain price that is nobody else's as well. */
    pricedLots: number(0).notNull().default(0),
    /** What those add up to; null without any. */
    lotsFen: fen(),
  },
  (table) => [
    primaryKey({ columns: [table.role, table.name, table.publishedAt, table.noticeId] }),
    index('notice_parties_notice').on(table.noticeId),
    index('notice_parties_organization').on(table.organizationId, table.nameKey, table.uscc),
    index('notice_parties_lots')
      .on(
        table.organizationId,
        table.role,
        table.publishedAt,
        table.noticeId,
        table.county,
        table.lots,
        table.pricedLots,
        table.lotsFen,
      )
      .where(sql`lots > 0`),
    index('notice_parties_unresolved').on(table.noticeId).where(sql`matched_by IS NULL`),
  ],
  { withoutRowid: true },
);
