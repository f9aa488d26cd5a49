import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { DealStanding } from '../deals/deal-standing.ts';
import type { NoticeSummary } from '../site/views.ts';
import type { Instant } from '../time/time.ts';
import type { ComplianceCheck } from './compliance.ts';
import type { ProjectLot } from './project-lots.ts';
import type { ProjectTimeline } from './timeline.ts';

/** One procurement or disposal process with all its public notices, oldest first. */
export interface ProjectView {
  id: string;
  code: string | null;
  title: string;
  category: Category;
  county: County;
  buyer: string | null;
  /** Where it stands as a whole, and each lot; null when no notice tells. */
  standing: DealStanding | null;
  notices: NoticeSummary[];
  /** Each lot with its state and money, then what is said of all of them. */
  lots: ProjectLot[];
  timeline: ProjectTimeline;
  checks: ComplianceCheck[];
  asOf: Instant;
}
