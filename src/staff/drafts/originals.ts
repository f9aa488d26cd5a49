import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articles, notices } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** A public notice that a draft can be about. */
export interface Original {
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  publishedAt: Instant;
}

const FIELDS = {
  id: notices.id,
  title: notices.title,
  category: notices.category,
  stage: notices.stage,
  publishedAt: notices.publishedAt,
};
const MOST = 20;

/** What a draft of a county may be about: public notices of the county (the city's: of all), whoever published them. */
const isWithin = (county: County): SQL | undefined =>
  and(
    eq(notices.isPublic, 1),
    isNull(notices.withdrawnAt),
    county === 'jining' ? undefined : eq(notices.county, county),
  );

/** Notices with the words in their title or the code of their project, the latest first. */
export function findOriginals(db: Db, county: County, words: string): Original[] {
  return db
    .select(FIELDS)
    .from(notices)
    .where(
      and(
        isWithin(county),
        or(sql`instr(${notices.title}, ${words}) > 0`, sql`instr(${notices.projectCode}, ${words}) > 0`),
      ),
    )
    .orderBy(desc(notices.publishedAt), desc(notices.id))
    .limit(MOST)
    .all();
}

/** The notice that a draft is about; undefined when it is about none, or about one that it may not be about. */
export function findOriginal(db: Db, county: County, content: AnyContent): Original | undefined {
  return content.original === null || isArticle(content) ? undefined : findPublic(db, county, content.original);
}

/** A public notice that a county may speak of; undefined for one of another county, and for none. */
export const findPublic = (db: Db, county: County, id: string): Original | undefined =>
  db
    .select(FIELDS)
    .from(notices)
    .where(and(eq(notices.id, id), isWithin(county)))
    .get();

/** Whether a draft is about something that it may be about: articles are corrected and taken back by whoever published them. */
export function hasOriginal(db: Db, county: County, content: AnyContent): boolean {
  if (!isArticle(content)) return findOriginal(db, county, content) !== undefined;
  const { original } = content;
  if (original === null) return false;
  const own = and(eq(articles.id, original), eq(articles.county, county), isNull(articles.withdrawnAt));
  return db.select({ id: articles.id }).from(articles).where(own).get() !== undefined;
}

/** @throws InputError for a draft that names a notice or an article that it may not be about */
export function assertOriginal(db: Db, county: County, content: AnyContent): void {
  if (content.original === null || hasOriginal(db, county, content)) return;
  if (isArticle(content)) {
    throw new InputError([{ name: 'original', message: '没有这篇文章，或者已经撤回，或者不是本县区发布的' }]);
  }
  throw new InputError([{ name: 'original', message: '没有这条公告，或者不属于本县区' }]);
}
