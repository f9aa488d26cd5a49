import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { holidayPlans, publicSubmissions } from '#db/schema/index.ts';
import { parseHolidayPlans } from '#src/domain/calendar/holiday-plan-file.ts';
import type { HolidayPlan } from '#src/domain/calendar/holiday-plans.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { ConflictError, InputError } from '#src/domain/errors.ts';
import { isOver, standingOf } from '#src/domain/participation/case.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { calendarOf } from '#src/publish/calendar.ts';
import { listAllEvents } from '#src/publish/participation/cases.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import { listNames } from '../participation/read.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
}

/** A plan as it was entered. */
export interface EnteredPlan {
  seq: number;
  year: number;
  document: string;
  plan: HolidayPlan;
  by: string;
  at: string;
}

/** What entering a plan did to the clocks that run. */
export interface Recount {
  year: number;
  open: number;
  changed: number;
}

/** Holiday plans that staff enter when the State Council publishes them. */
export class HolidayDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #calendar: WorkingCalendar;

  constructor({ db, write, calendar }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#calendar = calendar;
  }

  /** Plans that were entered, the latest first, and the first year of which none is known. @throws ForbiddenError */
  list(session: Session): { plans: EnteredPlan[]; firstUnknown: number } {
    assertMay(session, 'holiday.enter', null);
    const names = listNames(this.#db);
    const plans = this.#db
      .select()
      .from(holidayPlans)
      .orderBy(desc(holidayPlans.seq))
      .limit(50)
      .all()
      .flatMap(({ plan: text, accountId, ...row }) => {
        const [plan] = parseHolidayPlans(JSON.parse(text));
        return plan ? [{ ...row, plan, by: names.get(accountId) ?? '' }] : [];
      });
    let firstUnknown = Number(formatDate(session.doer.now).slice(0, 4));
    while (this.#calendar.isWorkingDay(`${firstUnknown}-06-15`) !== undefined) firstUnknown++;
    return { plans, firstUnknown };
  }

  /**
   * Enters the plan of a year with the document that published it. Open clocks are counted anew by it from then on; which due days moved
   * is written down in the same transaction. @throws ForbiddenError, InputError that names what is wrong with the list,
   * ConflictError for what is entered already
   */
  async enter(session: Session, given: { document: string; list: string }): Promise<Recount> {
    assertMay(session, 'holiday.enter', null);
    const { plan, text } = readPlan(given);
    return this.#write((db) => {
      const last = db
        .select({ plan: holidayPlans.plan })
        .from(holidayPlans)
        .where(eq(holidayPlans.year, plan.year))
        .orderBy(desc(holidayPlans.seq))
        .get();
      if (last?.plan === text) throw new ConflictError('这一年的放假安排已经登记，内容相同');
      const before = listDue(db, this.#calendar, session);
      db.insert(holidayPlans)
        .values({
          ...{ year: plan.year, document: given.document, plan: text },
          ...{ accountId: session.officer.accountId, at: session.doer.now },
        })
        .run();
      const after = listDue(db, withPlan(this.#calendar, plan, calendarOf(db)), session);
      const moved = [...after].filter(([id, due]) => before.get(id) !== due);
      const count = { open: after.size, changed: moved.length };
      recordAudit(db, session.doer, {
        ...{ action: 'holiday.enter', subject: `holidays:${plan.year}` },
        details: { document: given.document, ...count },
      });
      for (const [id, due] of moved)
        recordAudit(db, session.doer, {
          ...{ action: 'holiday.enter', subject: `case:${id}` },
          details: { year: plan.year, before: before.get(id) ?? '', after: due },
        });
      return { year: plan.year, ...count };
    });
  }
}

/** The calendar before, but for the plan's year: whatever file it knows besides goes on counting. */
const withPlan = (before: WorkingCalendar, { year }: HolidayPlan, entered: WorkingCalendar): WorkingCalendar => ({
  isWorkingDay: (date) =>
    (date.startsWith(`${year}-`) ? undefined : before.isWorkingDay(date)) ?? entered.isWorkingDay(date),
  isAhead: (date) => before.isAhead(date) && entered.isAhead(date),
});

/** @throws InputError */
function readPlan({ document, list }: { document: string; list: string }): { plan: HolidayPlan; text: string } {
  const refuse = (message: string) => new InputError([{ name: 'list', message }]);
  let content: unknown;
  try {
    content = JSON.parse(list);
  } catch {
    throw refuse('不是 JSON 格式的清单');
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(content);
  if (!parsed.success) throw refuse('一次导入一个年份的清单');
  // The form names the document: lists that were made before it was published name none.
  const text = JSON.stringify({ ...parsed.data, papers: [document] });
  try {
    const [plan] = parseHolidayPlans(JSON.parse(text));
    if (!plan) throw refuse('清单里没有年份');
    return { plan, text };
  } catch (error) {
    if (error instanceof z.ZodError) throw refuse(z.prettifyError(error));
    throw error;
  }
}

/** When each open submission is due, in words. */
function listDue(db: Db, calendar: WorkingCalendar, { doer }: Session): Map<string, string> {
  const events = listAllEvents(db);
  const { id, kind, receivedOn } = publicSubmissions;
  const today = formatDate(doer.now);
  return new Map(
    db
      .select({ id, kind, receivedOn })
      .from(publicSubmissions)
      .all()
      .flatMap((row): [string, string][] => {
        const { state, clock } = standingOf(row, events.get(row.id) ?? [], calendar, today);
        const due = clock.due === null ? '暂停计时' : `${clock.isCertain ? '' : '不早于 '}${clock.due}`;
        return isOver(state) ? [] : [[row.id, due]];
      }),
  );
}
