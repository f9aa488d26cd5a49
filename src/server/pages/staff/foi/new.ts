import { z } from 'zod';
import { APPLICANT_TYPE_KEYS } from '#src/domain/disclosure/decisions.ts';
import { InputError } from '#src/domain/errors.ts';
import { submissionKind } from '#src/domain/participation/kinds.ts';
import type { Session } from '#src/staff/sessions.ts';
import { readFields } from '../../../participation/fields.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface NewFoiPage {
  session: Session;
  form: SentForm;
  /** What was entered: its receipt code is shown this once. */
  entered: { id: string; code: string } | null;
}

const ENTRY = z.object({
  receivedOn: z.iso.date('请填写收到日期'),
  applicantType: z.enum(APPLICANT_TYPE_KEYS, '请选择申请人类别'),
});

/** The form for requests that came on paper: the same fields as the public's. @throws ForbiddenError */
export function loadNewFoi(asked: Asked): Promise<NewFoiPage | Moved> {
  return visiting(asked, async ({ foi, foiEntry, session }) => {
    foi.list(session, 'open');
    if (asked.request.method !== 'POST') return { session, form: EMPTY_FORM, entered: null };
    const result = await takeForm(asked.request, async (values) => {
      const { form, faults } = readFields('disclosureRequest', values);
      if (faults.length > 0) throw new InputError(faults);
      const { receivedOn, applicantType } = parse(ENTRY, values);
      return foiEntry.enter(session, { receivedOn, fields: { ...form.fields, applicantType } });
    });
    if ('form' in result) return { session, form: result.form, entered: null };
    return { session, form: EMPTY_FORM, entered: result.made };
  });
}

export const FOI_FIELDS = submissionKind('disclosureRequest').fields;
