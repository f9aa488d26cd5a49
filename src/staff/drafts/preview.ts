import type { DraftContent } from '#src/domain/drafts/content.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { PreparedArticle } from '#src/publish/articles/prepare.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import { completeDraft } from '#src/publish/items/complete-draft.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import type { PreparedNotice } from '#src/publish/prepare/prepare.ts';
import type { DraftRow } from './store.ts';
import { type AttachmentUrl, toNoticeDraft } from './to-notice.ts';

/** What publishing a draft would make of it. */
export interface DraftPreview {
  prepared: PreparedNotice | null;
  /** Of an article, what is published instead. */
  article?: PreparedArticle;
  /** Why the pipeline would not take it. */
  refusals: string[];
}

/** Sends a content through the pipeline without storing anything. */
export function previewDraft(
  { id, county, urgent }: Pick<DraftRow, 'id' | 'county' | 'urgent'>,
  content: DraftContent,
  parts: { at: Instant; urlOf: AttachmentUrl },
): DraftPreview {
  const draft = toNoticeDraft({ id, urgent }, content, parts);
  const { prepared, error } = completeDraft({ draft, sourceKey: consoleSourceKey(county), publishedBy: county });
  if (prepared) return { prepared, refusals: [] };
  if (error instanceof ItemRejectedError)
    return { prepared: null, refusals: error.reasons.map(({ message }) => message) };
  throw error;
}
