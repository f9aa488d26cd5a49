/** Where the draft of an entry of the exposure board stands. */
export const EXPOSURE_DRAFT_STATES = {
  drafting: { label: '起草' },
  review: { label: '待放行' },
  released: { label: '已公示' },
  discarded: { label: '已作废' },
} as const;

export type ExposureDraftState = keyof typeof EXPOSURE_DRAFT_STATES;
export const EXPOSURE_DRAFT_STATE_KEYS = Object.keys(EXPOSURE_DRAFT_STATES) as [
  ExposureDraftState,
  ...ExposureDraftState[],
];
