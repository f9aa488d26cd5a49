import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseHolidayPlans } from '#src/domain/calendar/holiday-plan-file.ts';
import { createWorkingCalendar, type WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { ConfigError, getConfig } from './config.ts';

/** The calendar over the built-in holiday plans and those of a file. @throws ConfigError that names what is wrong with it */
export function readWorkingCalendar(path: string | undefined): WorkingCalendar {
  if (path === undefined) return createWorkingCalendar();
  try {
    return createWorkingCalendar(parseHolidayPlans(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigError(`HOLIDAYS_FILE ${path} cannot be used:\n${reason}`);
  }
}

let current: WorkingCalendar | undefined;

/** The process's calendar, read on first use. @throws ConfigError */
export function getWorkingCalendar(): WorkingCalendar {
  current ??= readWorkingCalendar(getConfig().HOLIDAYS_FILE);
  return current;
}
