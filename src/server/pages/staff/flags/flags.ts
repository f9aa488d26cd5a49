import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { FLAG_DECISION_KEYS } from '#src/domain/flags/decisions.ts';
import { FLAG_CODES } from '#src/domain/flags/registry.ts';
import { calendarDay } from '#src/domain/notices/filter-definition.ts';
import { flagItemUrl } from '#src/domain/staff/urls.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { FlagItem, OpenDuty } from '#src/staff/flags/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface FlagQueuePage {
  session: Session;
  items: FlagItem[];
  organizations: FlagItem[];
  query: Record<string, string>;
}

const QUEUE = z.object({
  code: z.enum(['', ...FLAG_CODES], '没有这个指标').default(''),
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
  decided: z.enum(['', '1'], '没有这种状态').default(''),
});

/** Indicators that wait to be looked into. @throws ForbiddenError, InputError */
export function loadFlagQueue(asked: Asked): Promise<FlagQueuePage | Moved> {
  return visiting(asked, ({ flags, session }) => {
    const query = Object.fromEntries(asked.url.searchParams);
    const { code, county, decided } = parse(QUEUE, query);
    const filter = { code: code || undefined, county: county || undefined, isDecided: decided === '1' };
    return {
      session,
      query,
      items: flags.queue(session, filter),
      organizations: code || county ? [] : flags.organizations(session),
    };
  });
}

export interface FlagItemPage {
  session: Session;
  item: FlagItem;
  form: SentForm;
  /** `YYYY-MM-DD`. */
  today: string;
}

const text = (least: number, most: number, what: string) =>
  z.string().trim().min(least, `请填写${what}`).max(most, `${what}不能超过 ${most} 个字`);
const DECISION = z.object({
  decision: z.enum(FLAG_DECISION_KEYS, '请选择不成立或者转办'),
  reason: text(5, 2_000, '核对情况和理由'),
  referredTo: z.string().trim().max(100, '部门名称不能超过 100 个字').default(''),
});
const REPLY = z.object({
  party: text(2, 100, '说明的单位'),
  text: text(5, 2_000, '说明'),
  source: text(2, 200, '来源'),
  receivedOn: calendarDay,
});

/** One indicator of one subject, and what can be done about it. @throws ForbiddenError, NotFoundError */
export function loadFlagItem(asked: Asked): Promise<FlagItemPage | Moved> {
  return visiting(asked, async ({ flags, session }) => {
    const { code = '', subject = '' } = Object.fromEntries(asked.url.searchParams);
    const toPage = (form: SentForm): FlagItemPage => ({
      session,
      item: flags.item(session, code, subject),
      form,
      today: formatDate(session.doer.now),
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      if (values.act === 'reply') await flags.reply(session, { code, subject }, parse(REPLY, values));
      else await flags.decide(session, { code, subject }, parse(DECISION, values));
    });
    return 'form' in result ? toPage(result.form) : seeOther(flagItemUrl(code, subject));
  });
}

export interface DutyQueuePage {
  session: Session;
  duties: OpenDuty[];
  county: string;
  today: string;
}

/** Duties that fell due without being met. @throws ForbiddenError, InputError */
export function loadDutyQueue(asked: Asked): Promise<DutyQueuePage | Moved> {
  return visiting(asked, ({ flags, session }) => {
    const { county } = parse(QUEUE.pick({ county: true }), Object.fromEntries(asked.url.searchParams));
    return { session, duties: flags.duties(session, county || undefined), county, today: formatDate(session.doer.now) };
  });
}
