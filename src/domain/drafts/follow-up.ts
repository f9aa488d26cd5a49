import type { Category } from '../categories.ts';
import { stageLabel } from '../notices/stage-label.ts';

import { type Stage, stagesOf } from '../stages.ts';
import { type DraftContent, emptyContent } from './content.ts';
import { needsOriginal } from './faults.ts';

/** What can be published about a notice of a category: stages that name an original, and its withdrawal. */
export const followUpsOf = (category: Category): (Stage | 'withdraw')[] => [
  ...stagesOf(category).filter((stage) => needsOriginal({ action: 'publish', stage })),
  'withdraw',
];

/** The beginning of a draft about a notice. */
export function toFollowUp(
  original: { id: string; title: string; category: Category; stage: Stage },
  kind: Stage | 'withdraw',
): DraftContent {
  const { id, title, category } = original;
  if (kind === 'withdraw') {
    return emptyContent({ action: 'withdraw', category, stage: original.stage, original: id, title: `撤回：${title}` });
  }
  const label = stageLabel(kind, category);
  return emptyContent({ category, stage: kind, original: id, title: `${title}（${label}）` });
}
