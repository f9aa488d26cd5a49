import type { Deal } from '#src/domain/deals/deal.ts';
import { isPublicityRunning } from '#src/domain/exposures/sanction.ts';
import type { LotOutcomes } from '#src/domain/flags/views.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { type CourseRound, toCourseRounds } from '#src/domain/projects/project-course.ts';
import type { ProjectView } from '#src/domain/projects/project-view.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { webDb } from '../db.ts';
import { listMarkedParties, type MarkedParty } from '../exposures/marks.ts';
import { listProjectOutcomes } from '../flags/subjects.ts';
import { getDeal } from '../notices/deal.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { listNoticeParties } from '../organizations/notice-parties.ts';
import { type Comparison, compareLots } from '../projects/comparable.ts';
import { getProject } from '../projects/get.ts';
import { listProjectDuties } from '../score/list.ts';
import type { Asked } from './asked.ts';

export interface ProjectPage {
  project: ProjectView;
  /** Its course: rounds and lots. */
  deal: Deal;
  /** Its notices round by round. */
  rounds: CourseRound<NoticeSummary>[];
  /** Its notices that come with documents. */
  documents: PublishedNotice[];
  /** The organization behind the buyer's name; undefined when it is not known. */
  buyerId: string | undefined;
  /** Parties that are on the exposure board or the blacklist. */
  marked: MarkedParty[];
  /** What indicators say of its lots. */
  flags: LotOutcomes[];
  /** How the items of the disclosure catalogue stand. */
  duties: ReturnType<typeof listProjectDuties>;
  /** Set while a publicity period of candidates runs. */
  candidates: 'running' | undefined;
  /** Prices of its lots beside those of lots that are like them. */
  comparisons: Comparison[];
  now: Instant;
}

/** A project's course. @throws NotFoundError */
export function loadProject({ params }: Asked): ProjectPage {
  const now = new Date().toISOString();
  const db = webDb();
  const project = getProject(db, params.id ?? '', now);
  const ids = project.notices.map(({ id }) => id);
  const buyer = listNoticeParties(db, ids).find(({ role, name }) => role === 'buyer' && name === project.buyer);
  const deal = getDeal(db, project.id);
  const notices = listPublishedNotices(db, ids);
  return {
    project,
    deal,
    rounds: toCourseRounds(deal, project.notices),
    documents: notices.filter(({ attachments }) => attachments.length > 0),
    buyerId: buyer?.organizationId ?? undefined,
    flags: listProjectOutcomes(db, project.id),
    duties: listProjectDuties(db, project.id),
    marked: listMarkedParties(db, ids, now),
    candidates: project.notices.some((notice) => isPublicityRunning(notice, now)) ? 'running' : undefined,
    comparisons: compareLots(db, project.id),
    now,
  };
}
