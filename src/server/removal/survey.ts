import type { Db } from '#db/client.ts';
import { findArticle } from '#src/publish/articles/store.ts';
import { listArticleContents } from '#src/publish/removal/articles.ts';
import { countRawForms, countRawItems, listContents } from '#src/publish/removal/contents.ts';
import { findEntry } from '#src/publish/removal/exposures.ts';
import { listFamily, listItems } from '#src/publish/removal/notices.ts';
import type { ListedRemoval } from './list.ts';

/** What a removal would reach in the database, for who is to confirm it. */
export interface RemovalSurvey {
  /** Id and title of each notice or entry; the first is the one that was named. */
  named: { id: string; title: string }[];
  /** Versions of which the content is there. */
  versions: number;
  /** Forms in which they were received. */
  rawItems: number;
}

/** The same of one version alone: where it is not there, no version. */
export function surveyVersion(
  db: Db,
  { subject, id }: Pick<ListedRemoval, 'subject' | 'id'>,
  version: number,
): RemovalSurvey {
  const { named } = surveyRemoval(db, { subject, id });
  if (subject === 'article') return { named, versions: 0, rawItems: 0 };
  const versions = listContents(db, subject, id).filter((stored) => stored.version === version).length;
  return { named: named.slice(0, 1), versions, rawItems: countRawForms(db, { id, version }) };
}

/** Looks without changing anything. Names nothing when there is nothing under the id. */
export function surveyRemoval(db: Db, { subject, id }: Pick<ListedRemoval, 'subject' | 'id'>): RemovalSurvey {
  if (subject === 'article') {
    const article = findArticle(db, id);
    const named = article ? [{ id, title: article.title }] : [];
    return { named, versions: listArticleContents(db, id).length, rawItems: 0 };
  }
  if (subject === 'exposure') {
    const entry = findEntry(db, id);
    return {
      named: entry ? [{ id, title: '' }] : [],
      versions: listContents(db, subject, id).length,
      rawItems: entry ? countRawItems(db, entry) : 0,
    };
  }
  const family = listFamily(db, id);
  family.sort((one, other) => Number(other.id === id) - Number(one.id === id));
  const items = family.flatMap((row) => listItems(db, row));
  return {
    named: family.map((row) => ({ id: row.id, title: row.title })),
    versions: family.flatMap((row) => listContents(db, subject, row.id)).length,
    rawItems: items.reduce((sum, item) => sum + countRawItems(db, item), 0),
  };
}
