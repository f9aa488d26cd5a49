import canonicalize from 'canonicalize';
import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties.ts';
import { ID_PATTERN, noticeId } from '#src/domain/ids.ts';
import type { NoticeContent } from '#src/domain/notice-content.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { sha256, textFingerprint, twinKey } from '../fingerprints.ts';
import { type PreparedNotice, seal } from '../prepare.ts';
import { readNotice } from '../reading.ts';
import { ItemRejectedError } from '../reasons.ts';
import { SANITIZE_POLICY, sanitizeBody } from '../sanitize.ts';
import { screenPersonalData } from '../screen.ts';

const contentSchema = z.strictObject({
  id: z.string().regex(ID_PATTERN),
  sourceKey: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  sourceItemId: z.string().min(1).max(1_000),
  title: z.string().min(1).max(1_000),
  category: z.enum(CATEGORY_SLUGS),
  stage: z.enum(STAGE_SLUGS),
  county: z.enum(COUNTY_SLUGS),
  publishedBy: z.enum(COUNTY_SLUGS),
  publishedAt: z.iso.datetime(),
  publishedPrecision: z.enum(['day', 'minute', 'second']),
  projectCode: z.string().nullable(),
  lotCode: z.string().nullable(),
  fields: z.record(z.string(), z.string()).optional(),
  sourceUrl: z.url({ protocol: /^https?$/ }).nullable(),
  bodyHtml: z.string(),
  attachments: z.array(z.strictObject({ name: z.string(), url: z.url({ protocol: /^https?$/ }) })),
  redacted: z.boolean(),
  withdrawn: z.literal(false),
});

const common = { seq: z.int().min(1), id: z.string().regex(ID_PATTERN), at: z.iso.datetime() };
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('upsert'), hash: z.string(), notice: z.record(z.string(), z.unknown()) }),
  z.object({ ...common, kind: z.literal('remove') }),
]);
/** A change as another portal tells it; what it says of the notice is not yet believed. */
export type MirroredChange = z.output<typeof changeSchema>;

const pageSchema = z.object({
  items: z.array(changeSchema),
  next: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  newest: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  upToDate: z.boolean(),
});
export type MirroredPage = z.output<typeof pageSchema>;

/** A page of another portal's changes; undefined when it is none. */
export function parsePage(value: unknown): MirroredPage | undefined {
  return pageSchema.safeParse(value).data;
}

/**
 * A notice of another portal, ready to be stored byte for byte. Its portal has sanitized and screened it; that is checked
 * by the same rules, which leave alone what they have made.
 * @throws ItemRejectedError when the content is not what its hash says, not in our form, or not clean
 */
export function prepareMirrored({ id, hash, notice }: MirroredChange & { kind: 'upsert' }): PreparedNotice {
  if (sha256(canonicalize(notice) ?? '') !== hash) throw rejected('hash', '内容与上游给出的摘要不符');
  const parsed = contentSchema.safeParse(notice);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw rejected('invalid', `内容不合格式：${issue?.path.join('.') ?? ''}`, issue?.path.join('.'));
  }
  const content = parsed.data as NoticeContent;
  if (content.id !== id || id !== noticeId(content.sourceKey, content.sourceItemId))
    throw rejected('id', '编号与来源不符', 'id');
  const body = sanitizeBody(content.bodyHtml, content.sourceUrl ?? undefined);
  if (body.html !== content.bodyHtml) throw rejected('unclean', '正文未按本站的规则净化', 'bodyHtml');
  if (hasPersonalData(content)) throw rejected('personal', '含有未遮蔽的个人信息');
  return {
    ...seal(content),
    reading: readNotice(content),
    text: body.text,
    twinKey: twinKey(content),
    fingerprint: textFingerprint(body.text, content.attachments),
    originUrl: null,
    aliases: [],
    policy: SANITIZE_POLICY,
    remarks: [],
    isMirrored: true,
  };
}

function hasPersonalData({ title, bodyHtml, fields = {}, attachments }: NoticeContent): boolean {
  const texts = [title, bodyHtml, ...Object.values(fields), ...attachments.map(({ name }) => name)];
  return texts.some((text) => screenPersonalData(text).masked > 0);
}

function rejected(code: string, message: string, field?: string): ItemRejectedError {
  return new ItemRejectedError([{ code, message, ...(field ? { field } : {}) }]);
}
