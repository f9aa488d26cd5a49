import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { parseHolidayPlans } from '#src/domain/calendar/holiday-plan-file.ts';
import type { HolidayPlan } from '#src/domain/calendar/holiday-plans.ts';
import { createWorkingCalendar, type WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { followingCalendar } from '#src/publish/calendar.ts';
import { ConfigError, getConfig } from './config.ts';

function readPlans(path: string | undefined): HolidayPlan[] {
  if (path === undefined) return [];
  try {
    return parseHolidayPlans(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigError(`HOLIDAYS_FILE ${path} cannot be used:\n${reason}`);
  }
}

/** The calendar over the built-in holiday plans and those of a file. @throws ConfigError that names what is wrong with it */
export const readWorkingCalendar = (path: string | undefined): WorkingCalendar =>
  createWorkingCalendar(readPlans(path));

// On globalThis: the process and the pages it renders are two bundles.
const holder = globalThis as typeof globalThis & { tongmingPlans?: Db };

/** From here on the process's calendar knows what staff enter into a database. */
export function followHolidayPlans(db: Db): void {
  holder.tongmingPlans = db;
}

let current: WorkingCalendar | undefined;

/** The process's calendar; the file is read on first use. @throws ConfigError */
export function getWorkingCalendar(): WorkingCalendar {
  current ??= followingCalendar(() => holder.tongmingPlans, readPlans(getConfig().HOLIDAYS_FILE));
  return current;
}
