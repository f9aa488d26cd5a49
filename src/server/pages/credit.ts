import { type CreditFacts, scoreCredit } from '#src/domain/credit/score.ts';
import { creditUrl } from '#src/domain/credit/urls.ts';
import type { ExposureMarkView, ExposureSummary } from '#src/domain/exposures/views.ts';
import type { Honour, OrganizationView } from '#src/domain/organizations/views.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { listExposures } from '../exposures/list.ts';
import { listOrganizationMarks } from '../exposures/marks.ts';
import {
  listPerformance,
  listStageCounts,
  listYearsOfAwards,
  type StageCount,
  type YearOfAwards,
} from '../organizations/credit.ts';
import { findMergedInto, getOrganization } from '../organizations/get.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface CreditPage {
  company: OrganizationView;
  /** What it was awarded, what it bought, by year. */
  years: { role: 'supplier' | 'buyer' | 'agency'; years: YearOfAwards[] }[];
  performance: NoticeSummary[];
  /** The notices that it ran as an agency, by stage. */
  agency: StageCount[];
  marks: ExposureMarkView[];
  /** Commendations that are valid today. */
  honours: Honour[];
  /** Null unless the site publishes scores. */
  score: number | null;
  now: Instant;
}

/** The credit file of an organization. @throws NotFoundError */
export function loadCredit({ params }: Pick<Asked, 'params'>): CreditPage | Moved {
  const { id = '' } = params;
  const [db, now] = [webDb(), new Date().toISOString()];
  const into = findMergedInto(db, id);
  if (into) return moved(creditUrl(into));
  const company = getOrganization(db, id);
  const marks = listOrganizationMarks(db, id, now);
  const today = formatDate(now);
  const honours = company.library.honours.filter(({ validUntil }) => validUntil === null || validUntil >= today);
  const roles = (['supplier', 'buyer', 'agency'] as const).filter((role) =>
    company.totals.some((total) => total.role === role),
  );
  return {
    company,
    years: roles.map((role) => ({ role, years: listYearsOfAwards(db, id, role) })),
    performance: listPerformance(db, id),
    agency: listStageCounts(db, id, 'agency'),
    marks,
    honours,
    score: getConfig().CREDIT_SCORE ? scoreCredit(countFacts(marks, honours)) : null,
    now,
  };
}

/** Only what is certainly about this organization counts against it. */
function countFacts(marks: readonly ExposureMarkView[], honours: readonly Honour[]): CreditFacts {
  const certain = marks.filter(({ matched }) => matched === 'code');
  const on = (board: ExposureMarkView['board']) => certain.filter((mark) => mark.board === board).length;
  return { blacklist: on('blacklist'), exposures: on('exposure'), honours: honours.length };
}

export interface CreditIndexPage {
  /** Entries in force about experts, whose names are masked. */
  experts: ExposureSummary[];
  isScored: boolean;
  now: Instant;
}

const EXPERTS = 50;

/** What credit files are, and those of experts, which have no page each: a page would be a file on a person. */
export function loadCreditIndex(): CreditIndexPage {
  const now = new Date().toISOString();
  const experts = listExposures(webDb(), { subject: 'expert', limit: EXPERTS }, now).items;
  return { experts, isScored: getConfig().CREDIT_SCORE, now };
}
