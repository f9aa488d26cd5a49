import type { FieldFault } from '../errors.ts';
import { type StageEffect, stageDefinition } from '../stages.ts';
import type { DraftContent } from './content.ts';
import { type FilledForm, fillForm } from './form/check.ts';
import { formOf } from './form/forms.ts';

/** Effects of notices that say something of an earlier notice: they are published with it or not at all. */
const FOLLOWS: Readonly<Record<StageEffect, boolean>> = {
  calls: false,
  tells: false,
  proposes: false,
  explains: true,
  corrects: true,
  amends: true,
  suspends: true,
  resumes: true,
  fails: false,
  terminates: true,
};

/** Whether a draft has to name the notice that it is about. */
export const needsOriginal = ({ action, stage }: Pick<DraftContent, 'action' | 'stage'>): boolean =>
  action === 'withdraw' || FOLLOWS[stageDefinition(stage).effect];

/** The form of a draft as it was filled in; null where its category has no such stage. */
export function filledForm({ category, stage, fields }: DraftContent): FilledForm | null {
  return stageDefinition(stage).categories.includes(category) ? fillForm(formOf(category, stage), fields) : null;
}

/** What of a draft is missing or wrong, by the name of the input that it hangs on. */
export function contentFaults(content: DraftContent): FieldFault[] {
  const { action, title, reason } = content;
  const faults: FieldFault[] = title.trim().length >= 2 ? [] : [{ name: 'title', message: '请填写标题' }];
  if (action === 'withdraw') {
    if (reason.trim().length < 2) faults.push({ name: 'reason', message: '请写明撤回原因，将在原公告的地址上显示' });
    return faults;
  }
  const filled = filledForm(content);
  if (!filled) return [...faults, { name: 'stage', message: '该交易类别没有这个环节' }];
  return [...faults, ...filled.faults.map(({ name, message }) => ({ name, message }))];
}
