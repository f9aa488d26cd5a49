import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, defineStatement } from '#db/query.ts';
import { visits } from '#db/schema/visits.ts';
import { bare } from '#db/sql-pieces.ts';

/** How often pages of a kind were asked for on a day in Shanghai. */
export interface VisitCount {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Address of the kind of page, as the route table has it. */
  page: string;
  count: number;
}

const { day, page, count } = visits;
const ADD = defineStatement(
  (p: Params<VisitCount>) => sql`
    INSERT INTO ${visits} (${sql.join([day, page, count].map(bare), sql`, `)}) VALUES (${p.day}, ${p.page}, ${p.count})
    ON CONFLICT DO UPDATE SET ${bare(count)} = ${bare(count)} + ${p.count}`,
);
const DAYS = defineSelect((p: Params<{ from: string }>) => ({
  fields: { day, count: sql<number>`sum(${count})` },
  rest: sql`FROM ${visits} WHERE ${day} >= ${p.from} GROUP BY ${day} ORDER BY ${day} DESC`,
}));
const PAGES = defineSelect((p: Params<{ from: string }>) => ({
  fields: { page, count: sql<number>`sum(${count})` },
  rest: sql`FROM ${visits} WHERE ${day} >= ${p.from} GROUP BY ${page} ORDER BY 2 DESC, ${page}`,
}));

/** Adds counts to the sums. The caller holds the transaction. */
export function addVisits(db: Db, counted: readonly VisitCount[]): void {
  for (const each of counted) ADD.run(db, each);
}

/** Sums by day from a day on, newest first; days without a visit are left out. */
export const listVisitDays = (db: Db, from: string): Omit<VisitCount, 'page'>[] => DAYS.all(db, { from });

/** Sums by kind of page from a day on, most first. */
export const listVisitPages = (db: Db, from: string): Omit<VisitCount, 'day'>[] => PAGES.all(db, { from });
