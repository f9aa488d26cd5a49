import { z } from 'zod';
import { dayAfter, type HolidayPlan, isWeekend } from './holiday-plans.ts';

const planSchema = z
  .object({
    year: z.int().min(2000).max(2100),
    /** Addresses or numbers of the documents that the plan was published in. */
    papers: z.array(z.string().trim().min(1)).min(1, 'the document that the plan was published in is not named'),
    days: z.array(z.object({ name: z.string().min(1), date: z.iso.date(), isOffDay: z.boolean() })).min(1),
  })
  .superRefine(({ year, days }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message: `${year}: ${message}` });
    if (new Set(days.map(({ date }) => date)).size < days.length) refuse('a day is listed twice');
    for (const { date, isOffDay } of days) {
      // A plan reaches back to the last days of December for New Year's Day, and no further.
      if (!date.startsWith(`${year}-`) && !date.startsWith(`${year - 1}-12-`)) refuse(`${date} is in another year`);
      if (!isOffDay && !isWeekend(date)) refuse(`${date} is no weekend day, and needs not be declared worked`);
    }
    for (const [name, holiday] of Map.groupBy(
      days.filter(({ isOffDay }) => isOffDay),
      ({ name }) => name,
    )) {
      const dates = holiday.map(({ date }) => date).toSorted();
      const gap = dates.find((date, index) => index > 0 && dayAfter(dates[index - 1] ?? '') !== date);
      if (gap) refuse(`${name} has a gap before ${gap}`);
    }
  })
  .transform(
    ({ year, days }): HolidayPlan => ({
      year,
      off: days.filter(({ isOffDay }) => isOffDay).map(({ date }) => date),
      worked: days.filter(({ isOffDay }) => !isOffDay).map(({ date }) => date),
    }),
  );

const planFileSchema = z
  .preprocess((content) => (Array.isArray(content) ? content : [content]), z.array(planSchema).min(1))
  .refine((plans) => new Set(plans.map(({ year }) => year)).size === plans.length, 'a year is there twice');

/**
 * Plans in the format of holiday-cn (`{ year, papers, days: [{ name, date, isOffDay }] }`), one or a list: each names its
 * source document, the days of a holiday are contiguous, and only weekend days are declared worked.
 * @throws z.ZodError that names what is wrong
 */
export function parseHolidayPlans(content: unknown): HolidayPlan[] {
  return planFileSchema.parse(content);
}
