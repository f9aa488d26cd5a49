import type { Category } from '../categories.ts';
import type { Fen } from '../money/money.ts';
import type { AmountKind } from '../site/views.ts';
import type { Stage } from '../stages.ts';

/** Stages that tell who won. Contracts and registrations tell the same deal again and are not counted. */
const AWARD_STAGES: ReadonlySet<Stage> = new Set(['awardNotice', 'landDealNotice', 'miningDealNotice', 'propertyDeal']);

interface Result {
  stage: Stage;
  category: Category;
  suppliers: readonly string[];
  amountFen: Fen | null;
  amountKind: AmountKind | null;
}

/**
 * Does a notice tell an award, and of how much: only an award amount that is certain and whose winner is one. An amount
 * shared by several winners is nobody's.
 */
export function awardOf({ stage, suppliers, amountFen, amountKind }: Result): { isAward: boolean; fen: Fen | null } {
  const isAward = AWARD_STAGES.has(stage) && suppliers.length > 0;
  const isCertain = isAward && suppliers.length === 1 && (amountKind === 'award' || amountKind === 'deal');
  return { isAward, fen: isCertain ? amountFen : null };
}
