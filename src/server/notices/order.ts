import { sql } from 'drizzle-orm';
import type { NoticeFilter, NoticeSort } from '#src/domain/notices/notice-filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Condition, type ConditionKind, hidden, n } from './conditions.ts';

/**
 * One run of rows in a list's order. Lists by deadline show what still closes first, then what closed last, then
 * notices without a deadline; lists by amount end with notices without one. So every order reaches every row.
 */
export interface Segment {
  index: number;
  /** The field that orders it. */
  key: keyof typeof KINDS;
  direction: 'ASC' | 'DESC';
  /** What belongs to the segment, as a condition; absent when everything does. */
  write?: Condition['write'];
  /** The kind of condition whose index has this order. */
  kind: ConditionKind;
}

const KINDS = { publishedAt: 'dimension', firstSeenAt: 'arrived', closesAt: 'deadline', amountFen: 'amount' } as const;

/** The directions as SQL. */
export const DIRECTIONS = { ASC: sql.raw('ASC'), DESC: sql.raw('DESC') } as const;

/** The segments of a sort that can hold rows under the filter, in order. */
export function listSegments(sort: NoticeSort, filter: NoticeFilter, at: Instant): Segment[] {
  if (sort === 'deadline') {
    const open = segment(0, 'closesAt', 'ASC', (seen) => sql`${seen(n.closesAt)} > ${at}`);
    const past = segment(1, 'closesAt', 'DESC', (seen) => sql`${seen(n.closesAt)} <= ${at}`);
    if (filter.status) return [filter.status === 'open' ? open : past];
    return [open, past, segment(2, 'publishedAt', 'DESC', () => sql`${hidden(n.closesAt)} IS NULL`)];
  }
  if (sort === 'amount') {
    const known = segment(0, 'amountFen', 'DESC', (seen) => sql`${seen(n.amountFen)} IS NOT NULL`);
    if (filter.min !== undefined || filter.max !== undefined) return [known];
    return [known, segment(1, 'publishedAt', 'DESC', () => sql`${hidden(n.amountFen)} IS NULL`)];
  }
  return [segment(0, sort === 'arrived' ? 'firstSeenAt' : 'publishedAt', 'DESC')];
}

function segment(
  index: number,
  key: Segment['key'],
  direction: Segment['direction'],
  write?: Condition['write'],
): Segment {
  return { index, key, direction, ...(write ? { write } : {}), kind: KINDS[key] };
}

/** The conditions of a list's segment: those of the filter, then its own. */
export function withSegment(conditions: Condition[], { kind, write }: Segment): Condition[] {
  return write ? [...conditions, { kind, write }] : conditions;
}
