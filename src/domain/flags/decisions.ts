/** What staff may decide about an indicator after looking into it. The public reads only that it was looked into. */
export const FLAG_DECISIONS = { unfounded: '不成立', referred: '转办' } as const;
export type FlagDecision = keyof typeof FLAG_DECISIONS;
export const FLAG_DECISION_KEYS = Object.keys(FLAG_DECISIONS) as [FlagDecision, ...FlagDecision[]];

/** What the public reads, whatever was decided. */
export const PUBLIC_STATE = { open: '系统提示，未经核对', decided: '已经人工核对' } as const;
