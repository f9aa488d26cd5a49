import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import { addDays, type Instant, startOfDay } from '#src/domain/time.ts';
import type { SqlValue } from '../statements.ts';

/** What a condition restricts; the planner is steered by which of these may use an index. */
export type ConditionKind = 'dimension' | 'published' | 'amount' | 'deadline' | 'party';

export interface Condition {
  kind: ConditionKind;
  /** SQL over the notice `n`. A column written `{column}` may be hidden from the planner, see `toSql`. */
  sql: string;
  values: SqlValue[];
}

/** The parties a list can be narrowed to; the first one given drives the query. */
const PARTIES = ['supplier', 'buyer'] as const;

/** Conditions of a filter. `at` is the instant that "open" is judged by. The search text is not a condition of lists. */
export function listConditions(filter: NoticeFilter, at: Instant): Condition[] {
  const conditions: Condition[] = [];
  const add = (kind: ConditionKind, sql: string, ...values: SqlValue[]) => conditions.push({ kind, sql, values });
  if (filter.category) add('dimension', '{n.category} = ?', filter.category);
  if (filter.stage) add('dimension', '{n.stage} = ?', filter.stage);
  if (filter.county) add('dimension', '{n.county} = ?', filter.county);
  if (filter.from) add('published', '{n.published_at} >= ?', startOfDay(filter.from));
  if (filter.to) add('published', '{n.published_at} < ?', addDays(startOfDay(filter.to), 1));
  if (filter.min !== undefined) add('amount', '{n.amount_fen} >= ?', filter.min);
  if (filter.max !== undefined) add('amount', '{n.amount_fen} <= ?', filter.max);
  if (filter.status) add('deadline', `{n.closes_at} ${filter.status === 'open' ? '>' : '<='} ?`, at);
  return [...listPartyConditions(filter), ...conditions];
}

/** The driving party is joined as `p`; a second one is looked up for each notice. */
function listPartyConditions(filter: NoticeFilter): Condition[] {
  return PARTIES.filter((role) => filter[role]).map((role, index) => ({
    kind: 'party',
    sql:
      index === 0
        ? `p.role = '${role}' AND p.name = ?`
        : `EXISTS (SELECT 1 FROM notice_parties x WHERE x.notice_id = n.id AND +x.role = '${role}' AND +x.name = ?)`,
    values: [filter[role] ?? null],
  }));
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
