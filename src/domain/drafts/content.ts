import { z } from 'zod';
import { CATEGORY_SLUGS } from '../categories.ts';
import { STAGE_SLUGS } from '../stages.ts';
import { MOMENT_PRECISIONS } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';

const INSTANT = z.string().refine(isInstant, '不是有效的时间').describe('ISO 8601, UTC, milliseconds');
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, '不是 SHA-256');
const LINE = z.string().trim().max(1_000, '不能超过 1000 个字');

/** Values that stand alone, by what they are. Nothing is ever read out of their words: what was typed is what counts. */
const SINGLE = [
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(20_000, '不能超过 20000 个字') }),
  /** Whole fen (CNY). */
  z.object({ kind: z.literal('money'), fen: z.int().min(0) }),
  z.object({ kind: z.literal('instant'), instant: INSTANT, precision: z.enum(MOMENT_PRECISIONS) }),
  z.object({ kind: z.literal('area'), squareMetres: z.number().min(0) }),
] as const;
const SINGLE_VALUE = z.discriminatedUnion('kind', SINGLE);

/** The value of a field of a form; a list has rows of single values, by the names of its columns. */
const FIELD_VALUE = z.discriminatedUnion('kind', [
  ...SINGLE,
  z.object({ kind: z.literal('entries'), rows: z.array(z.record(z.string().max(60), SINGLE_VALUE)).max(500) }),
]);

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
  projectCode: LINE,
  lotCode: LINE,
  /** By field of the form of its category and stage; a name that is a `FactKey` is that fact. */
  fields: z.record(z.string().max(60), FIELD_VALUE),
  /** As the editor wrote it; sanitized again before anybody reads it. */
  bodyHtml: z.string().max(2_000_000, '正文太长'),
  attachments: z.array(z.object({ sha256: SHA256, name: LINE.min(1) })).max(200),
  /** Public id of the notice that this one corrects, explains, suspends, resumes, ends or takes back. */
  original: z.string().max(40).nullable(),
  /** Why: of a withdrawal, shown on its tombstone. */
  reason: LINE,
  /** Not before this instant; null as soon as it is approved. */
  publishAt: INSTANT.nullable(),
});

export type DraftContent = z.output<typeof DRAFT_CONTENT>;
export type FieldValue = z.output<typeof FIELD_VALUE>;
export type SingleValue = z.output<typeof SINGLE_VALUE>;

/** A draft in which nothing is written yet. */
export function emptyContent(given: Pick<DraftContent, 'category' | 'stage'> & Partial<DraftContent>): DraftContent {
  return {
    action: 'publish',
    title: '',
    projectCode: '',
    lotCode: '',
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
