import type { SqlValue } from '#db/statements.ts';
import type { NoticeFilter, NoticeSort } from '#src/domain/notices/notice-filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { ConditionKind } from './conditions.ts';

/**
 * One run of rows in a list's order. Lists by deadline show what still closes first, then what closed last, then
 * notices without a deadline; lists by amount end with notices without one. So every order reaches every row.
 */
export interface Segment {
  index: number;
  column: 'published_at' | 'closes_at' | 'amount_fen';
  direction: 'ASC' | 'DESC';
  /** What belongs to the segment, as a condition (see `Condition.sql`). */
  sql: string;
  values: SqlValue[];
  /** The kind of condition whose index has this order. */
  kind: ConditionKind;
}

/** The segments of a sort that can hold rows under the filter, in order. */
export function listSegments(sort: NoticeSort, filter: NoticeFilter, at: Instant): Segment[] {
  if (sort === 'deadline') {
    const open = segment(0, 'closes_at', 'ASC', '{n.closes_at} > ?', [at]);
    const past = segment(1, 'closes_at', 'DESC', '{n.closes_at} <= ?', [at]);
    if (filter.status) return [filter.status === 'open' ? open : past];
    return [open, past, segment(2, 'published_at', 'DESC', '+n.closes_at IS NULL')];
  }
  if (sort === 'amount') {
    const known = segment(0, 'amount_fen', 'DESC', '{n.amount_fen} IS NOT NULL');
    if (filter.min !== undefined || filter.max !== undefined) return [known];
    return [known, segment(1, 'published_at', 'DESC', '+n.amount_fen IS NULL')];
  }
  return [segment(0, 'published_at', 'DESC', '')];
}

const KINDS = { published_at: 'dimension', closes_at: 'deadline', amount_fen: 'amount' } as const;

function segment(
  index: number,
  column: Segment['column'],
  direction: Segment['direction'],
  sql: string,
  values: SqlValue[] = [],
): Segment {
  return { index, column, direction, sql, values, kind: KINDS[column] };
}
