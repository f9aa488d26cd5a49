/** What becomes of changes that somebody tracked in a text: they have to be decided, not guessed. */
export const CHANGE_CHOICES = { accept: '接受全部修订', refuse: '拒绝全部修订' } as const;
export type ChangeChoice = keyof typeof CHANGE_CHOICES;
export const CHANGE_CHOICE_KEYS = Object.keys(CHANGE_CHOICES) as [ChangeChoice, ...ChangeChoice[]];
