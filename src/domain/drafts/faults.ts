import { articleFaults } from '../articles/faults.ts';
import type { FieldFault } from '../errors.ts';
import { type StageEffect, stageDefinition } from '../stages.ts';
import { type AnyContent, isArticle } from './any-content.ts';
import type { DraftContent } from './content.ts';
import { inList } from './form/check.ts';
import { formOf } from './form/forms.ts';
import { fillDraft } from './form/notice.ts';

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

/** What of a draft is missing or wrong, by field: what its form or kind demands, and what every one has to have. */
export const contentFaults = (content: AnyContent): FieldFault[] =>
  isArticle(content) ? articleFaults(content) : noticeFaults(content);

function noticeFaults(content: DraftContent): FieldFault[] {
  const { action, title, stage, category, reason } = content;
  const faults: FieldFault[] = [];
  const demand = (isMet: boolean, name: string, message: string) => isMet || faults.push({ name, message });
  demand(title.trim().length >= 2, 'title', '请填写标题');
  if (action === 'withdraw') {
    demand(reason.trim().length >= 2, 'reason', '请写明撤回原因，将在原公告的地址上显示');
    return faults;
  }
  if (!stageDefinition(stage).categories.includes(category)) {
    faults.push({ name: 'stage', message: '该交易类别没有这个环节' });
    return faults;
  }
  const own = inList(formOf(category, stage), fillDraft(content).faults);
  faults.push(...own.map(({ name, message }) => ({ name: `fields.${name}`, message })));
  return faults;
}
