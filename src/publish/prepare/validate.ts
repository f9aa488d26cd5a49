import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { describeDamage } from '#src/formats/damage.ts';
import { isTestTitle } from '#src/formats/test-title.ts';
import type { NoticeDraft } from '../draft.ts';
import type { Reason } from '../items/reasons.ts';
import { findBrokenTexts } from './broken-text.ts';

/** Longest body that is ever parsed: a tree is built from it. */
const MAXIMUM_BODY = 2 * 1024 * 1024;

const address = z.string().max(2000);

const draftSchema = z.object({
  sourceItemId: z.string().min(1).max(300),
  aliases: z.array(z.string().min(1).max(300)).max(50).optional(),
  column: z.object({ code: z.string().max(200), label: z.string().max(200).optional() }),
  mapping: z
    .object({ category: z.enum(CATEGORY_SLUGS), stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]) })
    .optional(),
  title: z.string().min(2).max(500),
  rawTitle: z.string().max(5000),
  published: z.object({ raw: z.string().max(200), field: z.string().max(200) }),
  modified: z.object({ raw: z.string().max(200), field: z.string().max(200) }).optional(),
  countyText: z.string().max(500).optional(),
  ownCounty: z.boolean().optional(),
  url: address.optional(),
  originUrl: address.optional(),
  bodyHtml: z.string().max(MAXIMUM_BODY).optional(),
  attachments: z.array(z.object({ name: z.string().max(1000), url: address })).max(500),
  projectCode: z.string().max(300).optional(),
  lotCode: z.string().max(300).optional(),
  fields: z.record(z.string().max(300), z.string().max(20_000)),
  withdrawn: z.boolean().optional(),
  extra: z.record(z.string(), z.unknown()),
});

/** Broken texts that are told of one draft. */
const MOST_BROKEN = 5;

const FIELD_NAMES: Record<string, string> = {
  sourceItemId: '编号',
  title: '标题',
  bodyHtml: '正文',
  attachments: '附件',
  published: '发布时间',
};

/** Reasons why a draft is not even a draft: missing or oversized parts, damaged bytes, a site's test. Empty when it is sound. */
export function validateDraft(draft: NoticeDraft): Reason[] {
  const result = draftSchema.safeParse(draft);
  if (result.success) return inspectDraft(draft);
  return result.error.issues.slice(0, 5).map((issue) => {
    const field = String(issue.path[0] ?? '');
    const size = issue.code === 'too_big' ? '过长或过多' : '缺失或格式不符';
    return { code: 'invalid', message: `${FIELD_NAMES[field] ?? field}${size}`, field };
  });
}

/** Reasons that hold for drafts of every kind, notices or not: text that was damaged on the way, and rows with which a site tests itself. */
export function inspectDraft(draft: NoticeDraft): Reason[] {
  const { title, rawTitle, bodyHtml, published, countyText, projectCode, lotCode, url, fields, attachments } = draft;
  const parts: [field: string, ...texts: (string | undefined)[]][] = [
    ['sourceItemId', draft.sourceItemId],
    ['title', title, rawTitle],
    ['bodyHtml', bodyHtml],
    ['published', published.raw],
    ['fields', countyText, projectCode, lotCode, url, ...Object.entries(fields).flat()],
    ['attachments', ...attachments.flatMap(({ name, url: address }) => [name, address])],
  ];
  const reasons = parts.flatMap(([field, ...texts]): Reason[] => {
    const damage = texts.map((text) => text && describeDamage(text)).find(Boolean);
    return damage ? [{ code: 'damaged', message: `${FIELD_NAMES[field] ?? '字段'}${damage}`, field }] : [];
  });
  const { extra: _audit, ...said } = draft;
  reasons.push(...findBrokenTexts(said).slice(0, MOST_BROKEN));
  if (isTestTitle(title))
    reasons.push({ code: 'test-item', message: '标题表明这是来源网站的测试数据', field: 'title' });
  return reasons;
}
