import type { ArticleView } from '#src/domain/articles/views.ts';
import { absoluteUrl, fileUrl } from '#src/domain/site/urls.ts';
import type { PreparedArticle } from '#src/publish/articles/prepare.ts';
import type { DraftRow } from '#src/staff/drafts/store.ts';
import type { Session } from '#src/staff/sessions.ts';
import { getConfig } from '../../../config.ts';
import type { Asked, Moved } from '../../asked.ts';
import { type NoticePage, readNoticePage } from '../../notice.ts';
import { visiting } from '../visit.ts';

export interface PreviewPage {
  session: Session;
  id: string;
  /** What the public page will show; null where the pipeline refuses the draft. */
  page: NoticePage | null;
  /** The same of an article. */
  article: ArticleView | null;
  /** Of a withdrawal: what will stand at the address. */
  tombstone: string | null;
  refusals: string[];
  /** What was masked, as readers will see it. */
  isMasked: boolean;
}

/**
 * A draft as its public page will show it: published, read, and taken back. What the person is typing counts where there is such.
 * @throws ForbiddenError, NotFoundError
 */
export function loadPreview(asked: Asked): Promise<PreviewPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async ({ drafts, session }): Promise<PreviewPage> => {
    const { now } = session.doer;
    const { row } = drafts.draft(session, id);
    const urlOf = (sha256: string) => absoluteUrl(getConfig().SITE_URL, fileUrl(sha256));
    const made = await drafts.preview(session, id, urlOf, (db, noticeId) => readNoticePage(db, noticeId, now));
    const { article, page, ...said } = made;
    return {
      ...{ session, id, page, ...said },
      article: article && toArticleView(article, row, now),
      isMasked: article?.isMasked ?? page?.notice.redacted ?? false,
    };
  });
}

/** An article as it will be shown, without what only publishing brings. */
function toArticleView({ record }: PreparedArticle, { county }: Pick<DraftRow, 'county'>, now: string): ArticleView {
  const { related: _related, ...said } = record;
  const times = { publishedAt: now, updatedAt: now };
  return { ...said, county, version: 1, ...times, versions: [], related: [], files: [] };
}
