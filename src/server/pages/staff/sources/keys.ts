import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { keysUrl } from '#src/domain/staff/urls.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { IssuedKey, StaffKey } from '#src/staff/sources/desk.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { confirmed, visiting } from '../visit.ts';

export interface KeysPage {
  session: Session;
  keys: StaffKey[];
  form: SentForm;
  /** A key that was just made, with its secret half: shown this once. */
  issued?: IssuedKey;
}

const FORM = z.object({
  act: z.enum(['issue', 'rotate', 'revoke'], '请选择要做的操作'),
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
  key: z.string().default(''),
  overlap: z.coerce
    .number('重叠天数须为 0 到 90 的整数')
    .int()
    .min(0, '重叠天数须为 0 到 90')
    .max(90, '重叠天数须为 0 到 90')
    .default(7),
  reason: z.string('请写明原因').trim().min(2, '请写明原因').max(200, '原因不能超过 200 个字'),
});

/** Keys that counties push with. @throws ForbiddenError */
export function loadKeys(asked: Asked): Promise<KeysPage | Moved> {
  return visiting(asked, async (visit) => {
    const { sources, session } = visit;
    const toPage = (form: SentForm): KeysPage => ({ session, keys: sources.keys(session), form });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const { act, county, key, overlap, reason } = parse(FORM, values);
      const { session: sure } = await confirmed(visit, asked.request, values);
      if (act === 'issue') return sources.issue(sure, county, reason);
      if (act === 'rotate') return sources.rotate(sure, county, overlap, reason);
      await sources.revoke(sure, county, key, reason);
      return null;
    });
    if ('form' in result) return toPage(result.form);
    return result.made === null ? seeOther(keysUrl()) : { ...toPage(EMPTY_FORM), issued: result.made };
  });
}
