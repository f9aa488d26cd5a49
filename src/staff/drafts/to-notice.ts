import type { DraftContent } from '#src/domain/drafts/content.ts';
import { toDraftNotice } from '#src/domain/drafts/form/notice.ts';
import { absoluteUrl, fileUrl } from '#src/domain/site/urls.ts';
import { type Instant, toShanghaiIso } from '#src/domain/time/time.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { DraftRow } from './store.ts';

/** Where the public gets an attachment. */
export type AttachmentUrl = (sha256: string) => string;

/** Attachments of what the console publishes are files of the public site. */
export const attachmentUrl =
  (publicSite: string): AttachmentUrl =>
  (sha256) =>
    absoluteUrl(publicSite, fileUrl(sha256));

/** What the public, and the publication log with the version's content, are told of a draft that went the urgent way. */
const URGENT = { 紧急发布: '由经办人认定为主动公开后直接送审，经初审、复审两人审核' };

/** What a draft hands over for publishing, as an adapter hands over what a feed says: the pipeline does the rest. */
export function toNoticeDraft(
  { id, urgent }: Pick<DraftRow, 'id' | 'urgent'>,
  content: DraftContent,
  { at, urlOf }: { at: Instant; urlOf: AttachmentUrl },
): NoticeDraft {
  const { category, stage, title, attachments } = content;
  const { facts, bodyHtml, projectCode, lotCode } = toDraftNotice(content);
  return {
    sourceItemId: id,
    column: { code: `${category}/${stage}` },
    mapping: { category, stage },
    title,
    rawTitle: title,
    published: { raw: toShanghaiIso(at), field: 'releasedAt' },
    // Whoever wrote it chose whose it is.
    ownCounty: true,
    bodyHtml,
    attachments: attachments.map(({ sha256, name }) => ({ name, url: urlOf(sha256) })),
    ...(projectCode === '' ? {} : { projectCode }),
    ...(lotCode === '' ? {} : { lotCode }),
    fields: urgent ? URGENT : {},
    facts,
    extra: {},
  };
}
