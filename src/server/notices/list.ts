import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { InputError } from '#src/domain/errors.ts';
import type { NoticeFilter, NoticeSort } from '#src/domain/notices/notice-filter.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from '../sources/as-of.ts';
import {
  COMPARISONS,
  type ConditionKind,
  fromClause,
  hidden,
  listConditions,
  n,
  plain,
  toSql,
  whereAll,
} from './conditions.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';
import { DIRECTIONS, listSegments, type Segment, withSegment } from './order.ts';
import { SUMMARY_FIELDS, type SummaryRow, toNoticeSummary } from './row.ts';
import { drivingKind, listAllTallies, listTallies, sumTallies, type Tally, toFacets } from './tally.ts';

/** Notices a page when the address does not say. */
export const PAGE_SIZE = 20;

/**
 * A page of public notices with exact total and facets. `q` is not answered here: search does that. `now` decides what
 * is open; a cursor keeps the instant its walk began at.
 * @throws InputError when the cursor is not one of this list's.
 */
export function listNotices(db: Db, filter: NoticeFilter, now: Instant = new Date().toISOString()): NoticePage {
  const sort = !filter.sort || filter.sort === 'relevance' ? 'published' : filter.sort;
  const cursor = filter.cursor ? parseCursor(filter.cursor) : undefined;
  if (cursor && cursor.sort !== sort)
    throw new InputError([{ name: 'cursor', message: '翻页标记与排序不符，请回到第一页' }]);
  const at = cursor?.at ?? now;
  const tallies = listTallies(db, filter, at);
  const total = sumTallies(tallies, filter);
  const limit = filter.limit ?? PAGE_SIZE;
  const walk = { db, filter, at, limit, indexed: chooseIndex({ db, filter, at, limit }, tallies) };
  const rows = total > 0 ? readPage(walk, listSegments(sort, filter, at), cursor) : [];
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(({ row }) => toNoticeSummary(row)),
    total,
    asOf: getAsOf(db),
    next: rows.length > limit && last ? formatCursor(toCursor(last, sort, at)) : null,
    facets: toFacets(tallies, filter),
  };
}

interface Walk {
  db: Db;
  filter: NoticeFilter;
  at: Instant;
  limit: number;
  /** Gives the kinds of conditions that may choose the index for a segment, and whether its order may. */
  indexed: (segment: Segment) => { kinds: ReadonlySet<ConditionKind>; ordered: boolean };
}

interface FoundRow {
  row: SummaryRow;
  segment: Segment;
}

/** Up to `limit + 1` rows from the cursor on, through as many segments as it takes. */
function readPage(walk: Walk, segments: Segment[], cursor: Cursor | undefined): FoundRow[] {
  const found: FoundRow[] = [];
  for (const segment of segments) {
    if (cursor && segment.index < cursor.segment) continue;
    const wanted = walk.limit + 1 - found.length;
    if (wanted <= 0) break;
    const after = cursor?.segment === segment.index ? cursor : undefined;
    found.push(...readSegment(walk, segment, after, wanted).map((row) => ({ row, segment })));
  }
  return found;
}

function readSegment(walk: Walk, segment: Segment, after: Cursor | undefined, wanted: number): SummaryRow[] {
  const { kinds, ordered } = walk.indexed(segment);
  const seen = ordered ? plain : hidden;
  const [key, id] = [seen(n[segment.key]), seen(n.id)];
  const conditions = withSegment(listConditions(walk.filter, walk.at), segment);
  const where = conditions.map((condition) => toSql(condition, kinds));
  if (after) {
    const beyond = segment.direction === 'ASC' ? COMPARISONS['>'] : COMPARISONS['<'];
    where.push(sql`(${key}, ${id}) ${beyond} (${after.key}, ${after.id})`);
  }
  const direction = DIRECTIONS[segment.direction];
  return selectAll(
    walk.db,
    SUMMARY_FIELDS,
    sql`FROM ${fromClause(conditions)}${whereAll(where)} ORDER BY ${key} ${direction}, ${id} ${direction} LIMIT ${wanted}`,
  );
}

/**
 * Either walk the index that has the order and drop rows that do not fit, or read all rows of the most selective
 * filter and sort them: whichever reads fewer rows, judged by exact counts. Notices of a party or a project are few: always read.
 */
function chooseIndex({ db, filter, at, limit }: Omit<Walk, 'indexed'>, tallies: Tally[]): Walk['indexed'] {
  const driver = drivingKind(listConditions(filter, at));
  if (driver === 'party' || driver === 'project') return () => ({ kinds: new Set([driver]), ordered: false });
  const all = listAllTallies(db);
  const everything = sumTallies(all, {});
  const inDimensions = sumTallies(all, filter);
  const matching = Math.max(1, sumTallies(tallies, filter));
  const inDriver = sumTallies(tallies, {});
  const narrow: ConditionKind = driver !== 'dimension' && inDriver < inDimensions ? driver : 'dimension';
  const unbounded = narrow === 'dimension' && !filter.category && !filter.stage && !filter.county;
  return (segment) => {
    const walked = segment.kind === 'dimension' ? inDimensions : everything;
    const ordered = unbounded || (walked / matching) * limit <= Math.min(inDriver, inDimensions);
    const kinds: ConditionKind[] = segment.kind === 'dimension' ? ['dimension', 'published'] : [segment.kind];
    return { kinds: new Set(ordered ? kinds : [narrow]), ordered };
  };
}

function toCursor({ row, segment }: FoundRow, sort: NoticeSort, at: Instant): Cursor {
  return { sort: sort as Cursor['sort'], segment: segment.index, key: row[segment.key] ?? '', id: row.id, at };
}
