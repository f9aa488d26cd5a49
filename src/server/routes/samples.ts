import { desc, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { articles, organizations, publishedNotices, sources } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import { toOcid } from '#src/domain/ocds/identifiers.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { e, inForce } from '../exposures/in-force.ts';
import type { Route, Subject } from '../http/route.ts';

/** Ids of things that answer at the moment; of some subjects there may be nothing. */
export type SampleIds = Readonly<Record<Subject, string | undefined>>;

const NOTICE = defineQuery((db) =>
  db
    .select({ id: publishedNotices.id, projectId: publishedNotices.projectId })
    .from(publishedNotices)
    .orderBy(desc(publishedNotices.publishedAt))
    .limit(1),
);
const PROCESS = defineQuery((db, p: Params<{ categories: string }>) =>
  db
    .select({ projectId: publishedNotices.projectId })
    .from(publishedNotices)
    .where(inArray(publishedNotices.category, valuesOf(p.categories)))
    .orderBy(desc(publishedNotices.publishedAt))
    .limit(1),
);
const ORGANIZATION = defineQuery((db) =>
  db.select({ id: organizations.id }).from(organizations).where(isNull(organizations.mergedInto)).limit(1),
);
const EXPOSURE = defineSelect((p: Params<{ now: Instant }>) => ({
  fields: { id: e.id },
  rest: sql`FROM ${named(e)} WHERE ${inForce(p.now)} LIMIT 1`,
}));
const SOURCE = defineQuery((db) => db.select({ key: sources.key }).from(sources).orderBy(sources.key).limit(1));

const ARTICLE = defineQuery((db) =>
  db.select({ id: articles.id }).from(articles).where(isNull(articles.withdrawnAt)).limit(1),
);

/** Ids for addresses to try: what was published last, and any of the rest. */
export function findSampleIds(db: Db, now: Instant, ocdsPrefix: string): SampleIds {
  const notice = NOTICE.first(db);
  const process = PROCESS.first(db, { categories: JSON.stringify([...OCDS_CATEGORIES]) });
  return {
    notice: notice?.id,
    project: notice?.projectId,
    process: process && toOcid(ocdsPrefix, process.projectId),
    organization: ORGANIZATION.first(db)?.id,
    exposure: EXPOSURE.first(db, { now })?.id,
    source: SOURCE.first(db)?.key,
    article: ARTICLE.first(db)?.id,
  };
}

/** An address of a row that answers now; undefined when its path names something of which there is nothing. */
export function toSampleAddress({ path, parts, example }: Route, ids: SampleIds): string | undefined {
  let filled = path;
  for (const [name, part] of Object.entries(parts)) {
    const value = part.of ? ids[part.of] : part.example;
    if (!value) return undefined;
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  }
  const query = new URLSearchParams(example).toString();
  return query === '' ? filled : `${filled}?${query}`;
}
