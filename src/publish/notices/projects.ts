import { and, asc, eq, getTableColumns, notExists, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { deals, notices, projects } from '#db/schema/index.ts';
import { excluded, excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { compactCode } from '#src/domain/identifiers/code-keys.ts';
import { projectId } from '#src/domain/identifiers/ids.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { projectTitle } from '#src/domain/projects/project-title.ts';
import { refreshDeal } from '../deals/derive.ts';
import { dropObservations } from '../statistics/observe.ts';
import { markStale } from '../supervision/mark-stale.ts';
import { findLinked } from './links.ts';

/** Codes of fewer characters (`2026-001`) are given by every county anew: they join notices only inside one county. */
const NATIONWIDE_LENGTH = 12;

/** The project of a notice: by its code, else a project of its own. */
export function projectOf(notice: ReadNotice): { id: string; code: string | null } {
  const { projectCode: code, county, id } = notice;
  if (!code) return { id: projectId(id), code: null };
  const isNationwide = compactCode(code).length >= NATIONWIDE_LENGTH;
  return { id: projectId(isNationwide ? code : `${county} ${code}`), code };
}

const COLUMNS = getTableColumns(projects);
const { id, title, buyer, updatedAt } = COLUMNS;

// The shortest title wins: it carries the least of lots and stages, and does not depend on the order of arrival.
const SHORTEST = sql`CASE WHEN (length(${excluded(title)}), ${excluded(title)}) < (length(${title}), ${title})
  THEN ${excluded(title)} ELSE ${title} END`;

const SAVE = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(projects)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({
      target: id,
      set: { title: SHORTEST, buyer: sql`coalesce(${buyer}, ${excluded(buyer)})`, ...excludedOf({ updatedAt }) },
    }),
);
const NOTICES = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ title: notices.title, facts: notices.facts, buyer: notices.buyer })
    .from(notices)
    .where(eq(notices.projectId, p.id))
    .orderBy(asc(notices.firstSeenAt), asc(notices.id)),
);
const RENAME = defineQuery((db, p: Params<{ id: string; title: string; buyer: string | null }>) =>
  db.update(projects).set({ title: p.title, buyer: p.buyer }).where(eq(id, p.id)),
);
const DROP_EMPTY = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .delete(projects)
    .where(
      and(eq(id, p.id), notExists(db.select({ id: notices.id }).from(notices).where(eq(notices.projectId, p.id)))),
    ),
);
const DROP_DEAL = defineQuery((db, p: Params<{ id: string }>) => db.delete(deals).where(eq(deals.projectId, p.id)));

/** Makes or completes the project of a notice. Returns the project's id. */
export function saveProject(db: Db, notice: ReadNotice, now: string): string {
  // A correction stands in the project of the notice that staff say it corrects.
  const linked = findLinked(db, notice.id);
  if (linked) return linked.projectId;
  const project = projectOf(notice);
  const { category, county, buyer } = notice;
  SAVE.run(db, { ...project, title: nameOf(notice), category, county, buyer, createdAt: now, updatedAt: now });
  return project.id;
}

/** Names a project anew after what its notices say now, and derives its deal; removes it when none is left. */
export function refreshProject(db: Db, id: string, context: WriteContext, telling?: string): void {
  const rows = NOTICES.all(db, { id });
  const [title] = rows.map(nameOf).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const buyer = rows.find((row) => row.buyer !== null)?.buyer ?? null;
  if (title === undefined) {
    dropEmptyProject(db, id);
    return;
  }
  RENAME.run(db, { id, title, buyer });
  refreshDeal(db, id, context, telling);
}

/** Removes a project that its last notice has left. Returns whether it had. */
export function dropEmptyProject(db: Db, id: string): boolean {
  if (DROP_EMPTY.run(db, { id }).changes === 0) return false;
  DROP_DEAL.run(db, { id });
  markStale(db, id);
  dropObservations(db, id);
  return true;
}

function nameOf({ title, facts }: Pick<ReadNotice, 'title' | 'facts'>): string {
  const named = facts.projectName?.text ?? '';
  return named.length >= 4 && named.length <= 120 ? named : projectTitle(title);
}
