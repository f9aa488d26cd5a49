import { z } from 'zod';
import type { EnteredPlan, Recount } from '#src/staff/holidays/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../asked.ts';
import { parse } from './accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { visiting } from './visit.ts';

export interface HolidaysPage {
  session: Session;
  plans: EnteredPlan[];
  firstUnknown: number;
  /** What was just entered. */
  done: Recount | null;
  form: SentForm;
}

const PLAN = z.object({
  document: z
    .string()
    .trim()
    .regex(/〔\d{4}〕\s*\d+\s*号/, '请填写公布放假安排的文号，例如 国办发明电〔2026〕8号')
    .max(60, '文号太长'),
  list: z.string().trim().min(2, '请粘贴放假安排清单').max(20_000, '清单太长'),
});

/** Holiday plans that staff entered, and the form for the next. @throws ForbiddenError */
export function loadHolidays(asked: Asked): Promise<HolidaysPage | Moved> {
  return visiting(asked, async ({ holidays, session }) => {
    const toPage = (form: SentForm, done: Recount | null): HolidaysPage => ({
      ...{ session, form, done, ...holidays.list(session) },
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM, null);
    const result = await takeForm(asked.request, (values) => holidays.enter(session, parse(PLAN, values)));
    return 'form' in result ? toPage(result.form, null) : toPage(EMPTY_FORM, result.made);
  });
}
