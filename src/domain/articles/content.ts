import { z } from 'zod';
import { CATEGORY_SLUGS } from '../categories.ts';
import type { Instant } from '../time/time.ts';
import { ARTICLE_KIND_KEYS, ARTICLE_NATURE_KEYS, type ArticleKind, VALIDITY_KEYS } from './kinds.ts';

const INSTANT = z.string().refine(isInstant, '不是有效的时间');
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, '不是 SHA-256');
const LINE = z.string().trim().max(500, '不能超过 500 个字');
const TEXT = z.string().trim().max(5_000, '不能超过 5000 个字');
const DAY = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期写成 2026-12-01 的样子')
  .refine((day) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day), '没有这一天');

/** A step of a guide. */
export const STEP = z.object({
  title: LINE.min(1, '请写这一步做什么'),
  /** Who has the duty 责任主体. */
  holder: LINE,
  /** Time limit 时限, in words. */
  limit: LINE,
  /** Instrument and clause 依据. */
  rule: LINE,
  /** Risk to integrity 廉政风险点, and what keeps it. */
  risk: LINE,
  /** What is done, and what is handed in or given out. */
  note: TEXT,
});

/** A film or a recording: files of the article, by their hashes. */
export const MEDIA = z.object({
  sha256: SHA256,
  /** Captions as WebVTT. */
  captions: SHA256,
  /** A picture that stands there before it plays. */
  poster: SHA256.nullable(),
  /** What is said, as the captions say it. */
  transcript: z.string().trim().max(100_000, '文字稿太长'),
});

/**
 * What a draft of an article says: everything that reviewers approve. Its canonical JSON is what approvals are bound to. It may be
 * incomplete; what has to be there is held against it when it is handed on.
 */
export const ARTICLE_CONTENT = z.object({
  subject: z.literal('article'),
  /** `withdraw` takes back the article that `original` names; it publishes nothing but the reason. */
  action: z.enum(['publish', 'withdraw']),
  kind: z.enum(ARTICLE_KIND_KEYS),
  category: z.enum(CATEGORY_SLUGS).nullable(),
  title: z.string().trim().max(300, '标题不能超过 300 个字'),
  summary: z.string().trim().max(1_000, '摘要不能超过 1000 个字'),
  /** Where it comes from 来源. */
  source: LINE,
  /** Who issued it 发布机构. */
  issuer: LINE,
  /** Its number 文号. */
  number: LINE,
  issuedOn: DAY.nullable(),
  effectiveOn: DAY.nullable(),
  validity: z.enum(VALIDITY_KEYS).nullable(),
  /** When it was asked or raised, and when it was answered or settled. */
  raisedOn: DAY.nullable(),
  answeredOn: DAY.nullable(),
  /** Separated by commas. */
  keywords: LINE,
  /** As the editor wrote it; sanitized again before anybody reads it. */
  bodyHtml: z.string().max(2_000_000, '正文太长'),
  steps: z.array(STEP).max(60, '步骤太多'),
  media: MEDIA.nullable(),
  /** Ids of articles that belong to it: the link holds both ways. */
  related: z.array(z.string().regex(/^[a-z2-7]{12}$/, '不是文章编号')).max(40),
  /** Path of the page of this site that a clarification is about; '' of others. */
  page: z
    .string()
    .trim()
    .max(300)
    .regex(/^(?:\/[^\s?#]*)?$/, '写本站的路径，例如 /notice/k3vq7mzt2f5a'),
  attachments: z.array(z.object({ sha256: SHA256, name: LINE.min(1) })).max(200),
  nature: z.enum(ARTICLE_NATURE_KEYS),
  /** Id of the published article that it corrects or takes back. */
  original: z.string().max(40).nullable(),
  /** Why it is corrected 更正说明 or taken back: shown to readers. */
  reason: z.string().trim().max(1_000, '不能超过 1000 个字'),
  publishAt: INSTANT.nullable(),
});

export type ArticleContent = z.output<typeof ARTICLE_CONTENT>;
export type ArticleStep = z.output<typeof STEP>;
export type ArticleMedia = z.output<typeof MEDIA>;

/** An article in which nothing is written yet. */
export function emptyArticle(kind: ArticleKind, given: Partial<ArticleContent> = {}): ArticleContent {
  return {
    ...{ subject: 'article', action: 'publish', kind, category: null, title: '', summary: '' },
    ...{ source: '', issuer: '', number: '', issuedOn: null, effectiveOn: null, validity: null },
    ...{ raisedOn: null, answeredOn: null, keywords: '', bodyHtml: '', steps: [], media: null, related: [] },
    ...{ page: '', attachments: [], nature: 'own', original: null, reason: '', publishAt: null },
    ...given,
  };
}

/** What of an article is public, and so what each of its versions is: canonical JSON (RFC 8785) of this is hashed. */
export type ArticleRecord = Omit<ArticleContent, 'subject' | 'action' | 'original' | 'reason' | 'publishAt'> & {
  id: string;
};

function isInstant(text: string): text is Instant {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
