import { index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { DUTY_STATE_KEYS } from '#src/domain/disclosure-score/states.ts';
import type { Outcomes } from '#src/domain/flags/compute.ts';
import { FLAG_DECISION_KEYS } from '#src/domain/flags/decisions.ts';
import type { Missing, Process, Values } from '#src/domain/flags/process.ts';
import { FLAG_CODES } from '#src/domain/flags/registry.ts';
import { ROLE_KEYS } from '#src/domain/flags/rule.ts';
import { day, instant, json, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/**
 * Projects of which what is derived for supervision has to be derived anew: written in the transaction of the change, also when the
 * project is gone with it.
 */
export const staleProjects = table('stale_projects', { project: text().primaryKey() });

/**
 * What the notices of a project tell of each of its lots, and what the indicators say of them. Derived behind the changes; the second
 * hangs on all other projects and is made anew when any of them has changed.
 */
export const supervisedProjects = table(
  'supervised_projects',
  {
    /** Id of the project, which may be gone for a moment. */
    project: text().primaryKey(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    processes: json<Process[]>('array').notNull(),
    /** In the order of `processes`; empty until they were compared. */
    outcomes: json<Outcomes[]>('array').notNull().default([]),
  },
  (table) => [index('supervised_projects_county').on(table.county, table.category)],
);

/** Lots that an indicator points at. Derived. */
export const flags = table(
  'flags',
  {
    code: oneOf(FLAG_CODES).notNull(),
    project: text().notNull(),
    /** `lotKey`; '' where the deal is not divided. */
    lot: text().notNull(),
    lotName: text(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    /** `YYYY-MM` of the award, else of the deadline or the call. */
    month: text().notNull(),
    /** Ids of organizations as they were when it was computed. */
    buyer: text(),
    agency: text(),
    supplier: text(),
    numbers: json<Values>('object').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.code, table.project, table.lot] }),
    index('flags_order').on(table.code, table.month, table.project, table.lot),
    index('flags_project').on(table.project),
    index('flags_county').on(table.county, table.code, table.month),
    index('flags_buyer').on(table.buyer, table.code),
    index('flags_agency').on(table.agency, table.code),
    index('flags_supplier').on(table.supplier, table.code),
  ],
);

/** How many lots each indicator could be computed of, and of how many not, by what was missing. Derived. */
export const flagCounts = table(
  'flag_counts',
  {
    month: text().notNull(),
    code: oneOf(FLAG_CODES).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    flagged: number().notNull(),
    clear: number().notNull(),
    missing: json<Partial<Record<Missing, number>>>('object').notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.code, table.county, table.category] })],
  { withoutRowid: true },
);

/** What indicators say of organizations, pairs and groups that have enough lots. Derived. */
export const organizationFlags = table(
  'organization_flags',
  {
    code: oneOf(FLAG_CODES).notNull(),
    role: oneOf(ROLE_KEYS).notNull(),
    /** The first of them, by which it is found. */
    organization: text().notNull(),
    /** All of them, by spaces. */
    organizations: text().notNull(),
    state: oneOf(['flagged', 'clear']).notNull(),
    cases: number().notNull(),
    numbers: json<Values>('object').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.code, table.role, table.organizations] }),
    index('organization_flags_organization').on(table.organization, table.code),
  ],
);

/** What staff decided about an indicator, with their reason, which is not public. The last row of a subject counts. Append-only. */
export const flagDecisions = table(
  'flag_decisions',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    code: oneOf(FLAG_CODES).notNull(),
    /** `flagSubject` of the lot or the organizations. */
    subject: text().notNull(),
    county: oneOf(COUNTY_SLUGS),
    decision: oneOf(FLAG_DECISION_KEYS).notNull(),
    reason: text().notNull(),
    /** To whom it was handed; '' otherwise. */
    referredTo: text().notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('flag_decisions_subject').on(table.subject, table.code, table.id)],
);

/** What those concerned say to an indicator, as staff entered it with its source. Public beside it. Append-only. */
export const flagReplies = table(
  'flag_replies',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    code: oneOf(FLAG_CODES).notNull(),
    subject: text().notNull(),
    county: oneOf(COUNTY_SLUGS),
    /** The organization that replies, by name. */
    party: text().notNull(),
    text: text().notNull(),
    /** The letter or receipt that it came by. */
    source: text().notNull(),
    receivedOn: day().notNull(),
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('flag_replies_subject').on(table.subject, table.code, table.id)],
);

/** How each item of the disclosure catalogue stands in each round of each project, as of a day in `key_values`. Derived. */
export const disclosureDuties = table(
  'disclosure_duties',
  {
    project: text().notNull(),
    round: number().notNull(),
    /** Tells apart lots of one round that went their own ways. */
    part: number().notNull(),
    /** Number in the catalogue of forty items. */
    item: number(1, 40).notNull(),
    lots: json<string[]>('array').notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    buyer: text(),
    agency: text(),
    /** Of the day by which it is due, else was published, else the call: `YYYY-MM`. */
    month: text().notNull(),
    state: oneOf(DUTY_STATE_KEYS).notNull(),
    /** Number of the time limit; '' where none bears on it. */
    rule: text().notNull(),
    dueOn: day(),
    doneOn: day(),
    /** Why it stands so. */
    reason: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.project, table.round, table.part, table.item] }),
    index('disclosure_duties_state').on(table.state, table.dueOn, table.project),
    index('disclosure_duties_county').on(table.county, table.state, table.dueOn),
    index('disclosure_duties_buyer').on(table.buyer, table.state),
    index('disclosure_duties_agency').on(table.agency, table.state),
  ],
);

/** How many duties stand how. Derived from `disclosure_duties`. */
export const disclosureCounts = table(
  'disclosure_counts',
  {
    month: text().notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    item: number(1, 40).notNull(),
    state: oneOf(DUTY_STATE_KEYS).notNull(),
    total: number().notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.county, table.category, table.item, table.state] })],
  { withoutRowid: true },
);
