import { z } from 'zod';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { readFormFields } from '../../form-fields.ts';
import { PUSH_EXAMPLES } from './examples.ts';
import type { Judgement } from './judgement.ts';
import { PUSH_KINDS, type PushKind } from './schema.ts';

/** What each kind of item is called. */
export const PUSH_LABELS: Record<PushKind, string> = {
  notices: '公告',
  exposures: '曝光台和黑名单',
  organizations: '企业信息库',
};

/** What would become of an item, in words. */
export const JUDGEMENT_LABELS: Record<Judgement['status'], string> = {
  created: '会作为新公告收下',
  changed: '会作为更正收下',
  unchanged: '与已有内容相同，不会变动',
  accepted: '会收下',
  rejected: '会被拒收',
};

/** What the form of the validator page holds. */
export interface ValidateForm {
  kind: PushKind;
  county: County;
  text: string;
}

const formSchema = z.object({
  kind: z.enum(PUSH_KINDS),
  county: z.enum(COUNTY_SLUGS),
  text: z.string().trim().min(1),
});

/** The form before anyone has filled it in: an example to try. */
export function emptyForm(): ValidateForm {
  return { kind: 'notices', county: 'jining', text: JSON.stringify(PUSH_EXAMPLES.notices, null, 2) };
}

/** The form that was sent; undefined when it is not one. @throws InputError when its body cannot be read */
export async function readForm(request: Request): Promise<ValidateForm | undefined> {
  return formSchema.safeParse(await readFormFields(request)).data;
}
