import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { FACT_CORRECTION_KINDS } from '#src/domain/facts/fact-corrections.ts';
import type { FactValue } from '#src/domain/facts/facts.ts';
import { MAPPING_KINDS, type MappingTarget } from '#src/domain/mappings/mapping.ts';
import { ROLE_KEYS } from '#src/domain/staff/roles.ts';
import { instant, json, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { sources } from './sources.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/**
 * What staff decided about facts of notices: a layer over what the rules read, which stays as it is. Of a notice and place the last row
 * counts, while the words that it rests on stand in the notice. Append-only; destroyed with the notice when it is removed by law.
 */
export const factCorrections = table(
  'fact_corrections',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    /** A fact, or the cell of a list: `budget`, `candidates.0.awardAmount`. */
    place: text().notNull(),
    kind: oneOf(FACT_CORRECTION_KINDS).notNull(),
    /** A `FactValue`; `{}` unless the kind is `set`. */
    value: json<FactValue | Record<string, never>>('object').notNull().default({}),
    /** Whole lines of the notice that it rests on. */
    passage: text().notNull(),
    /** What the rules read when it was decided; '' where they read nothing. */
    before: text().notNull().default(''),
    /** The version that was looked at. */
    version: number(1).notNull(),
    /** Read by the public. */
    reason: text().notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('fact_corrections_notice').on(table.noticeId, table.id)],
);

/** Which notice a correction corrects, where neither code nor date tells; null: there is none here. The last row counts. Append-only. */
export const noticeLinks = table(
  'notice_links',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    originalId: text().references((): AnySQLiteColumn => notices.id),
    reason: text().notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('notice_links_notice').on(table.noticeId, table.id),
    index('notice_links_original').on(table.originalId),
  ],
);

/** Values of a source and what they mean here. Of a source, kind and value the highest version counts. Append-only, public. */
export const codeMappings = table(
  'code_mappings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    kind: oneOf(MAPPING_KINDS).notNull(),
    value: text().notNull(),
    version: number(1).notNull(),
    target: json<MappingTarget>('object').notNull(),
    /** Rule or document that says so. Read by the public. */
    basis: text().notNull(),
    /** The post in which it was decided. Read by the public, who do not read the name. */
    role: oneOf(ROLE_KEYS).notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [uniqueIndex('code_mappings_value').on(table.sourceKey, table.kind, table.value, table.version)],
);

/**
 * What staff put right in the list entry of an item that could not be published: laid over it each time it is judged, while the entry is
 * the same. Append-only; destroyed with the notice when it is removed by law.
 */
export const itemFixes = table(
  'item_fixes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    /** Id that its notice has or would have. */
    noticeId: text().notNull(),
    /** Hash of the list entry, as the first half of `raw_items.content_hash`. */
    listHash: text().notNull(),
    fields: json<Record<string, string>>('object').notNull(),
    reason: text().notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('item_fixes_item').on(table.sourceKey, table.sourceItemId, table.id)],
);

/** Public notices that may be the same one, found behind the changes. Who decided it and why is in the audit. */
export const possibleDuplicates = table(
  'possible_duplicates',
  {
    /** The one that came later. */
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    otherId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    county: oneOf(COUNTY_SLUGS).notNull(),
    otherCounty: oneOf(COUNTY_SLUGS).notNull(),
    /** `text`: the same text; `title`: the same title, stage and day. */
    likeness: oneOf(['text', 'title']).notNull(),
    foundAt: instant().notNull(),
    state: oneOf(['open', 'merged', 'apart']).notNull().default('open'),
    decidedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.otherId] }),
    index('possible_duplicates_other').on(table.otherId),
    index('possible_duplicates_open').on(table.foundAt, table.noticeId, table.otherId).where(sql`state = 'open'`),
  ],
);

/** Sources of which rejected items wait to be judged again, after a code was mapped. */
export const retryRequests = table('retry_requests', {
  sourceKey: text()
    .primaryKey()
    .references(() => sources.key),
  actor: text().$type<Actor>().notNull(),
  askedAt: instant().notNull(),
  /** The last item that was judged. */
  done: number().notNull().default(0),
});

/** Addresses of the console that a member of staff comes back to, with the filter in them. */
export const staffFilters = table(
  'staff_filters',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    name: text().notNull(),
    href: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [uniqueIndex('staff_filters_account').on(table.accountId, table.name)],
);
