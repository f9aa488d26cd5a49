import type { SqlValue } from '#db/statements.ts';
import { type NoticeField, type NoticeFilter, toClauses } from '#src/domain/notices/notice-filter.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** What a condition restricts; the planner is steered by which of these may use an index. */
export type ConditionKind = 'dimension' | 'published' | 'amount' | 'deadline' | 'party';

export interface Condition {
  kind: ConditionKind;
  /** SQL over the notice `n`. A column written `{column}` may be hidden from the planner, see `toSql`. */
  sql: string;
  values: SqlValue[];
}

/** Where the fields of a notice stand, and what a condition on them restricts. */
const COLUMNS: Record<Exclude<NoticeField, Party>, { kind: ConditionKind; column: string }> = {
  category: { kind: 'dimension', column: 'n.category' },
  stage: { kind: 'dimension', column: 'n.stage' },
  county: { kind: 'dimension', column: 'n.county' },
  publishedAt: { kind: 'published', column: 'n.published_at' },
  amountFen: { kind: 'amount', column: 'n.amount_fen' },
  closesAt: { kind: 'deadline', column: 'n.closes_at' },
};

/** The parties a list can be narrowed to; the first one given drives the query. */
const PARTIES = ['supplier', 'buyer'] as const satisfies readonly NoticeField[];
type Party = (typeof PARTIES)[number];

/** Conditions of a filter. `at` is the instant that "open" is judged by. The search text is not a condition of lists. */
export function listConditions(filter: NoticeFilter, at: Instant): Condition[] {
  const clauses = toClauses(filter, at);
  const parties = PARTIES.flatMap((party) => clauses.filter(({ field }) => field === party));
  return [
    ...parties.map(({ field, value }, index) => toPartyCondition(field, value, index === 0)),
    ...clauses.flatMap(({ field, is, value }): Condition[] => {
      if (isParty(field)) return [];
      const { kind, column } = COLUMNS[field];
      return [{ kind, sql: `{${column}} ${is} ?`, values: [value] }];
    }),
  ];
}

const isParty = (field: NoticeField): field is Party => (PARTIES as readonly string[]).includes(field);

/** The driving party is joined as `p`; a second one is looked up for each notice. */
function toPartyCondition(role: NoticeField, value: SqlValue, drives: boolean): Condition {
  const sql = drives
    ? `p.role = '${role}' AND p.name = ?`
    : `EXISTS (SELECT 1 FROM notice_parties x WHERE x.notice_id = n.id AND +x.role = '${role}' AND +x.name = ?)`;
  return { kind: 'party', sql, values: [value] };
}

/** Table expression of a list: the public notices, reached through the driving party where there is one. */
export function fromClause(conditions: readonly Condition[]): string {
  return conditions.some((condition) => condition.kind === 'party')
    ? 'notice_parties p CROSS JOIN published_notices n ON n.id = p.notice_id'
    : 'published_notices n';
}

/**
 * SQL of a condition. Only kinds in `indexed` may choose the index: SQLite ignores a column behind a unary plus,
 * so one statement always has one plan, with or without statistics.
 */
export function toSql(condition: Pick<Condition, 'kind' | 'sql'>, indexed: ReadonlySet<ConditionKind>): string {
  return condition.sql.replace(/\{([a-z_.]+)\}/g, indexed.has(condition.kind) ? '$1' : '+$1');
}
