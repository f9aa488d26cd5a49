import { z } from 'zod';
import { toShanghaiIso } from '#src/domain/time/time.ts';
import { bulkNoticeSchema } from '../../bulk/notice.ts';

/** What of a line of a bulk file is taken over; everything else is read anew out of the body. */
const takenSchema = bulkNoticeSchema.pick({
  id: true,
  title: true,
  category: true,
  stage: true,
  county: true,
  publishedAt: true,
  publishedPrecision: true,
  projectCode: true,
  lotCode: true,
  sourceUrl: true,
  bodyHtml: true,
});
const attachmentSchema = z.object({ attachments: z.array(z.object({ name: z.string(), url: z.string() })) });
const lineSchema = takenSchema.extend(attachmentSchema.shape);

/**
 * A line of this product's own bulk files as an item of a push; any other value stays as it is. The notice is known by its number in
 * the portal that wrote the file.
 */
export function fromBulkLine(value: unknown): unknown {
  if (!isBulkLine(value)) return value;
  const line = lineSchema.safeParse(value);
  // The rules of pushed items name what is missing.
  if (!line.success) return value;
  const { publishedPrecision, publishedAt, projectCode, lotCode, sourceUrl, attachments, ...same } = line.data;
  const at = toShanghaiIso(publishedAt);
  return {
    ...same,
    publishedAt: at.slice(0, LENGTHS[publishedPrecision]).replace('T', ' '),
    attachments: attachments.map(({ name, url }) => ({ name, url })),
    ...(projectCode === null ? {} : { projectCode }),
    ...(lotCode === null ? {} : { lotCode }),
    ...(sourceUrl === null ? {} : { url: sourceUrl }),
  };
}

/** Characters of a Beijing time (2026-06-15T09:30:00) that say as much as the precision. */
const LENGTHS = { day: 10, minute: 16, second: 19 };

/** Pushed items have none of these. */
const isBulkLine = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'hash' in value && 'sourceKey' in value && 'updatedAt' in value;
