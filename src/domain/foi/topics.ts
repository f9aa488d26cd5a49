/** What becomes of a topic that people ask for again and again (政府信息公开条例 44). */
export const TOPIC_DECISIONS = { publish: '转为主动公开', decline: '不转为主动公开' } as const;

export type TopicDecision = keyof typeof TOPIC_DECISIONS;
export const TOPIC_DECISION_KEYS = Object.keys(TOPIC_DECISIONS) as [TopicDecision, ...TopicDecision[]];

/** Requests for the same from which on a topic is proposed for publication. */
export const PROPOSED_FROM = 2;

/** Whether a topic is proposed: asked for often enough, and nothing decided. */
export const isProposed = ({ requests, decision }: { requests: number; decision: TopicDecision | null }): boolean =>
  decision === null && requests >= PROPOSED_FROM;
