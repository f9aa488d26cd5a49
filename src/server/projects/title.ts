import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { projects, publishedNotices } from '#db/schema/index.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';

/** Of projects that have a public notice: what is not public is not told. */
const TITLE = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ title: projects.title })
    .from(projects)
    .innerJoin(publishedNotices, eq(publishedNotices.projectId, projects.id))
    .where(eq(projects.id, p.id))
    .limit(1),
);

/** The title of the project that a filter names, for telling the filter in words; undefined when it names none that is public. */
export function findProjectTitle(db: Db, { project }: Pick<NoticeFilter, 'project'>): string | undefined {
  return project === undefined ? undefined : TITLE.first(db, { id: project })?.title;
}
