import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articleLinks, articles, articleVersions } from '#db/schema/articles.ts';
import { files } from '#db/schema/files.ts';
import { parseCaptions, toTranscript } from '#src/domain/articles/captions.ts';
import { type ArticleContent, type ArticleRecord, emptyArticle } from '#src/domain/articles/content.ts';
import type { ArticleKind } from '#src/domain/articles/kinds.ts';
import { judgeTogether, type Togetherness } from '#src/domain/articles/together.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findArticle } from '#src/publish/articles/store.ts';
import { assertMay } from '../assert-may.ts';
import type { DraftDesk } from '../drafts/desk.ts';
import type { DraftRow } from '../drafts/store.ts';
import type { Session } from '../sessions.ts';

export type PublishedArticle = Pick<
  typeof articles.$inferSelect,
  'id' | 'county' | 'kind' | 'title' | 'version' | 'publishedAt' | 'updatedAt' | 'withdrawnAt'
>;

/** A policy document, and whether what explains it came out with it. */
export interface DocumentCheck {
  id: string;
  title: string;
  publishedAt: Instant;
  state: Togetherness;
}

export const ARTICLE_DESK_PAGE = 50;

interface Parts {
  db: Db;
  calendar: WorkingCalendar;
}

/** What the console does with published articles: they are written, corrected and taken back as drafts. */
export class ArticleDesk {
  readonly #db: Db;
  readonly #calendar: WorkingCalendar;
  readonly #drafts: DraftDesk;

  constructor({ db, calendar }: Parts, drafts: DraftDesk) {
    this.#db = db;
    this.#calendar = calendar;
    this.#drafts = drafts;
  }

  /** A page of articles of the person's county, the latest first. @throws ForbiddenError */
  list(
    session: Session,
    { kind, q = '', page = 1 }: { kind?: ArticleKind | undefined; q?: string; page?: number },
  ): PublishedArticle[] {
    const { county } = session.officer;
    assertMay(session, 'draft.list', county);
    const { id, title, version, publishedAt, updatedAt, withdrawnAt } = articles;
    return this.#db
      .select({
        ...{ id, title, version, publishedAt, updatedAt, withdrawnAt },
        ...{ county: articles.county, kind: articles.kind },
      })
      .from(articles)
      .where(
        and(
          county === null ? undefined : eq(articles.county, county),
          kind ? eq(articles.kind, kind) : undefined,
          q === '' ? undefined : sql`instr(${articles.title}, ${q}) > 0`,
        ),
      )
      .orderBy(desc(articles.updatedAt), articles.id)
      .limit(ARTICLE_DESK_PAGE)
      .offset((page - 1) * ARTICLE_DESK_PAGE)
      .all();
  }

  /**
   * The documents that the office itself published and that are not explained in time 三同步, those that wait first.
   * @throws ForbiddenError
   */
  documents(session: Session): DocumentCheck[] {
    const { county } = session.officer;
    assertMay(session, 'draft.list', county);
    // In words: the builder leaves out the table's name where a query has one table, and the inner ones have ids too.
    const explainedAt = sql<Instant | null>`(SELECT min(e.published_at) FROM ${articleLinks} l
      JOIN ${articles} e ON e.id = CASE l.from_id WHEN articles.id THEN l.to_id ELSE l.from_id END
      WHERE articles.id IN (l.from_id, l.to_id) AND e.withdrawn_at IS NULL AND e.kind IN ('interpretation', 'media'))`;
    return this.#db
      .select({ id: articles.id, title: articles.title, publishedAt: articles.publishedAt, explainedAt })
      .from(articles)
      .where(
        and(
          eq(articles.kind, 'document'),
          sql`${articles.nature} <> 'general'`,
          isNull(articles.withdrawnAt),
          county === null ? undefined : eq(articles.county, county),
        ),
      )
      .orderBy(articles.publishedAt)
      .all()
      .map(({ explainedAt: explained, ...row }) => ({
        ...row,
        state: judgeTogether(
          this.#calendar,
          { publishedAt: row.publishedAt, explainedAt: explained },
          session.doer.now,
        ),
      }))
      .filter(({ state }) => state !== 'together');
  }

  /** Begins an article. @throws ForbiddenError */
  begin(session: Session, county: County, kind: ArticleKind): Promise<DraftRow> {
    return this.#drafts.create(session, county, emptyArticle(kind));
  }

  /** Begins the correction or the withdrawal of a published article. @throws ForbiddenError, NotFoundError */
  async change(session: Session, id: string, action: 'correct' | 'withdraw'): Promise<DraftRow> {
    const row = findArticle(this.#db, id);
    if (!row || row.withdrawnAt !== null) throw new NotFoundError('没有这篇文章，或者已经撤回');
    const said = this.#record(id, row.version);
    const { id: _id, ...content } = said;
    const whole = { ...content, original: id };
    return this.#drafts.create(
      session,
      row.county,
      action === 'correct'
        ? emptyArticle(row.kind, { ...whole, nature: said.nature === 'general' ? 'own' : said.nature })
        : emptyArticle(row.kind, { ...whole, action: 'withdraw', title: said.title }),
    );
  }

  /** The same content with what its captions say as the transcript, where none was written. Captions that cannot be read stay without. */
  withTranscript(content: ArticleContent): ArticleContent {
    const { media } = content;
    if (media === null || media.transcript !== '') return content;
    const row = this.#db.select({ text: files.text }).from(files).where(eq(files.sha256, media.captions)).get();
    try {
      return row ? { ...content, media: { ...media, transcript: toTranscript(parseCaptions(row.text)) } } : content;
    } catch (error) {
      if (error instanceof SyntaxError) return content;
      throw error;
    }
  }

  #record(id: string, version: number): ArticleRecord {
    const row = this.#db
      .select({ content: articleVersions.content })
      .from(articleVersions)
      .where(and(eq(articleVersions.articleId, id), eq(articleVersions.version, version)))
      .get();
    if (!row?.content) throw new NotFoundError('没有这篇文章');
    return JSON.parse(row.content) as ArticleRecord;
  }
}
