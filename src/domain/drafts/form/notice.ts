import type { Facts } from '../../facts/facts.ts';
import type { DraftContent } from '../content.ts';
import { fillForm } from './check.ts';
import { formOf } from './forms.ts';
import { toFormHtml } from './html.ts';

/** What a draft publishes of its form and its editor. */
export interface DraftNotice {
  /** As given: nothing is read out of words. */
  facts: Facts;
  /** The form as text, then the body as it was written: the sanitizer is still to see both. */
  bodyHtml: string;
}

/** What a draft publishes. @throws RangeError for a stage that its category does not have */
export function toDraftNotice({ category, stage, fields, bodyHtml }: DraftContent): DraftNotice {
  const form = formOf(category, stage);
  const filled = fillForm(form, fields);
  return { facts: filled.facts, bodyHtml: toFormHtml(form, filled) + bodyHtml };
}
