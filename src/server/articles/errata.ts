import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { articles, articleVersions } from '#db/schema/articles.ts';
import { factCorrections, notices } from '#db/schema/index.ts';
import { articleUrl } from '#src/domain/articles/urls.ts';
import type { Clarification, Erratum } from '#src/domain/articles/views.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import { startOfDay } from '#src/domain/time/time.ts';

const MOST = 200;

/** Everything that was wrong on this site and was put right, the latest first: articles, whole pages, facts that were read wrongly. */
export function listErrata(db: Db): Erratum[] {
  const corrected = db
    .select({
      id: articles.id,
      title: articles.title,
      note: articleVersions.note,
      wrongAt: articles.publishedAt,
      correctedAt: articleVersions.at,
    })
    .from(articleVersions)
    .innerJoin(articles, and(eq(articles.id, articleVersions.articleId), isNull(articles.withdrawnAt)))
    .where(eq(articleVersions.reason, 'corrected'))
    .orderBy(desc(articleVersions.at))
    .limit(MOST)
    .all()
    .map(({ id, ...row }): Erratum => ({ ...row, page: articleUrl(id), what: 'article' }));
  const clarified = db
    .select({
      page: articles.page,
      title: articles.title,
      note: articles.summary,
      wrongAt: articles.publishedAt,
      wrongOn: sql<string | null>`json_extract(${articleVersions.content}, '$.raisedOn')`,
      correctedAt: articles.publishedAt,
    })
    .from(articles)
    .innerJoin(
      articleVersions,
      and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articles.version)),
    )
    .where(and(eq(articles.kind, 'clarification'), isNull(articles.withdrawnAt)))
    .orderBy(desc(articles.publishedAt))
    .limit(MOST)
    .all()
    .map(
      ({ wrongOn, ...row }): Erratum => ({
        ...row,
        what: 'clarification',
        wrongAt: wrongOn ? startOfDay(wrongOn) : row.wrongAt,
      }),
    );
  const facts = db
    .select({
      id: notices.id,
      title: notices.title,
      note: factCorrections.reason,
      wrongAt: notices.firstSeenAt,
      correctedAt: factCorrections.at,
    })
    .from(factCorrections)
    .innerJoin(notices, and(eq(notices.id, factCorrections.noticeId), eq(notices.isPublic, 1)))
    .orderBy(desc(factCorrections.at))
    .limit(MOST)
    .all()
    .map(({ id, ...row }): Erratum => ({ ...row, page: noticeUrl(id), what: 'fact' }));
  return [...corrected, ...clarified, ...facts].toSorted((a, b) => (a.correctedAt < b.correctedAt ? 1 : -1));
}

const OF_PAGE = defineQuery((db, p: Params<{ page: string }>) =>
  db
    .select({
      id: articles.id,
      title: articles.title,
      summary: articles.summary,
      at: articles.publishedAt,
      wrongOn: sql<string | null>`json_extract(${articleVersions.content}, '$.raisedOn')`,
    })
    .from(articles)
    .innerJoin(
      articleVersions,
      and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articles.version)),
    )
    .where(and(eq(articles.page, p.page), isNull(articles.withdrawnAt)))
    .orderBy(desc(articles.publishedAt)),
);

/** What was put right about a page of this site. */
export const listClarifications = (db: Db, page: string): Clarification[] =>
  page === '' ? [] : OF_PAGE.all(db, { page });
