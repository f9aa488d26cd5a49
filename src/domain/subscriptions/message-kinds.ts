/** What a message is sent for, as programs are told it. */
export const MESSAGE_KINDS = {
  confirm: { type: 'subscription.confirm' },
  notices: { type: 'notices.changed' },
} as const satisfies Record<string, { type: string }>;

export type MessageKind = keyof typeof MESSAGE_KINDS;
export const MESSAGE_KIND_KEYS = Object.keys(MESSAGE_KINDS) as [MessageKind, ...MessageKind[]];
