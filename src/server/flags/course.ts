import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { projects } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import type { PenaltyType } from '#src/domain/exposures/registry.ts';
import { sanctionPeriod } from '#src/domain/exposures/sanction.ts';
import type { Course, Surroundings } from '#src/domain/flags/to-process.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getWorkingCalendar } from '../calendar.ts';
import { e, inForce, isNoPerson } from '../exposures/in-force.ts';
import { listExposureRows, readContent, toExposureSummary } from '../exposures/row.ts';
import { n } from '../notices/conditions.ts';
import { getDeal } from '../notices/deal.ts';
import { listPublishedNotices } from '../notices/published.ts';

/** Public notices of a project that are looked at, the newest: where one code stands for everything, the work stays bounded. */
const MOST_NOTICES = 500;

const PROJECT = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ category: projects.category, county: projects.county }).from(projects).where(eq(projects.id, p.id)),
);
const NOTICES = defineSelect((p: Params<{ projectId: string; most: number }>) => ({
  fields: { id: n.id },
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} = ${p.projectId} ORDER BY ${n.publishedAt} DESC, ${n.id} DESC LIMIT ${p.most}`,
}));

/** A project with what its public notices tell; undefined when it is gone or none of its notices is public. */
export function findCourse(db: Db, projectId: string): Course | undefined {
  const project = PROJECT.first(db, { id: projectId });
  const ids = NOTICES.all(db, { projectId, most: MOST_NOTICES }).map(({ id }) => id);
  if (!project || ids.length === 0) return undefined;
  return { projectId, ...project, deal: getDeal(db, projectId), notices: listPublishedNotices(db, ids.reverse()) };
}

/** Measures by which whoever is under them may not take part. */
const FORBIDS = new Set<PenaltyType>(['businessRestriction', 'occupationBan', 'suspensionOfBusiness', 'closure']);

/** What is asked outside of the notices: the calendar, and orders in force that are in publication now. */
export function surroundingsAt(db: Db, now: Instant): Surroundings {
  return {
    calendar: getWorkingCalendar(),
    bansOn(uscc, day) {
      const rows = listExposureRows(
        db,
        sql`${inForce(now)} AND ${isNoPerson(e.subjectType)} AND ${e.subjectUscc} = ${uscc}`,
      );
      return rows.flatMap((row) => {
        const { content } = readContent(row);
        if (content.board !== 'blacklist' && !content.penaltyTypes.some((type) => FORBIDS.has(type))) return [];
        const { from, until } = sanctionPeriod(toExposureSummary(row, now));
        return from < day && day <= until.slice(0, 10) ? [row.id] : [];
      });
    },
  };
}
