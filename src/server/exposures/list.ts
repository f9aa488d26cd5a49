import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { findRow, type SqlValue } from '#db/statements.ts';
import { InputError } from '#src/domain/errors.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import type { ExposureFilter } from '#src/domain/exposures/filter.ts';
import type { Board } from '#src/domain/exposures/registry.ts';
import type { ExposurePage } from '#src/domain/exposures/views.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { identitiesOfName } from './identity.ts';
import { IN_FORCE, inForceValues } from './in-force.ts';
import { listExposureRows, toExposureSummary } from './row.ts';

/** Entries a page when the address does not say. */
export const EXPOSURE_PAGE_SIZE = 20;

interface Condition {
  sql: string;
  values: SqlValue[];
}

/** A page of the entries in force at `now`, newest decision first, with the exact total and the number of those that have ended. */
export function listExposures(db: Db, filter: ExposureFilter, now: Instant = new Date().toISOString()): ExposurePage {
  const limit = filter.limit ?? EXPOSURE_PAGE_SIZE;
  const conditions = listConditions(db, filter, now);
  const total = count(db, conditions);
  if (filter.cursor) conditions.push(afterCursor(filter.cursor));
  const { where, values } = join(conditions);
  const rows = listExposureRows(db, where, [...values, limit + 1], 'e.decision_date DESC, e.id DESC LIMIT ?');
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
  const conditions = [{ sql: 'e.withheld = 0 AND e.public_until <= ?', values: [now] }];
  if (board) conditions.push({ sql: 'e.board = ?', values: [board] });
  return count(db, conditions);
}

function listConditions(db: Db, filter: ExposureFilter, now: Instant): Condition[] {
  const conditions: Condition[] = [{ sql: IN_FORCE, values: inForceValues(now) }];
  const add = (sql: string, ...values: SqlValue[]) => conditions.push({ sql, values });
  if (filter.board) add('e.board = ?', filter.board);
  if (filter.subject) add('e.subject_type = ?', filter.subject);
  if (filter.county) add('e.county = ?', filter.county);
  if (filter.misconduct) add('e.misconduct = ?', filter.misconduct);
  if (filter.body) add('instr(e.authority, ?) > 0', filter.body);
  if (filter.from) add('e.decision_date >= ?', filter.from);
  if (filter.to) add('e.decision_date <= ?', filter.to);
  if (filter.q) conditions.push(wordCondition(db, filter.q));
  return conditions;
}

/** Part of an organization's name in any disguise, one of its other names, its code, or part of the decision's number. */
function wordCondition(db: Db, text: string): Condition {
  const identities = identitiesOfName(db, text);
  const codes = [normaliseUscc(text), ...identities.flatMap((identity) => identity.codes)];
  const keys = identities.flatMap((identity) => identity.keys);
  return {
    sql: `((e.subject_type NOT IN ('expert', 'individual') AND instr(e.subject_key, nullif(?, '')) > 0)
      OR e.subject_uscc IN (SELECT value FROM json_each(?)) OR e.subject_key IN (SELECT value FROM json_each(?))
      OR instr(e.decision_key, nullif(?, '')) > 0)`,
    values: [nameKey(text), JSON.stringify(codes), JSON.stringify(keys), normaliseDecisionNo(text)],
  };
}

function join(conditions: readonly Condition[]): { where: string; values: SqlValue[] } {
  return {
    where: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

function count(db: Db, conditions: readonly Condition[]): number {
  const { where, values } = join(conditions);
  return findRow<{ total: number }>(db, `SELECT count(*) AS total FROM exposures e WHERE ${where}`, values)?.total ?? 0;
}

const cursorSchema = z.tuple([z.iso.date(), z.string().max(20)]);

function formatCursor(decisionDate: string, id: string): string {
  return Buffer.from(JSON.stringify([decisionDate, id])).toString('base64url');
}

/** @throws InputError when the cursor is not one of this list's. */
function afterCursor(text: string): Condition {
  try {
    const values = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { sql: '(e.decision_date, e.id) < (?, ?)', values };
  } catch {
    throw new InputError([{ name: 'cursor', message: '翻页标记无效，请回到第一页' }]);
  }
}
