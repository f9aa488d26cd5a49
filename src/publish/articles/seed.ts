import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { articleVersions } from '#db/schema/articles.ts';
import { jobActor } from '#src/domain/actors.ts';
import type { ArticleContent } from '#src/domain/articles/content.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { recordAudit } from '../audit/record.ts';
import { findRemoval } from '../removal/guard.ts';
import { findArticle, linkArticle, publishArticle } from './store.ts';

/** An article that is there from the beginning. */
interface Seed {
  slug: string;
  content: ArticleContent;
  /** Slugs of what belongs to it. */
  related: readonly string[];
}

/** Public id of a seeded article. */
export const seededId = (slug: string): string => stableId('article', 'seed', slug);

/**
 * Publishes the articles that come with the software, once, in one transaction: killed at any point it has happened or not. After a change
 * of the software those that changed get a version; what staff have corrected or taken back stays as they left it.
 * @returns how many were published
 */
export function seedArticles(db: Db, seeds: readonly Seed[], now: Instant, name = 'general'): number {
  const key = `articles.seeded.${name}`;
  const hash = createHash('sha256').update(JSON.stringify(seeds)).digest('hex');
  if (readKeyValue(db, key, '') === hash) return 0;
  const context = { actor: jobActor('seed-articles'), now };
  const publish = () => {
    const open = seeds.filter(({ slug }) => isOurs(db, seededId(slug)) && !findRemoval(db, 'article', seededId(slug)));
    const before = open.map(({ slug }) => findArticle(db, seededId(slug))?.version ?? 0);
    for (const { slug, content, related } of open) {
      const whole = { ...content, related: related.map(seededId) };
      publishArticle(db, { id: seededId(slug), county: 'jining', content: whole, note: '' }, context);
    }
    // What was linked to before it was there.
    for (const { slug, related } of open) linkArticle(db, seededId(slug), related.map(seededId));
    const made = open.filter(({ slug }, index) => findArticle(db, seededId(slug))?.version !== before[index]).length;
    saveKeyValue(db, key, hash);
    if (made > 0) {
      const doer = { actor: context.actor, roles: [], address: '', now };
      recordAudit(db, doer, { action: 'article.seed', subject: '', after: hash, details: { articles: made } });
    }
    return made;
  };
  return db.$client.transaction(publish).immediate();
}

/** Whether nobody but this job has written any version of an article. */
const isOurs = (db: Db, id: string): boolean =>
  db
    .select({ actor: articleVersions.actor })
    .from(articleVersions)
    .where(eq(articleVersions.articleId, id))
    .all()
    .every(({ actor }) => actor === jobActor('seed-articles'));
