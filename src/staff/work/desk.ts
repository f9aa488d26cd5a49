import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import { PERMISSIONS, refusalOf } from '#src/domain/staff/permissions.ts';
import type { Officer, Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { WORK_LIST_KEYS, WORK_LISTS, type WorkListKey, workDueAt } from '#src/domain/work/lists.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit, recordReading } from '../audit.ts';
import { movedBy } from '../moved-by.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { addFilter, listFilters, removeFilter, type SavedFilter } from './filters.ts';
import {
  type After,
  type Decided,
  type Decider,
  FROM_START,
  type Owned,
  WORK_PAGE,
  type WorkList,
  type WorkRow,
} from './list.ts';
import { codes, type UnmappedCode } from './lists/codes.ts';
import { corrections, type LoneCorrection, type Original, searchOriginals } from './lists/corrections.ts';
import { type DisclosureFinding, disclosure } from './lists/disclosure.ts';
import { type DuplicatePair, duplicates } from './lists/duplicates.ts';
import { facts, type NoticeFacts } from './lists/facts.ts';
import { holds, mirrors, type WaitingSource } from './lists/feeds.ts';
import { type DeadMessage, messages } from './lists/messages.ts';
import { doubtfulNames, type OrganizationItem, searchOrganizations } from './lists/organizations.ts';
import { type RejectedItem, rawTextOf, rejected } from './lists/rejected.ts';

export type WorkItem =
  | RejectedItem
  | NoticeFacts
  | UnmappedCode
  | DuplicatePair
  | LoneCorrection
  | OrganizationItem
  | WaitingSource
  | DeadMessage
  | DisclosureFinding;

/** A list whose items are known by their ids alone. */
interface ById extends Pick<WorkList<WorkItem>, 'rows' | 'item'> {
  act(db: Db, id: string, values: Readonly<Record<string, string>>, by: Decider): Decided;
}

const byId = <Item extends WorkItem>({ rows, item, act }: WorkList<Item>): ById => ({
  rows,
  item,
  act: (db, id, values, by) => act(db, item(db, id), values, by),
});

const LISTS: Record<WorkListKey, ById> = {
  rejected: byId(rejected),
  facts: byId(facts),
  codes: byId(codes),
  duplicates: byId(duplicates),
  corrections: byId(corrections),
  organizations: byId(doubtfulNames),
  holds: byId(holds),
  mirrors: byId(mirrors),
  disclosure: byId(disclosure),
  messages: byId(messages),
};

/** What waits in a list. */
export interface Waiting {
  list: WorkListKey;
  /** At most `COUNTED`. */
  total: number;
  /** Since when the oldest waits; null for an empty list. */
  oldest: Instant | null;
  isOverdue: boolean;
}

/** Counting ends here: more is more than enough. */
export const COUNTED = 100;
/** How long counts are kept: they stand on every page. */
const KEPT_MS = 10_000;

/** Work lists: what waits, and what is decided of it. Each method asks the table of rights itself, at the action. */
export class WorkDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #kept = new Map<string, { at: number; waiting: Waiting[] }>();

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** What waits in each list, of the person's county; nothing for who may see none. */
  waiting({ officer, doer }: Session): Waiting[] {
    if (refusalOf(officer, 'work.list', officer.county)) return [];
    const key = officer.county ?? '';
    const now = Date.parse(doer.now);
    const kept = this.#kept.get(key);
    if (kept && now - kept.at < KEPT_MS && now >= kept.at) return kept.waiting;
    const waiting = WORK_LIST_KEYS.map((list) => this.#count(list, officer.county, doer.now));
    this.#kept.set(key, { at: now, waiting });
    return waiting;
  }

  /** A page of a list, the oldest first. @throws ForbiddenError */
  rows(
    session: Session,
    list: WorkListKey,
    { county, after }: { county: County | null; after: After | null },
  ): { rows: WorkRow[]; next: After | null } {
    const own = session.officer.county ?? county;
    assertMay(session, 'work.list', own);
    const found = LISTS[list].rows(this.#db, { county: own, after: after ?? FROM_START, limit: WORK_PAGE + 1 });
    const rows = found.slice(0, WORK_PAGE);
    const last = found.length > WORK_PAGE ? rows.at(-1) : undefined;
    return { rows, next: last ? { since: last.since, id: last.id } : null };
  }

  /** One of a list. @throws ForbiddenError, NotFoundError */
  item(session: Session, list: WorkListKey, id: string): WorkItem {
    const item = LISTS[list].item(this.#db, id);
    this.#assertOver(session, 'work.list', item, 'some');
    return item;
  }

  /** Whether the person may decide about it, leaving aside that the password may be asked for. */
  mayAct(session: Session, item: WorkItem): boolean {
    const { permitted } = WORK_LISTS[item.list];
    return item.counties.every((county) => refusalOf(session.officer, permitted, county) === null);
  }

  /** Decides about one, with its effect and the audit in one transaction. @throws ForbiddenError, NotFoundError, InputError, ConflictError */
  async act(session: Session, list: WorkListKey, id: string, values: Readonly<Record<string, string>>): Promise<void> {
    const { permitted } = WORK_LISTS[list];
    await this.#write((db) => {
      const item = LISTS[list].item(db, id);
      this.#assertOver(session, permitted, item, 'every');
      const { actor, now } = session.doer;
      const by = { actor, now, role: roleFor(session.officer, permitted) };
      const { reason, details = {} } = decide(db, { list, id, values, by });
      recordAudit(db, session.doer, {
        ...{ action: permitted, subject: `${list}:${id}`, county: countyOf(item) },
        ...{ before: hashOf(item), after: hashOf(find(db, list, id)) },
        ...(reason === '' ? {} : { reason }),
        details,
      });
    });
    this.#kept.clear();
  }

  /** What was received of a rejected item, byte for byte. It may hold personal data: that it was read is written down. @throws ForbiddenError, NotFoundError */
  async rawText(session: Session, id: string): Promise<string> {
    return this.#write((db) => {
      const item = rejected.item(db, id);
      this.#assertOver(session, 'work.item', item, 'every');
      recordReading(db, session.doer, { subject: `rejected:${id}`, county: countyOf(item), what: '原始条目' });
      return rawTextOf(db, item.id);
    });
  }

  /** Notices that a correction may correct. @throws ForbiddenError, NotFoundError */
  originals(session: Session, id: string, words: string): Original[] {
    const item = corrections.item(this.#db, id);
    this.#assertOver(session, 'work.list', item, 'every');
    return searchOriginals(this.#db, item, words);
  }

  /** Organizations by id, code or whole name. @throws ForbiddenError */
  organizations(session: Session, words: string): { id: string; name: string; uscc: string | null }[] {
    assertMay(session, 'work.list', session.officer.county);
    return searchOrganizations(this.#db, words);
  }

  /** Addresses that the person keeps. */
  filters({ officer }: Session): SavedFilter[] {
    return listFilters(this.#db, officer.accountId);
  }

  /** Keeps an address of the console. @throws InputError */
  async keepFilter({ officer, doer }: Session, filter: { name: string; href: string }): Promise<void> {
    await this.#write((db) => addFilter(db, officer.accountId, filter, doer.now));
  }

  /** Forgets one of the person's own. */
  async dropFilter({ officer }: Session, id: number): Promise<void> {
    await this.#write((db) => removeFilter(db, officer.accountId, id));
  }

  #count(list: WorkListKey, county: County | null, now: Instant): Waiting {
    const rows = LISTS[list].rows(this.#db, { county, after: FROM_START, limit: COUNTED });
    const since = rows.map((row) => row.since).sort()[0] ?? null;
    return { list, total: rows.length, oldest: since, isOverdue: since !== null && workDueAt(list, since) < now };
  }

  /** `some`: a pair concerns two counties, and either may look at it; to decide, both have to be one's own. */
  #assertOver(
    session: Session,
    permitted: (typeof WORK_LISTS)[WorkListKey]['permitted'] | 'work.list',
    { counties }: Owned,
    of: 'some' | 'every',
  ): void {
    const near = counties.find((county) => refusalOf(session.officer, permitted, county) === null);
    if (of === 'some' && near !== undefined) return;
    for (const county of counties) assertMay(session, permitted, county);
  }
}

/** Decides about one of a list. @throws ConflictError that says who was faster, InputError */
function decide(
  db: Db,
  { list, id, values, by }: { list: WorkListKey; id: string; values: Readonly<Record<string, string>>; by: Decider },
): Decided {
  try {
    return LISTS[list].act(db, id, values, by);
  } catch (error) {
    throw error instanceof ConflictError ? movedBy(db, `${list}:${id}`, '这一项') : error;
  }
}

function find(db: Db, list: WorkListKey, id: string): Owned | null {
  try {
    return LISTS[list].item(db, id);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** SHA-256 (hex) of what of it was seen. */
const hashOf = (item: Owned | null): string =>
  createHash('sha256')
    .update(canonicalize(item) ?? '')
    .digest('hex');

const countyOf = ({ counties }: Owned): County | null => (counties.length === 1 ? (counties[0] ?? null) : null);

/** The post in which somebody may do something. */
function roleFor({ roles }: Officer, permitted: keyof typeof PERMISSIONS): Role {
  const may: readonly Role[] = PERMISSIONS[permitted].roles;
  return roles.find((role) => may.includes(role)) ?? 'editor';
}
