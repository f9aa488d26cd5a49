import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeTexts } from '#db/schema/index.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { n } from '../notices/conditions.ts';
import { findProjectTitle } from '../projects/title.ts';
import { readMatches } from '../search/matches.ts';

/** Notices in a feed. */
const FEED_LENGTH = 50;
const EXCERPT_LENGTH = 200;

/** A notice with what feeds say beyond lists. */
export interface FeedEntry extends NoticeSummary {
  updatedAt: Instant;
  /** The beginning of the body as plain text; empty when the notice has no body. */
  excerpt: string;
}

/** A page of a feed. */
export interface FeedPage {
  entries: FeedEntry[];
  /** When the data was last confirmed. */
  asOf: Instant;
  /** Cursor of the next page; null on the last. */
  next: string | null;
  /** Title of the project that the filter names. */
  projectTitle: string | undefined;
}

/**
 * The notices of a list or search that came here last, and when the data was last confirmed. By arrival: one that was published days
 * ago and arrives today would stand behind what every reader has seen.
 */
export async function listFeed(db: Db, filter: NoticeFilter): Promise<FeedPage> {
  const { items, asOf, next } = await readMatches(db, { ...filter, sort: 'arrived', limit: FEED_LENGTH });
  return { entries: addDetails(db, items), asOf, next, projectTitle: findProjectTitle(db, filter) };
}

const DETAILS = defineSelect((p: Params<{ ids: string }>) => ({
  fields: {
    id: n.id,
    updatedAt: n.updatedAt,
    excerpt: sql<string>`coalesce(substr(${noticeTexts.body}, 1, ${EXCERPT_LENGTH}), '')`,
  },
  rest: sql`FROM ${named(n)} LEFT JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${n.id} WHERE ${n.id} IN ${valuesOf(p.ids)}`,
}));

/** The same notices with update time and excerpt; those that have just left the public are left out. */
export function addDetails(db: Db, items: readonly NoticeSummary[]): FeedEntry[] {
  const rows = DETAILS.all(db, { ids: JSON.stringify(items.map(({ id }) => id)) });
  const details = new Map(rows.map((row) => [row.id, row]));
  return items.flatMap((item) => {
    const found = details.get(item.id);
    return found ? [{ ...item, ...found }] : [];
  });
}
