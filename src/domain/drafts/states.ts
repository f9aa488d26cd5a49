/** Where a draft stands, in the order of its life (信息全生命周期). */
export const DRAFT_STATES = {
  drafting: { label: '制作' },
  attributeReview: { label: '属性认定' },
  withheld: { label: '不予公开' },
  firstReview: { label: '保密初审' },
  finalReview: { label: '保密复审' },
  scheduled: { label: '定时待发' },
  published: { label: '已发布' },
  corrected: { label: '已更正' },
  clarified: { label: '已澄清' },
  withdrawn: { label: '已撤回' },
  archived: { label: '已归档' },
  discarded: { label: '已作废' },
} as const;

export type DraftState = keyof typeof DRAFT_STATES;
export const DRAFT_STATE_KEYS = Object.keys(DRAFT_STATES) as [DraftState, ...DraftState[]];

/** States in which what the draft says is, or was, before the public's eyes: nothing of the draft changes any more. */
export const RELEASED_STATES = ['published', 'corrected', 'clarified', 'withdrawn', 'archived'] as const;

export const isReleased = (state: DraftState): boolean => (RELEASED_STATES as readonly DraftState[]).includes(state);
