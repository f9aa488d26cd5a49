import { z } from 'zod';
import { CATEGORY_SLUGS } from './categories.ts';
import { COUNTY_SLUGS } from './counties.ts';
import type { FactKey, FactValue } from './facts.ts';
import { STAGE_SLUGS } from './stages.ts';

const factSchema = z.object({
  text: z.string(),
  fen: z.number().int().optional(),
  squareMetres: z.number().optional(),
  instant: z.string().optional(),
});

/**
 * What a published version says: the canonical JSON (RFC 8785) in `notice_versions.content` has exactly these fields,
 * and its hash is the version's hash. Fields that only describe our handling (times seen, gone, twins) are not content.
 */
export const noticeContentSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: z.enum(CATEGORY_SLUGS),
  stage: z.enum(STAGE_SLUGS),
  county: z.enum(COUNTY_SLUGS),
  publishedBy: z.enum(COUNTY_SLUGS),
  projectCode: z.string().nullable(),
  lotCode: z.string().nullable(),
  buyer: z.string().nullable(),
  agency: z.string().nullable(),
  suppliers: z.array(z.string()),
  /** Fen. */
  amountFen: z.number().int().nullable(),
  amountKind: z.enum(['budget', 'ceiling', 'bid', 'award', 'contract', 'start', 'deal']).nullable(),
  deadlineAt: z.string().nullable(),
  openingAt: z.string().nullable(),
  publishedAt: z.string(),
  publishedPrecision: z.enum(['day', 'minute', 'second']),
  facts: z.record(z.string(), factSchema).transform((facts) => facts as Partial<Record<FactKey, FactValue>>),
  /** Sanitized and screened HTML. */
  bodyHtml: z.string(),
  attachments: z.array(z.object({ name: z.string(), url: z.string() })),
  sourceUrl: z.string().nullable(),
  /** True when personal data was masked. */
  redacted: z.boolean(),
});

export type NoticeContent = z.output<typeof noticeContentSchema>;

/** Labels of the content's fields, for "what changed" lines. */
export const CONTENT_LABELS: Record<keyof NoticeContent, string> = {
  id: '编号',
  title: '标题',
  category: '交易类别',
  stage: '环节',
  county: '所属县（市、区）',
  publishedBy: '发布站点',
  projectCode: '项目编号',
  lotCode: '标段（包）编号',
  buyer: '招标（采购）人',
  agency: '代理机构',
  suppliers: '中标（成交）人',
  amountFen: '金额',
  amountKind: '金额性质',
  deadlineAt: '截止时间',
  openingAt: '开标时间',
  publishedAt: '发布时间',
  publishedPrecision: '发布时间精度',
  facts: '要素',
  bodyHtml: '正文',
  attachments: '附件',
  sourceUrl: '原文地址',
  redacted: '个人信息遮盖',
};
