import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { type DraftContent, emptyContent } from '#src/domain/drafts/content.ts';
import { InputError } from '#src/domain/errors.ts';
import { editDraftUrl, newDraftUrl } from '#src/domain/staff/urls.ts';
import { STAGE_SLUGS, type Stage, stagesOf } from '#src/domain/stages.ts';
import type { EarlierNotice, Kind, Template } from '#src/staff/beginnings/desk.ts';
import type { Original } from '#src/staff/drafts/originals.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { type Visit, visiting } from '../visit.ts';

export interface NewDraftPage {
  session: Session;
  /** What was chosen so far. */
  kind: Partial<Kind>;
  /** Stages of the chosen category. */
  stages: readonly Stage[];
  /** Of a kind that is chosen whole: what it can be begun from. */
  beginnings: { templates: Template[]; earlier: EarlierNotice[]; words: string } | null;
  /** Public notices that could be taken back, by the words that were looked for; null while no county is chosen. */
  withdrawable: { words: string; found: Original[] } | null;
  form: SentForm;
}

const QUERY = z.object({
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
  category: z.enum(['', ...CATEGORY_SLUGS], '没有这种交易类别').default(''),
  stage: z.enum(['', ...STAGE_SLUGS], '没有这个环节').default(''),
  q: z.string().trim().max(100, '搜索的字太多').default(''),
  withdraw: z.string().trim().max(100, '搜索的字太多').default(''),
});
const WITHDRAW = z.object({ county: z.enum(COUNTY_SLUGS, '请选择县区') });
const BEGIN = z.object({
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
  category: z.enum(CATEGORY_SLUGS, '请选择交易类别'),
  stage: z.enum(STAGE_SLUGS, '请选择环节'),
  from: z.string().max(60).default(''),
});

/** The page on which a draft is begun: what kind, and from what. @throws ForbiddenError, InputError */
export function loadNewDraft(asked: Asked): Promise<NewDraftPage | Moved> {
  return visiting(asked, async (visit) => {
    visit.beginnings.assertMayBegin(visit.session);
    const query = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    if (asked.request.method !== 'POST') return toPage(visit, query, EMPTY_FORM);
    const result = await takeForm(asked.request, (values) => begin(visit, values));
    return 'made' in result ? seeOther(result.made) : toPage(visit, query, result.form);
  });
}

async function begin(visit: Visit, values: Record<string, string>): Promise<string> {
  const { drafts, beginnings, session } = visit;
  const [use, id = ''] = (values.from ?? '').split(':');
  if (use === 'remove') {
    await beginnings.removeTemplate(session, id);
    const { county = '', category = '', stage = '' } = values;
    return newDraftUrl({ county, category, stage });
  }
  if (use === 'withdraw') {
    const { id: made } = await drafts.beginWithdrawal(session, parse(WITHDRAW, values).county, id);
    return editDraftUrl(made);
  }
  const { county, category, stage } = parse(BEGIN, values);
  if (!stagesOf(category).includes(stage)) throw new InputError([{ name: 'stage', message: '该交易类别没有这个环节' }]);
  const begun: DraftContent | null =
    use === 'template'
      ? beginnings.fromTemplate(session, id).content
      : use === 'notice'
        ? beginnings.fromNotice(session, county, id)
        : null;
  const { id: made } = await drafts.create(session, county, begun ?? emptyContent({ category, stage }));
  return editDraftUrl(made);
}

function toPage({ session, beginnings, drafts }: Visit, query: z.output<typeof QUERY>, form: SentForm): NewDraftPage {
  const county = session.officer.county ?? (query.county || undefined);
  const { category, stage, q: words, withdraw } = query;
  const stages = category ? stagesOf(category) : [];
  const chosen = stages.find((each) => each === stage);
  const kind = {
    ...(county ? { county } : {}),
    ...(category ? { category } : {}),
    ...(chosen ? { stage: chosen } : {}),
  };
  const whole = county && category && chosen ? { county, category, stage: chosen } : null;
  return {
    ...{ session, kind, stages, form },
    withdrawable: county ? { words: withdraw, found: drafts.withdrawable(session, county, withdraw) } : null,
    beginnings: whole && {
      templates: beginnings.templates(session, whole),
      earlier: beginnings.findEarlier(session, whole, words),
      words,
    },
  };
}
