import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';

const TITLE = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ title: publishedNotices.title }).from(publishedNotices).where(eq(publishedNotices.id, p.id)),
);

/** The title of a public notice; undefined for any other. */
export const findNoticeTitle = (db: Db, id: string): string | undefined => TITLE.first(db, { id })?.title;
