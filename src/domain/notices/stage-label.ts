import type { Category } from '../categories.ts';
import { type Stage, stageDefinition } from '../stages.ts';

/** Stages that categories call by names of their own. */
const OWN_NAMES: Record<Category, { [Own in Stage]?: string }> = {
  construction: { tenderNotice: '招标公告', awardNotice: '中标结果' },
  procurement: { tenderNotice: '采购公告' },
  land: {},
  mining: {},
  property: {},
  medical: { tenderNotice: '采购公告' },
  general: { tenderNotice: '交易公告', awardNotice: '成交结果' },
};

/** What a stage is called in a category; the general name where the category is open. */
export function stageLabel(stage: Stage, category?: Category): string {
  return (category && OWN_NAMES[category][stage]) ?? stageDefinition(stage).label;
}
