import { asc, max } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { holidayPlans } from '#db/schema/index.ts';
import { parseHolidayPlans } from '#src/domain/calendar/holiday-plan-file.ts';
import type { HolidayPlan } from '#src/domain/calendar/holiday-plans.ts';
import { createWorkingCalendar, type WorkingCalendar } from '#src/domain/calendar/working-days.ts';

/** The plans that staff entered, the last of each year. */
export function listEnteredPlans(db: Db): HolidayPlan[] {
  const rows = db.select({ plan: holidayPlans.plan }).from(holidayPlans).orderBy(asc(holidayPlans.seq)).all();
  const plans = rows.flatMap(({ plan }) => parseHolidayPlans(JSON.parse(plan)));
  return [...new Map(plans.map((plan) => [plan.year, plan])).values()];
}

/** The calendar over the built-in plans, those of a file, and those entered: of several for a year the last counts. */
export function calendarOf(db: Db, ofFile: readonly HolidayPlan[] = []): WorkingCalendar {
  const entered = listEnteredPlans(db);
  const years = new Set(entered.map(({ year }) => year));
  return createWorkingCalendar([...ofFile.filter(({ year }) => !years.has(year)), ...entered]);
}

/**
 * A calendar that knows a plan as soon as it is entered. It looks once in each turn of the event loop: what is computed in one go is
 * computed by one calendar. Without a database it knows the built-in plans and those of the file.
 */
export function followingCalendar(openDb: () => Db | undefined, ofFile: readonly HolidayPlan[] = []): WorkingCalendar {
  let known = createWorkingCalendar(ofFile);
  let upTo = 0;
  let isFresh = false;
  const present = (): WorkingCalendar => {
    const db = isFresh ? undefined : openDb();
    if (!db) return known;
    isFresh = true;
    queueMicrotask(() => {
      isFresh = false;
    });
    const last =
      db
        .select({ seq: max(holidayPlans.seq) })
        .from(holidayPlans)
        .get()?.seq ?? 0;
    if (last !== upTo) known = calendarOf(db, ofFile);
    upTo = last;
    return known;
  };
  return {
    isWorkingDay: (date) => present().isWorkingDay(date),
    isAhead: (date) => present().isAhead(date),
  };
}
