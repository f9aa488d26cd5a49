import { type Column, type SQL, sql } from 'drizzle-orm';
import { noticeParties, publishedNotices } from '#db/schema/index.ts';
import { aliased, fixed, named } from '#db/sql-pieces.ts';
import {
  type NoticeClause,
  type NoticeField,
  type NoticeFilter,
  toClauses,
} from '#src/domain/notices/notice-filter.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** The public notice in every query of notices. */
export const n = aliased(publishedNotices, 'n');
/** The party that drives a list. */
const p = aliased(noticeParties, 'p');
const x = aliased(noticeParties, 'x');

/** What a condition restricts; the planner is steered by which of these may use an index. */
export type ConditionKind = 'dimension' | 'published' | 'amount' | 'deadline' | 'arrived' | 'project' | 'party';

export interface Condition {
  kind: ConditionKind;
  /** How it compares; absent where it is more than a comparison. */
  is?: NoticeClause['is'];
  /** SQL over the notice `n`, its columns written as the planner is to see them (see `toSql`). */
  write(seen: (column: Column) => SQL): SQL;
}

/** Where the fields of a notice stand, and what a condition on them restricts. */
const COLUMNS = {
  category: { kind: 'dimension', column: n.category },
  stage: { kind: 'dimension', column: n.stage },
  county: { kind: 'dimension', column: n.county },
  publishedAt: { kind: 'published', column: n.publishedAt },
  amountFen: { kind: 'amount', column: n.amountFen },
  closesAt: { kind: 'deadline', column: n.closesAt },
  projectId: { kind: 'project', column: n.projectId },
} as const satisfies Record<Exclude<NoticeField, Party>, { kind: ConditionKind; column: Column }>;

/** The parties a list can be narrowed to; the first one given drives the query. */
const PARTIES = ['supplier', 'tenderer', 'buyer', 'agency'] as const satisfies readonly NoticeField[];
export type Party = (typeof PARTIES)[number];

/** The comparisons as SQL. */
export const COMPARISONS = {
  '=': sql.raw('='),
  '<': sql.raw('<'),
  '<=': sql.raw('<='),
  '>': sql.raw('>'),
  '>=': sql.raw('>='),
} as const satisfies Record<NoticeClause['is'], SQL>;

/** Conditions of a filter. `at` is the instant that "open" is judged by. The search text is not a condition of lists. */
export function listConditions(filter: NoticeFilter, at: Instant): Condition[] {
  const clauses = toClauses(filter, at);
  const parties = PARTIES.flatMap((party) =>
    clauses.flatMap(({ field, value }) => (field === party ? [{ party, value }] : [])),
  );
  return [
    ...parties.map(({ party, value }, index) => toPartyCondition(party, value, index === 0)),
    ...clauses.flatMap(({ field, is, value }): Condition[] => {
      if (isParty(field)) return [];
      const { kind, column } = COLUMNS[field];
      return [{ kind, is, write: (seen) => sql`${seen(column)} ${COMPARISONS[is]} ${value}` }];
    }),
  ];
}

/** True for the fields whose values stand in a table of their own. */
export const isParty = (field: NoticeField): field is Party => (PARTIES as readonly string[]).includes(field);

/** Roles in which a notice names those who are asked for by one filter. */
const ROLES: Record<Party, readonly OrganizationRole[]> = {
  supplier: ['supplier'],
  tenderer: ['candidate', 'tenderer'],
  buyer: ['buyer'],
  agency: ['agency'],
};

/** Is the role one of those that a filter asks for? Written out, so that the planner knows them. */
export function hasRole(role: Column | SQL, party: Party): SQL {
  const [first, ...others] = ROLES[party].map((each) => `'${each}'`);
  return others.length === 0
    ? sql`${role} = ${sql.raw(String(first))}`
    : sql`${role} IN (${sql.raw([first, ...others].join(', '))})`;
}

/** The driving party is joined as `p`; a second one is looked up for each notice. */
function toPartyCondition(party: Party, value: string | number, drives: boolean): Condition {
  const text = drives
    ? sql`${hasRole(p.role, party)} AND ${p.name} = ${value}`
    : sql`EXISTS (SELECT 1 FROM ${named(x)} WHERE ${x.noticeId} = ${n.id} AND ${hasRole(sql`+${x.role}`, party)} AND +${x.name} = ${value})`;
  return { kind: 'party', write: () => text };
}

const PUBLIC = fixed(named(n));
const OF_PARTY = fixed(sql`${named(p)} CROSS JOIN ${named(n)} ON ${n.id} = ${p.noticeId}`);

/** Table expression of a list: the public notices, reached through the driving party where there is one. */
export function fromClause(conditions: readonly Condition[]): SQL {
  return conditions.some((condition) => condition.kind === 'party') ? OF_PARTY : PUBLIC;
}

/** ` WHERE …` of conditions that must all hold; nothing when there are none. */
export function whereAll(conditions: readonly SQL[]): SQL {
  return conditions.length > 0 ? sql` WHERE ${sql.join([...conditions], sql` AND `)}` : sql``;
}

function writeOnce(write: (column: Column) => SQL): (column: Column) => SQL {
  const written = new WeakMap<Column, SQL>();
  return (column) => {
    const text = written.get(column) ?? fixed(write(column));
    written.set(column, text);
    return text;
  };
}

/** A column that may choose the index. */
export const plain = writeOnce((column) => sql`${column}`);
/** A column that may not: SQLite uses no index for one behind a unary plus. */
export const hidden = writeOnce((column) => sql`+${column}`);

/**
 * SQL of a condition. Only kinds in `indexed` may choose the index, so that one statement always has one plan, with or without
 * statistics.
 */
export function toSql(condition: Condition, indexed: ReadonlySet<ConditionKind>): SQL {
  return condition.write(indexed.has(condition.kind) ? plain : hidden);
}
