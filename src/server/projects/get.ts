import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { projects } from '#db/schema/index.ts';
import { toDealStanding } from '#src/domain/deals/deal-standing.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { listComplianceChecks } from '#src/domain/projects/compliance.ts';
import { listProjectLots } from '#src/domain/projects/project-lots.ts';
import type { ProjectView } from '#src/domain/projects/project-view.ts';
import { listCurrentNotices } from '#src/domain/projects/rounds.ts';
import { toTimeline } from '#src/domain/projects/timeline.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getWorkingCalendar } from '../calendar.ts';
import { getDeal } from '../notices/deal.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { listProjectNotices } from '../notices/related.ts';
import { getAsOf } from '../sources/as-of.ts';

const { id, code, title, category, county, buyer } = projects;

const PROJECT = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ id, code, title, category, county, buyer }).from(projects).where(eq(projects.id, p.id)),
);

/** A project with its timeline. @throws NotFoundError when it does not exist or none of its notices is public. */
export function getProject(db: Db, id: string, now: Instant = new Date().toISOString()): ProjectView {
  const row = PROJECT.first(db, { id });
  const notices = row ? listProjectNotices(db, id) : [];
  if (!row || notices.length === 0) throw new NotFoundError('没有找到这个项目，或其公告均未公开。');
  const calendar = getWorkingCalendar();
  const deal = getDeal(db, id);
  return {
    ...row,
    standing: toDealStanding(deal, now),
    notices,
    lots: listProjectLots(
      row.category,
      deal,
      listPublishedNotices(
        db,
        notices.map((notice) => notice.id),
      ),
      now,
      calendar,
    ),
    timeline: toTimeline(row.category, notices, now, calendar, listCurrentNotices(deal, notices)),
    checks: listComplianceChecks(row.category, notices, deal, calendar),
    asOf: getAsOf(db),
  };
}
