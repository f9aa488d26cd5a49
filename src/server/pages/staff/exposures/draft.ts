import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { EXPOSURE_DRAFT_EVENTS, type ExposureDraftEvent } from '#src/domain/exposures/drafts/transitions.ts';
import { exposureDraftUrl } from '#src/domain/staff/urls.ts';
import type { WholeExposureDraft } from '#src/staff/exposures/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { confirmed, visiting } from '../visit.ts';
import { readExposureForm } from './form.ts';

export interface NewExposurePage {
  session: Session;
  form: SentForm;
}

export interface ExposureDraftPage extends NewExposurePage {
  draft: WholeExposureDraft;
  /** Bytes of a file of evidence at most. */
  longestFile: number;
}

const COUNTY = z.object({ county: z.enum(COUNTY_SLUGS, '请选择县区') });

/** The form that begins a draft. @throws ForbiddenError */
export function loadNewExposure(asked: Asked): Promise<NewExposurePage | Moved> {
  return visiting<NewExposurePage>(asked, async ({ exposures, session }) => {
    const toPage = (form: SentForm): NewExposurePage => {
      exposures.assertMayCreate(session);
      return { session, form };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, (values) =>
      exposures.create(session, parse(COUNTY, values).county, readExposureForm(values)),
    );
    return 'form' in result ? toPage(result.form) : seeOther(exposureDraftUrl(result.made));
  });
}

type Button = Exclude<ExposureDraftEvent, 'edit'>;
const BUTTONS = EXPOSURE_DRAFT_EVENTS.filter((event): event is Button => event !== 'edit') as [Button, ...Button[]];
const SEEN = z.object({ revision: z.coerce.number('请刷新后再操作').int() });
const ACT = z.object({
  event: z.enum(BUTTONS, '请选择要做的操作'),
  reason: z.string().trim().max(1_000, '意见不能超过 1000 个字').default(''),
});

/** A draft of an entry: saved, or moved by a button. @throws ForbiddenError, NotFoundError */
export function loadExposureDraft(asked: Asked): Promise<ExposureDraftPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async (visit) => {
    const { exposures, evidence, session } = visit;
    const toPage = (form: SentForm): ExposureDraftPage => {
      return { session, form, draft: exposures.draft(session, id), longestFile: evidence.longest() };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const seen = { id, ...parse(SEEN, values) };
      if ('remove' in values) return evidence.remove(session, seen, values.remove ?? '');
      if (!('event' in values)) return exposures.save(session, seen, readExposureForm(values));
      const { event, reason } = parse(ACT, values);
      const sure = event === 'release' ? await confirmed(visit, asked.request, values) : visit;
      await exposures.act(sure.session, seen, { event, reason });
    });
    return 'form' in result ? toPage(result.form) : seeOther(exposureDraftUrl(id));
  });
}
