import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { articles, articleVersions } from '#db/schema/articles.ts';
import { annualReportVersions, factCorrections, notices, statisticObservations } from '#db/schema/index.ts';
import { articleUrl } from '#src/domain/articles/urls.ts';
import type { Clarification, Erratum } from '#src/domain/articles/views.ts';
import { reportUrl } from '#src/domain/disclosure/urls.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import { isMeasure, type MeasureId } from '#src/domain/statistics/registry.ts';
import { startOfDay } from '#src/domain/time/time.ts';

const MOST = 200;

/** Everything that was wrong on this site and was put right, the latest first: articles, pages, facts with the figures they are in, reports. */
export function listErrata(db: Db): Erratum[] {
  const all = [...listCorrected(db), ...listClarified(db), ...listFacts(db), ...listReportErrata(db)];
  return all.toSorted((a, b) => (a.correctedAt < b.correctedAt ? 1 : -1));
}

const listCorrected = (db: Db): Erratum[] =>
  db
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
    .map(({ id, ...row }) => ({ ...row, page: articleUrl(id), what: 'article' }));

const listClarified = (db: Db): Erratum[] =>
  db
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
    .map(({ wrongOn, ...row }) => ({
      ...row,
      what: 'clarification',
      wrongAt: wrongOn ? startOfDay(wrongOn) : row.wrongAt,
    }));

/** Facts that were read wrongly out of notices, with the statistics in which their projects count. */
function listFacts(db: Db): Erratum[] {
  return db
    .select({
      ...{ id: notices.id, title: notices.title, projectId: notices.projectId, note: factCorrections.reason },
      ...{ before: factCorrections.before, value: factCorrections.value, kind: factCorrections.kind },
      ...{ wrongAt: notices.firstSeenAt, correctedAt: factCorrections.at },
    })
    .from(factCorrections)
    .innerJoin(notices, and(eq(notices.id, factCorrections.noticeId), eq(notices.isPublic, 1)))
    .orderBy(desc(factCorrections.at))
    .limit(MOST)
    .all()
    .map(({ id, projectId, before, value, kind, ...row }) => ({
      ...row,
      ...{ page: noticeUrl(id), what: 'fact', measures: listMeasures(db, projectId) },
      values: { before, after: kind === 'set' && 'text' in value ? value.text : '' },
    }));
}

const listMeasures = (db: Db, projectId: string): MeasureId[] =>
  db
    .selectDistinct({ measure: statisticObservations.measure })
    .from(statisticObservations)
    .where(and(eq(statisticObservations.projectId, projectId), eq(statisticObservations.status, 'counted')))
    .orderBy(statisticObservations.measure)
    .all()
    .map(({ measure }) => measure)
    .filter(isMeasure);

/** Annual reports of which another version came out. */
function listReportErrata(db: Db): Erratum[] {
  const { year, form, version, reason, publishedAt } = annualReportVersions;
  const rows = db
    .select({ year, form, version, reason, publishedAt })
    .from(annualReportVersions)
    .orderBy(year, form, version)
    .all();
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    if (row.version === 1 || !before) return [];
    return {
      ...{
        page: reportUrl(row.year, { form: row.form }),
        title: `${row.year}年度报告`,
        what: 'report',
        note: row.reason,
      },
      ...{ wrongAt: before.publishedAt, correctedAt: row.publishedAt },
    };
  });
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
