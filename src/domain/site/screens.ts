import type { Category } from '../categories.ts';
import { STAGE_SLUGS, type Stage, stageDefinition } from '../stages.ts';

/** Addresses of what is shown in halls: the wall screen, its printed twin, the touch screen. */
export const boardUrl = (): string => '/board';
export const noticeBoardSheetUrl = (): string => '/board/print';

/** What the touch screen leads to, one tap from its beginning. */
export const KIOSK_TOPICS = {
  process: { label: '交易流程', hint: '一步一步怎么走' },
  open: { label: '正在进行', hint: '可以参加的项目' },
  results: { label: '结果公示', hint: '谁中标、多少钱' },
  exposure: { label: '曝光台', hint: '处罚和失信信息' },
} as const satisfies Record<string, { label: string; hint: string }>;
export type KioskTopic = keyof typeof KIOSK_TOPICS;
export const KIOSK_TOPIC_KEYS = Object.keys(KIOSK_TOPICS) as [KioskTopic, ...KioskTopic[]];

export function kioskUrl(topic?: KioskTopic, asked: { category?: Category; page?: number } = {}): string {
  if (!topic) return '/kiosk';
  const query = new URLSearchParams();
  if (asked.category) query.set('category', asked.category);
  if (asked.page && asked.page > 1) query.set('page', String(asked.page));
  return query.size === 0 ? `/kiosk/${topic}` : `/kiosk/${topic}?${query}`;
}
export const kioskNoticeUrl = (id: string): string => `/kiosk/notice/${id}`;

/** Stages that tell who got something, in whatever category. */
export const RESULT_STAGES: readonly Stage[] = STAGE_SLUGS.filter((stage) => {
  const { phase, effect } = stageDefinition(stage);
  return phase === 'award' && effect === 'tells';
});
