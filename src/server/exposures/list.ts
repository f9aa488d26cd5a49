import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { selectFirst } from '#db/query.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import { InputError } from '#src/domain/errors.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import type { ExposureCondition, ExposureFilter } from '#src/domain/exposures/filter.ts';
import type { Board } from '#src/domain/exposures/registry.ts';
import type { ExposurePage } from '#src/domain/exposures/views.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { identitiesOfName } from './identity.ts';
import { e, inForce, isNoPerson } from './in-force.ts';
import { listExposureRows, toExposureSummary } from './row.ts';

/** Entries a page when the address does not say. */
export const EXPOSURE_PAGE_SIZE = 20;

/** A page of the entries in force at `now`, newest decision first, with the exact total and the number of those that have ended. */
export function listExposures(db: Db, filter: ExposureFilter, now: Instant = new Date().toISOString()): ExposurePage {
  const limit = filter.limit ?? EXPOSURE_PAGE_SIZE;
  const conditions = listConditions(db, filter, now);
  const total = count(db, conditions);
  if (filter.cursor) conditions.push(afterCursor(filter.cursor));
  const rows = listExposureRows(db, all(conditions), limit + 1);
  const items = rows.slice(0, limit).map((row) => toExposureSummary(row, now));
  const last = items.at(-1);
  return {
    items,
    total,
    asOf: now,
    next: rows.length > limit && last ? formatCursor(last.decisionDate, last.id) : null,
    ended: countEnded(db, filter.board, now),
  };
}

/** How many entries have been public and are no longer: only the number stays. */
function countEnded(db: Db, board: Board | undefined, now: Instant): number {
  const hasEnded = sql`${e.withheld} = 0 AND ${e.publicUntil} <= ${now}`;
  return count(db, board ? [hasEnded, sql`${e.board} = ${board}`] : [hasEnded]);
}

function listConditions(db: Db, filter: ExposureFilter, now: Instant): SQL[] {
  const asked = CONDITIONS as Record<ExposureCondition, (value: unknown, db: Db) => SQL>;
  const keys = (Object.keys(asked) as ExposureCondition[]).filter((key) => filter[key]);
  return [inForce(now), ...keys.map((key) => asked[key](filter[key], db))];
}

/** What an entry must meet for each filter: one that is not here does not compile. */
const CONDITIONS: { [Key in ExposureCondition]: (value: NonNullable<ExposureFilter[Key]>, db: Db) => SQL } = {
  board: (board) => sql`${e.board} = ${board}`,
  subject: (subject) => sql`${e.subjectType} = ${subject}`,
  county: (county) => sql`${e.county} = ${county}`,
  misconduct: (misconduct) => sql`${e.misconduct} = ${misconduct}`,
  body: (body) => sql`instr(${e.authority}, ${body}) > 0`,
  from: (day) => sql`${e.decisionDate} >= ${day}`,
  to: (day) => sql`${e.decisionDate} <= ${day}`,
  q: (text, db) => wordCondition(db, text),
};

/** Part of an organization's name in any disguise, one of its other names, its code, or part of the decision's number. */
function wordCondition(db: Db, text: string): SQL {
  const identities = identitiesOfName(db, text);
  const codes = [normaliseUscc(text), ...identities.flatMap((identity) => identity.codes)];
  const keys = identities.flatMap((identity) => identity.keys);
  return sql`((${isNoPerson(e.subjectType)} AND instr(${e.subjectKey}, nullif(${nameKey(text)}, '')) > 0)
    OR ${e.subjectUscc} IN ${valuesOf(JSON.stringify(codes))} OR ${e.subjectKey} IN ${valuesOf(JSON.stringify(keys))}
    OR instr(${e.decisionKey}, nullif(${normaliseDecisionNo(text)}, '')) > 0)`;
}

const all = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` AND `);

function count(db: Db, conditions: readonly SQL[]): number {
  return selectFirst(db, { total: sql<number>`count(*)` }, sql`FROM ${named(e)} WHERE ${all(conditions)}`)?.total ?? 0;
}

const cursorSchema = z.tuple([z.iso.date(), z.string().max(20)]);

function formatCursor(decisionDate: string, id: string): string {
  return Buffer.from(JSON.stringify([decisionDate, id])).toString('base64url');
}

/** @throws InputError when the cursor is not one of this list's. */
function afterCursor(text: string): SQL {
  try {
    const [date, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return sql`(${e.decisionDate}, ${e.id}) < (${date}, ${id})`;
  } catch {
    throw new InputError([{ name: 'cursor', message: '翻页标记无效，请回到第一页' }]);
  }
}
