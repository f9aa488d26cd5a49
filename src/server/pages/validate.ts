import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { FieldFault } from '#src/domain/errors.ts';
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

/** What the form of the validator page holds, as typed. */
interface ValidateForm {
  kind: string;
  county: string;
  text: string;
}

export interface ValidatePage {
  /** As it was sent, or an example to try. */
  form: ValidateForm;
  /** The kinds of items to choose from. */
  kinds: { kind: PushKind; label: string }[];
  /** What became of a form that was sent; `unavailable` where pages run without the process that takes pushes. */
  outcome: 'none' | 'unavailable' | (DryRun & { label: string });
  /** What is wrong with the form itself, by field. */
  faults: FieldFault[];
}

/** The page where items to be pushed are tried. @throws InputError for a body that cannot be read */
export async function loadValidate({ request }: Asked): Promise<ValidatePage> {
  const kinds = PUSH_KINDS.map((kind) => ({ kind, label: PUSH_LABELS[kind] }));
  if (request.method !== 'POST') return { form: EMPTY_FORM, kinds, outcome: 'none', faults: [] };
  const { kind = '', county = '', text = '' } = await readFormFields(request);
  const form = { kind, county, text };
  const parsed = formSchema.safeParse(form);
  if (parsed.success) return { form, kinds, outcome: await judge(parsed.data), faults: [] };
  const faults = parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message }));
  return { form, kinds, outcome: 'none', faults };
}

async function judge({ kind, text, county }: z.output<typeof formSchema>): Promise<ValidatePage['outcome']> {
  const dryRun = currentDryRun();
  if (!dryRun) return 'unavailable';
  const outcome = await dryRun(kind, text, county);
  return { ...outcome, label: JUDGEMENT_LABELS[outcome.status] };
}

const formSchema = z.object({
  kind: z.enum(PUSH_KINDS, { error: '请选择种类' }),
  county: z.enum(COUNTY_SLUGS, { error: '请选择县（市、区）' }),
  text: z.string().trim().min(1, { error: '请粘贴一条内容' }),
});

/** The form before anyone has filled it in: an example to try. */
const EMPTY_FORM: ValidateForm = {
  kind: 'notices',
  county: 'jining',
  text: JSON.stringify(PUSH_EXAMPLES.notices, null, 2),
};
