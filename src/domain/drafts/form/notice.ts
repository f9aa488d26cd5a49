import type { Facts } from '../../facts/facts.ts';
import type { DraftContent } from '../content.ts';
import { type FilledForm, fillForm } from './check.ts';
import { formOf } from './forms.ts';
import { toFormHtml } from './html.ts';
import { toValues } from './values.ts';

/** What a draft publishes of its form and its editor. */
export interface DraftNotice {
  /** As given: nothing is read out of words. */
  facts: Facts;
  /** The form as text, then the body as it was written: the sanitizer is still to see both. */
  bodyHtml: string;
  projectCode: string;
  lotCode: string;
}

/** A draft's form as it is filled in. @throws RangeError for a stage that its category does not have */
export function fillDraft({
  category,
  stage,
  fields,
}: Pick<DraftContent, 'category' | 'stage' | 'fields'>): FilledForm {
  return fillForm(formOf(category, stage), toValues(fields));
}

/** What a draft publishes. @throws RangeError for a stage that its category does not have */
export function toDraftNotice(content: DraftContent): DraftNotice {
  const filled = fillDraft(content);
  const { facts } = filled;
  return {
    facts,
    bodyHtml: toFormHtml(formOf(content.category, content.stage), filled) + content.bodyHtml,
    projectCode: facts.projectCode?.text ?? content.projectCode,
    lotCode: facts.lotCode?.text ?? content.lotCode,
  };
}
