import { ForbiddenError } from '#src/domain/errors.ts';
import { REFUSALS, refusalOf } from '#src/domain/staff/permissions.ts';
import { staffSourceUrl } from '#src/domain/staff/urls.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Preview } from '#src/staff/sources/desk.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { confirmed, visiting } from '../visit.ts';

export interface AddSourcePage {
  session: Session;
  form: SentForm;
  /** Platforms that can be read. */
  platforms: readonly { key: string; name: string; caveats: readonly string[] }[];
  /** What a trial found. */
  preview?: Preview;
}

/** The form of a new source, with a trial before it is entered. @throws ForbiddenError */
export function loadAddSource(asked: Asked): Promise<AddSourcePage | Moved> {
  return visiting(asked, async (visit) => {
    const { sources, session } = visit;
    const refusal = refusalOf(session.officer, 'source.try', session.officer.county);
    if (refusal) throw new ForbiddenError(REFUSALS[refusal], refusal);
    const toPage = (form: SentForm): AddSourcePage => ({ session, form, platforms: sources.platforms() });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const sent: SentForm = { ...EMPTY_FORM };
    const result = await takeForm(asked.request, async (values) => {
      sent.values = { ...values };
      delete sent.values.password;
      if (values.act !== 'add') return { preview: await sources.trial(session, values) };
      const sure = await confirmed(visit, asked.request, values);
      return { key: await sources.add(sure.session, values) };
    });
    if ('form' in result) return toPage(result.form);
    const { made } = result;
    return 'preview' in made ? { ...toPage(sent), preview: made.preview } : seeOther(staffSourceUrl(made.key));
  });
}
