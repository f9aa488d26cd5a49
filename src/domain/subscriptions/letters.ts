/** What a letter is sent for, as programs are told it. */
export const LETTER_KINDS = {
  confirm: { type: 'subscription.confirm' },
  notices: { type: 'notices.changed' },
} as const satisfies Record<string, { type: string }>;

export type LetterKind = keyof typeof LETTER_KINDS;
export const LETTER_KIND_KEYS = Object.keys(LETTER_KINDS) as [LetterKind, ...LetterKind[]];
