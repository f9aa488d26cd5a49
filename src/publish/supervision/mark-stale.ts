import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineStatement } from '#db/query.ts';
import { noticeParties, notices, projects, staleProjects } from '#db/schema/index.ts';
import { bare } from '#db/sql-pieces.ts';

const INTO = sql`INSERT OR IGNORE INTO ${staleProjects} (${bare(staleProjects.project)})`;
const MARK = defineQuery((db, p: Params<{ project: string }>) =>
  db.insert(staleProjects).values({ project: p.project }).onConflictDoNothing(),
);
const MARK_OF = defineStatement(
  (p: Params<{ organization: string }>) => sql`${INTO} SELECT ${notices.projectId} FROM ${noticeParties}
    JOIN ${notices} ON ${notices.id} = ${noticeParties.noticeId} WHERE ${noticeParties.organizationId} = ${p.organization}`,
);
const MARK_ALL = defineStatement(() => sql`${INTO} SELECT ${projects.id} FROM ${projects}`);
const UNMARK = defineQuery((db, p: Params<{ project: string }>) =>
  db.delete(staleProjects).where(eq(staleProjects.project, p.project)),
);

/** Has what is derived of a project for supervision derived anew. The caller holds the transaction of the change. */
export function markStale(db: Db, project: string): void {
  MARK.run(db, { project });
}

/** The same of every project in which an organization has a part. */
export function markStaleOf(db: Db, organization: string): void {
  MARK_OF.run(db, { organization });
}

/** The same of every project. */
export function markAllStale(db: Db): void {
  MARK_ALL.run(db);
}

/** Says that a project is derived. The caller holds the transaction that wrote what was derived. */
export function unmarkStale(db: Db, project: string): void {
  UNMARK.run(db, { project });
}
