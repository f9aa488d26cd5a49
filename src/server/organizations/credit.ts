import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeParties, publishedNotices } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { STAGE_SLUGS, type Stage, stageDefinition } from '#src/domain/stages.ts';
import { n } from '../notices/conditions.ts';
import { listSummariesById } from '../notices/row.ts';

/** Lots of an organization in one year and role, and their certain prices. */
export interface YearOfAwards {
  year: string;
  awards: number;
  /** Fen. */
  totalFen: number;
}

/** How often a stage was told of in an agency's notices. */
export interface StageCount {
  stage: Stage;
  total: number;
}

const p = aliased(noticeParties, 'p');
const k = aliased(publishedNotices, 'k');
/** Notices of contracts and what became of them that are shown at most. */
const MOST = 20;

const phases = (...wanted: readonly string[]): SQL =>
  sql.raw(
    STAGE_SLUGS.filter((stage) => wanted.includes(stageDefinition(stage).phase))
      .map((stage) => `'${stage}'`)
      .join(', '),
  );

const YEARS = defineSelect((q: Params<{ id: string; role: OrganizationRole }>) => ({
  fields: {
    year: sql<string>`substr(datetime(${p.publishedAt}, '+8 hours'), 1, 4)`,
    awards: sql<number>`sum(${p.lots})`,
    totalFen: sql<number>`coalesce(sum(${p.lotsFen}), 0)`,
  },
  rest: sql`FROM ${named(p)} WHERE ${p.organizationId} = ${q.id} AND ${p.role} = ${q.role} AND ${p.lots} > 0
    GROUP BY 1 ORDER BY 1 DESC`,
}));
const PERFORMANCE = defineSelect((q: Params<{ id: string }>) => ({
  fields: { id: k.id },
  rest: sql`FROM ${named(k)} WHERE ${k.projectId} IN (SELECT ${n.projectId} FROM ${named(p)}
      JOIN ${named(n)} ON ${n.id} = ${p.noticeId}
      WHERE ${p.organizationId} = ${q.id} AND ${p.role} = 'supplier' AND ${p.lots} > 0)
    AND ${k.stage} IN (${phases('contract', 'performance')}) ORDER BY ${k.publishedAt} DESC, ${k.id} LIMIT ${sql.raw(String(MOST))}`,
}));
const STAGES_OF = defineSelect((q: Params<{ id: string; role: OrganizationRole }>) => ({
  fields: { stage: k.stage, total: sql<number>`count(DISTINCT ${k.id})` },
  rest: sql`FROM ${named(p)} JOIN ${named(k)} ON ${k.id} = ${p.noticeId}
    WHERE ${p.organizationId} = ${q.id} AND ${p.role} = ${q.role} GROUP BY ${k.stage} ORDER BY 2 DESC`,
}));

/** An organization's lots in a role by the year in Shanghai in which they were published, newest first. */
export const listYearsOfAwards = (db: Db, id: string, role: OrganizationRole): YearOfAwards[] =>
  YEARS.all(db, { id, role });

/** Notices about contracts, performance and acceptance in projects that an organization was awarded lots of, newest first. */
export function listPerformance(db: Db, id: string): NoticeSummary[] {
  const ids = PERFORMANCE.all(db, { id }).map((row) => row.id);
  return listSummariesById(db, ids);
}

/** The notices of an organization in a role, by stage: how often what an agency runs is corrected, or fails. */
export const listStageCounts = (db: Db, id: string, role: OrganizationRole): StageCount[] =>
  STAGES_OF.all(db, { id, role });
