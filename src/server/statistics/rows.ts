import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { projects, statisticObservations } from '#db/schema/index.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Figure } from '#src/domain/statistics/figure.ts';
import type { RowFilter } from '#src/domain/statistics/filter.ts';
import { COUNTED } from '#src/domain/statistics/observe.ts';
import type { MeasureId } from '#src/domain/statistics/registry.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from '../sources/as-of.ts';
import { readFigure } from './cells.ts';
import { periodOf } from './read.ts';

const o = statisticObservations;
const KEY = {
  month: o.month,
  category: o.category,
  county: o.county,
  part: o.part,
  projectId: o.projectId,
  lot: o.lot,
};
const FIELDS = { ...KEY, status: o.status, numerator: o.numerator, denominator: o.denominator, title: projects.title };

/** One lot of those that a figure is made of. */
export interface ObservedRow {
  month: string;
  category: (typeof statisticObservations.$inferSelect)['category'];
  county: (typeof statisticObservations.$inferSelect)['county'];
  part: string;
  projectId: string;
  lot: string;
  status: string;
  numerator: number;
  denominator: number;
  /** Of its project. */
  title: string;
}

export interface ObservedPage {
  rows: ObservedRow[];
  /** The figure that they add up to. */
  figure: Figure;
  next: string | null;
  asOf: Instant;
}

export const ROW_PAGE_SIZE = 50;

/** A page of the lots behind a figure, oldest month first. Of a figure that is not shown none is listed. @throws InputError for a foreign cursor */
export function listObserved(db: Db, measure: MeasureId, filter: RowFilter & { year: number }): ObservedPage {
  const { category = '', county = '', part = '', limit = ROW_PAGE_SIZE } = filter;
  const figure = readFigure(db, { measure, period: periodOf(filter), category, county, part });
  const status = filter.status ?? COUNTED;
  if (figure.isHidden && status === COUNTED) return { rows: [], figure, next: null, asOf: getAsOf(db) };
  const rows = selectAll(db, FIELDS, rowsWhere(measure, filter, status, limit + 1));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), figure, next: last ? formatCursor(last) : null, asOf: getAsOf(db) };
}

function rowsWhere(measure: MeasureId, filter: RowFilter & { year: number }, status: string, limit: number): SQL {
  const period = periodOf(filter);
  const [from, until] = filter.month === undefined ? [`${period}-01`, `${period}-12`] : [period, period];
  const after = filter.cursor === undefined ? undefined : parseCursor(filter.cursor);
  const conditions = [
    sql`${o.measure} = ${measure}`,
    sql`${o.month} BETWEEN ${from} AND ${until}`,
    sql`${o.status} = ${status}`,
    ...(filter.category ? [sql`${o.category} = ${filter.category}`] : []),
    ...(filter.county ? [sql`${o.county} = ${filter.county}`] : []),
    ...(filter.part ? [sql`${o.part} = ${filter.part}`] : []),
    ...(after
      ? [
          sql`(${sql.join(
            Object.values(KEY).map((column) => sql`${column}`),
            sql`, `,
          )}) > (${sql.join(
            after.map((value) => sql`${value}`),
            sql`, `,
          )})`,
        ]
      : []),
  ];
  return sql`FROM ${o} JOIN ${projects} ON ${projects.id} = ${o.projectId} WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${sql.join(
      Object.values(KEY).map((column) => sql`${column}`),
      sql`, `,
    )} LIMIT ${limit}`;
}

const formatCursor = (row: ObservedRow): string =>
  Buffer.from(JSON.stringify(Object.keys(KEY).map((key) => row[key as keyof typeof KEY]))).toString('base64url');

function parseCursor(text: string): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(key) && key.length === Object.keys(KEY).length && key.every((part) => typeof part === 'string')) {
      return key;
    }
  } catch {
    // Says the same as a key of another list.
  }
  throw new InputError([{ name: 'cursor', message: '翻页标记无效' }]);
}
