import type { Category } from '../categories.ts';
import type { Fen } from '../money/money.ts';
import type { AmountKind } from '../site/views.ts';
import { type Stage, stageDefinition } from '../stages.ts';

/** Does a stage tell who won? Candidates have not won yet; contracts and registrations tell the same deal again. */
function tellsWinner(stage: Stage): boolean {
  const { phase, effect } = stageDefinition(stage);
  return phase === 'award' && effect === 'tells';
}

/** Amounts that are what the winner gets or pays. */
const IS_AWARDED: Record<AmountKind, boolean> = {
  budget: false,
  ceiling: false,
  bid: false,
  award: true,
  contract: false,
  start: false,
  deal: true,
};

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
  const isAward = tellsWinner(stage) && suppliers.length > 0;
  const isCertain = isAward && suppliers.length === 1 && amountKind !== null && IS_AWARDED[amountKind];
  return { isAward, fen: isCertain ? amountFen : null };
}
