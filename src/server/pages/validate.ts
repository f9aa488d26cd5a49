import { z } from 'zod';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { currentDryRun, type DryRun } from '../api/sync/dry-run.ts';
import { PUSH_EXAMPLES } from '../api/sync/examples.ts';
import { PUSH_KINDS, type PushKind } from '../api/sync/schema.ts';
import { readFormFields } from '../form-fields.ts';
import type { Asked } from './asked.ts';

/** What each kind of item is called. */
const PUSH_LABELS: Record<PushKind, string> = {
  notices: '公告',
  exposures: '曝光台和黑名单',
  organizations: '企业信息库',
};

/** What would become of an item, in words. */
const JUDGEMENT_LABELS: Record<DryRun['status'], string> = {
  created: '会作为新公告收下',
  changed: '会作为更正收下',
  unchanged: '与已有内容相同，不会变动',
  accepted: '会收下',
  rejected: '会被拒收',
};

/** What the form of the validator page holds. */
interface ValidateForm {
  kind: PushKind;
  county: County;
  text: string;
}

export interface ValidatePage {
  /** As it was sent, or an example to try. */
  form: ValidateForm;
  /** The kinds of items to choose from. */
  kinds: { kind: PushKind; label: string }[];
  /** What became of a form that was sent; `unavailable` where pages run without the process that takes pushes. */
  outcome: 'none' | 'faulty' | 'unavailable' | (DryRun & { label: string });
}

/** The page where items to be pushed are tried. @throws InputError for a body that cannot be read */
export async function loadValidate({ request }: Asked): Promise<ValidatePage> {
  const isSent = request.method === 'POST';
  const form = isSent ? await readForm(request) : undefined;
  return {
    form: form ?? emptyForm(),
    kinds: PUSH_KINDS.map((kind) => ({ kind, label: PUSH_LABELS[kind] })),
    outcome: form ? await judge(form) : isSent ? 'faulty' : 'none',
  };
}

async function judge({ kind, text, county }: ValidateForm): Promise<ValidatePage['outcome']> {
  const dryRun = currentDryRun();
  if (!dryRun) return 'unavailable';
  const outcome = await dryRun(kind, text, county);
  return { ...outcome, label: JUDGEMENT_LABELS[outcome.status] };
}

const formSchema = z.object({
  kind: z.enum(PUSH_KINDS),
  county: z.enum(COUNTY_SLUGS),
  text: z.string().trim().min(1),
});

/** The form before anyone has filled it in: an example to try. */
function emptyForm(): ValidateForm {
  return { kind: 'notices', county: 'jining', text: JSON.stringify(PUSH_EXAMPLES.notices, null, 2) };
}

/** The form that was sent; undefined when it is not one. */
async function readForm(request: Request): Promise<ValidateForm | undefined> {
  return formSchema.safeParse(await readFormFields(request)).data;
}
