import type { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Rows of a page. */
export const WORK_PAGE = 50;

/** Behind which row a page begins: since when it waits, and its id. */
export interface After {
  since: Instant;
  id: string;
}

/** What of a list is asked for. */
export interface Scope {
  /** Null: of all counties. */
  county: County | null;
  after: After;
  limit: number;
}

/** A row of a work list. */
export interface WorkRow {
  id: string;
  title: string;
  /** What is to be decided, in words. */
  detail: string;
  county: County | null;
  /** Since when it waits. */
  since: Instant;
}

/** Of whom something is: whoever decides it must be allowed for all of them. Null: of the whole city. */
export interface Owned {
  counties: readonly (County | null)[];
  title: string;
}

/** By whom something is decided. */
export interface Decider extends WriteContext {
  role: Role;
}

/** What was decided, for the audit. */
export interface Decided {
  reason: string;
  details?: Readonly<Record<string, string | number | boolean>>;
}

/** One kind of work: what waits, one of it, and what can be decided. Asks for no rights: `WorkDesk` does, before and at the action. */
export interface WorkList<Item extends Owned> {
  /** Oldest first. */
  rows(db: Db, scope: Scope): WorkRow[];
  /** @throws NotFoundError */
  item(db: Db, id: string): Item;
  /** Decides; the caller holds the transaction. @throws InputError, ConflictError */
  act(db: Db, item: Item, values: Readonly<Record<string, string>>, by: Decider): Decided;
}

/** Values of a form. @throws InputError with each faulty field */
export function parseForm<Shape extends z.ZodType>(
  schema: Shape,
  values: Readonly<Record<string, string>>,
): z.output<Shape> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new InputError(result.error.issues.map(({ path, message }) => ({ name: String(path[0] ?? 'form'), message })));
}

/** Before every row. */
export const FROM_START: After = { since: '', id: '' };
