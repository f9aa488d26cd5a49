import type { ArticleView } from '#src/domain/articles/views.ts';
import { summariseLots } from '#src/domain/deals/lot-summary.ts';
import { anchorSpans } from '#src/domain/facts/fact-anchors.ts';
import { toNoticeStatus } from '#src/domain/notices/notice-status.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import type { NoticeView } from '#src/domain/site/views.ts';
import type { PreparedArticle } from '#src/publish/articles/prepare.ts';
import { consoleSourceName } from '#src/publish/console-source.ts';
import type { PreparedNotice } from '#src/publish/prepare/prepare.ts';
import type { DraftRow } from '#src/staff/drafts/store.ts';
import type { Session } from '#src/staff/sessions.ts';
import { getConfig } from '../../../config.ts';
import { webDb } from '../../../db.ts';
import { getDeal } from '../../../notices/deal.ts';
import type { Asked, Moved } from '../../asked.ts';
import type { NoticePage } from '../../notice.ts';
import { visiting } from '../visit.ts';

export interface PreviewPage {
  session: Session;
  id: string;
  /** What the public page will show; null where the pipeline refuses the draft. */
  page: NoticePage | null;
  /** The same of an article. */
  article: ArticleView | null;
  refusals: string[];
  /** What was masked, as readers will see it. */
  isMasked: boolean;
}

/**
 * A draft as its public page will show it: through the pipeline that it will be published through, without storing anything. What the
 * person is typing counts where there is such. @throws ForbiddenError, NotFoundError
 */
export function loadPreview(asked: Asked): Promise<PreviewPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, ({ drafts, session }): PreviewPage => {
    const { row } = drafts.draft(session, id);
    const { prepared, article, refusals } = drafts.preview(session, id, (sha256) =>
      absoluteUrl(getConfig().SITE_URL, `/file/${sha256}`),
    );
    const page = prepared ? toNoticePage(prepared, session.doer.now) : null;
    const isMasked = article?.isMasked ?? prepared?.content.redacted ?? false;
    return {
      session,
      id,
      page,
      article: article ? toArticleView(article, row, session.doer.now) : null,
      refusals,
      isMasked,
    };
  });
}

/** An article as it will be shown, without what only publishing brings. */
function toArticleView({ record }: PreparedArticle, { county }: Pick<DraftRow, 'county'>, now: string): ArticleView {
  const { related: _related, ...said } = record;
  const times = { publishedAt: now, updatedAt: now };
  return { ...said, county, version: 1, ...times, versions: [], related: [], files: [] };
}

function toNoticePage({ content, reading, hash }: PreparedNotice, now: string): NoticePage {
  const notice = toView({ content, reading }, now);
  return {
    notice,
    version: { version: 1, publishedAt: now, hash, seal: null, removal: null, reason: 'created', changedFields: [] },
    body: anchorSpans(notice.bodyHtml, []),
    parties: [],
    status: toNoticeStatus(getDeal(webDb(), ''), notice, [], now),
    marked: [],
    followUps: [],
    answers: [],
    candidates: undefined,
    address: absoluteUrl(getConfig().SITE_URL, noticeUrl(notice.id)),
    now,
  };
}

function toView({ content, reading }: Pick<PreparedNotice, 'content' | 'reading'>, now: string): NoticeView {
  const { fields: _fields, facts: _facts, withdrawn: _withdrawn, sourceItemId: _item, attachments, ...said } = content;
  return {
    ...said,
    ...reading,
    lots: summariseLots({ ...said, ...reading }),
    attachments: attachments.map((file) => ({ ...file, mediaType: null, size: null, copy: null })),
    projectId: null,
    closesAt: reading.deadlineAt,
    ...{ superseded: null, dealState: null, standing: null, correction: null },
    sourceName: consoleSourceName(content.publishedBy),
    version: 1,
    ...{ firstSeenAt: now, updatedAt: now, lastSeenAt: now, goneFromSource: false },
    ...{ versions: [], stages: [], related: [], alsoPublishedAt: [], possibleDuplicates: [] },
  };
}
