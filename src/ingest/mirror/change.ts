import canonicalize from 'canonicalize';
import { z } from 'zod';
import { CURSOR_PATTERN } from '#db/epoch.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { withoutInvisible } from '#src/domain/notices/legible.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';

const changeSchema = z.looseObject({
  seq: z.int().min(1),
  id: z.string().regex(ID_PATTERN),
  at: z.iso.datetime(),
  kind: z.enum(['upsert', 'remove']),
  /** The other portal destroyed it by law. */
  removal: z.object({ reason: z.string().min(1).max(500) }).optional(),
  /** It destroyed single versions by law, and shows those with these hashes. */
  removedVersions: z
    .array(z.object({ reason: z.string().min(1).max(500) }))
    .min(1)
    .max(10_000)
    .optional(),
  keptHashes: z.array(z.string().length(64)).max(10_000).optional(),
});
/** A change as another portal tells it; what it says of its subject is not yet read, let alone believed. */
export type MirroredChange = z.output<typeof changeSchema>;

/** Portals from before epochs give the bare number. */
const cursorSchema = z.string().regex(CURSOR_PATTERN);
const pageSchema = z.object({
  items: z.array(changeSchema),
  next: cursorSchema,
  newest: cursorSchema,
  upToDate: z.boolean(),
});
export type MirroredPage = z.output<typeof pageSchema>;

/** A page of another portal's changes; undefined when it is none. */
export function parsePage(value: unknown): MirroredPage | undefined {
  return pageSchema.safeParse(value).data;
}

/** What a change says of its subject, in our form. @throws ItemRejectedError naming the first field that is not in it */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.');
  throw rejected('invalid', `内容不合格式：${field ?? ''}`, field);
}

/** @throws ItemRejectedError when a content is not the one whose hash the other portal gives */
export function assertHash(content: unknown, hash: unknown): void {
  if (sha256(canonicalize(content) ?? '') !== hash) throw rejected('hash', '内容与上游给出的摘要不符');
}

/** @throws ItemRejectedError when a text holds a personal number that is not masked, or characters that nobody sees */
export function assertScreened(texts: readonly (string | null)[]): void {
  if (texts.some((text) => text !== null && withoutInvisible(text) !== text))
    throw rejected('unclean', '含有不可见的字符');
  if (texts.some((text) => text !== null && redactPersonalData(text).masked > 0))
    throw rejected('personal', '含有未遮蔽的个人信息');
}

/** What is thrown of a change that may not be taken. */
export function rejected(code: string, message: string, field?: string): ItemRejectedError {
  return new ItemRejectedError([{ code, message, ...(field ? { field } : {}) }]);
}
