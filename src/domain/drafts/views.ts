/** Which drafts a list shows: those that wait for the person, those they wrote, or all that they may see. */
export const DRAFT_VIEWS = { queue: '待我办理', own: '我经办的', all: '全部稿件' } as const;

export type DraftListView = keyof typeof DRAFT_VIEWS;
export const DRAFT_VIEW_KEYS = Object.keys(DRAFT_VIEWS) as [DraftListView, ...DraftListView[]];
