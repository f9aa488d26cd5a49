import type { Db } from '#db/client.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { compactCode } from '#src/domain/identifiers/code-keys.ts';
import { projectId } from '#src/domain/identifiers/ids.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { projectTitle } from '#src/domain/projects/project-title.ts';
import { listRows, run } from '../statements.ts';

/** Codes of fewer characters (`2026-001`) are given by every county anew: they join notices only inside one county. */
const NATIONWIDE_LENGTH = 12;

/** The project of a notice: by its code, else a project of its own. */
export function projectOf(notice: ReadNotice): { id: string; code: string | null } {
  const { projectCode: code, county, id } = notice;
  if (!code) return { id: projectId(id), code: null };
  const isNationwide = compactCode(code).length >= NATIONWIDE_LENGTH;
  return { id: projectId(isNationwide ? code : `${county} ${code}`), code };
}

// The shortest title wins: it carries the least of lots and stages, and does not depend on the order of arrival.
const UPSERT = `
  INSERT INTO projects (id, code, title, category, county, buyer, created_at, updated_at)
  VALUES (@id, @code, @title, @category, @county, @buyer, @now, @now)
  ON CONFLICT (id) DO UPDATE SET
    title = CASE WHEN (length(excluded.title), excluded.title) < (length(title), title) THEN excluded.title ELSE title END,
    buyer = coalesce(buyer, excluded.buyer), updated_at = excluded.updated_at`;

const NOTICES = 'SELECT title, facts, buyer FROM notices WHERE project_id = ? ORDER BY first_seen_at, id';

/** Makes or completes the project of a notice. Returns the project's id. */
export function saveProject(db: Db, notice: ReadNotice, now: string): string {
  const { id, code } = projectOf(notice);
  const { category, county, buyer } = notice;
  run(db, UPSERT, { id, code, title: nameOf(notice), category, county, buyer, now });
  return id;
}

/** Names a project anew after what its notices say now; removes it when none is left. */
export function refreshProject(db: Db, id: string): void {
  const rows = listRows<{ title: string; facts: string; buyer: string | null }>(db, NOTICES, id);
  const titles = rows.map(({ title, facts }) => nameOf({ title, facts: JSON.parse(facts) as Facts }));
  const [title] = titles.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const buyer = rows.find((row) => row.buyer !== null)?.buyer ?? null;
  if (title === undefined) dropEmptyProject(db, id);
  else run(db, 'UPDATE projects SET title = ?, buyer = ? WHERE id = ?', [title, buyer, id]);
}

/** Removes a project that its last notice has left. */
export function dropEmptyProject(db: Db, id: string): void {
  run(db, 'DELETE FROM projects WHERE id = ? AND NOT EXISTS (SELECT 1 FROM notices WHERE project_id = ?)', [id, id]);
}

function nameOf({ title, facts }: Pick<ReadNotice, 'title' | 'facts'>): string {
  const named = facts.projectName?.text ?? '';
  return named.length >= 4 && named.length <= 120 ? named : projectTitle(title);
}
