import { z } from 'zod';
import { CATEGORY_SLUGS, type Category } from '../categories.ts';
import { STAGE_SLUGS, type Stage } from '../stages.ts';
import type { Instant } from '../time/time.ts';

const INSTANT = z.string().refine(isInstant, '不是有效的时间').describe('ISO 8601, UTC, milliseconds');
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, '不是 SHA-256');
const LINE = z.string().trim().max(1_000, '不能超过 1000 个字');

/**
 * What a draft of a notice says: everything that reviewers approve, and nothing else. Its SHA-256 is what approvals are bound to. A draft
 * may be incomplete: what has to be there is held against it when it is handed on.
 */
export const DRAFT_CONTENT = z.object({
  /** `withdraw` takes back the notice that `original` names; it publishes no text of its own but the reason. */
  action: z.enum(['publish', 'withdraw']),
  category: z.enum(CATEGORY_SLUGS),
  stage: z.enum(STAGE_SLUGS),
  title: z.string().trim().max(300, '标题不能超过 300 个字'),
  /**
   * What was typed into the form of its category and stage, by input: `FormValues`. Typed facts follow from it (`fillForm`); nothing is
   * ever read out of the words of the notice.
   */
  fields: z.record(z.string().max(100), z.string().max(40_000)),
  /** As the editor wrote it; sanitized again before anybody reads it. */
  bodyHtml: z.string().max(1_500_000, '正文太长'),
  attachments: z.array(z.object({ sha256: SHA256, name: LINE.min(1) })).max(200),
  /** Public id of the notice that this one corrects, explains, suspends, resumes, ends or takes back. */
  original: z
    .string()
    .regex(/^[a-z2-7]{12}$/, '不是公告的编号')
    .nullable(),
  /** Why: of a withdrawal, shown on its tombstone. */
  reason: LINE,
  /** Not before this instant; null as soon as it is approved. */
  publishAt: INSTANT.nullable(),
});

export type DraftContent = z.output<typeof DRAFT_CONTENT>;

/** A draft in which nothing is written yet. */
export function emptyContent(given: { category: Category; stage: Stage } & Partial<DraftContent>): DraftContent {
  return {
    action: 'publish',
    title: '',
    fields: {},
    bodyHtml: '',
    attachments: [],
    original: null,
    reason: '',
    publishAt: null,
    ...given,
  };
}

function isInstant(text: string): text is Instant {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
