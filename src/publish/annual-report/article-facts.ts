import { and, asc, count, eq, gte, inArray, isNull, like, lt, min, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articles, articleVersions } from '#db/schema/articles.ts';
import type { TextCell } from '#src/domain/annual-report/cells.ts';
import type { InstrumentVersion } from '#src/domain/annual-report/instruments.ts';
import { VALIDITY_KEYS, type Validity } from '#src/domain/articles/kinds.ts';
import { DISCLOSING_BODY } from '#src/domain/disclosure/body.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';

/** A year as instants, the end exclusive. */
interface Span {
  from: Instant;
  until: Instant;
}

/** Whether the portal had any article before an instant: of times before its first it knows nothing. */
function hadArticles(db: Db, until: Instant): boolean {
  const { first } = db
    .select({ first: min(articles.publishedAt) })
    .from(articles)
    .get() ?? { first: null };
  return first !== null && first < until;
}

/**
 * Figures of the text that are articles: interpretations and trainings that came out within a year, proposals that were answered in it.
 * Nothing where the portal had no articles yet.
 */
export function countArticles(db: Db, { from, until }: Span): Partial<Record<TextCell, number>> {
  if (!hadArticles(db, until)) return {};
  const cameOut = and(gte(articles.publishedAt, from), lt(articles.publishedAt, until));
  const answeredOn = sql`json_extract(${articleVersions.content}, '$.answeredOn')`;
  const answered = and(sql`${answeredOn} >= ${formatDate(from)}`, sql`${answeredOn} < ${formatDate(until)}`);
  return {
    interpretations: countOf(db, and(eq(articles.kind, 'interpretation'), cameOut)),
    proposals: countOf(db, and(eq(articles.kind, 'proposal'), answered)),
    // Films and trainings are one kind: those whose titles say so are trainings.
    trainings: countOf(db, and(eq(articles.kind, 'media'), like(articles.title, '%培训%'), cameOut)),
  };
}

const countOf = (db: Db, condition: SQL | undefined): number =>
  db
    .select({ total: count() })
    .from(articles)
    .innerJoin(
      articleVersions,
      and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articles.version)),
    )
    .where(and(isNull(articles.withdrawnAt), condition))
    .get()?.total ?? 0;

/** Versions of the body's own laws and documents, in the order of their times; null where the portal had no articles before `until`. */
export function listInstruments(db: Db, until: Instant): InstrumentVersion[] | null {
  if (!hadArticles(db, until)) return null;
  const { content, at, version } = articleVersions;
  return db
    .select({
      ...{ id: articles.id, kind: articles.kind, at },
      issuedOn: sql<string | null>`json_extract(${content}, '$.issuedOn')`,
      validity: sql<string | null>`json_extract(${content}, '$.validity')`,
    })
    .from(articleVersions)
    .innerJoin(articles, eq(articles.id, articleVersions.articleId))
    .where(and(inArray(articles.kind, ['law', 'document']), eq(articles.issuer, DISCLOSING_BODY)))
    .orderBy(asc(at), asc(version))
    .all()
    .map(({ kind, validity, ...row }) => ({
      ...row,
      row: kind === 'law' ? ('rules' as const) : ('documents' as const),
      validity: VALIDITY_KEYS.find((key): key is Validity => key === validity) ?? null,
    }));
}
