/** View objects of organizations: what the public may see, in the shape that pages and the API share. */
import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { Fen } from '../money/money.ts';
import type { Instant, TimePrecision } from '../time/time.ts';
import type { NameSource, OrganizationRole, PartyMatch, PublicNameKind } from './organization.ts';

/** Public notices of an organization in a role. */
export interface RoleCount {
  role: OrganizationRole;
  notices: number;
}

/** Public notices of an organization in a county. */
export interface CountyCount {
  county: County;
  notices: number;
}

export interface OrganizationSummary {
  id: string;
  name: string;
  /** Null for an organization that is known by its name only. */
  uscc: string | null;
  /** Public notices that name it, each once; in the county and role of the filter where there is one. */
  notices: number;
  roles: RoleCount[];
  counties: CountyCount[];
  /** The former or other name that the search found, when it is not the name itself. */
  matchedName: string | null;
}

export interface OrganizationPage {
  items: OrganizationSummary[];
  total: number;
  asOf: Instant;
  next: string | null;
}

export interface OrganizationName {
  name: string;
  kind: PublicNameKind;
  known: NameSource;
}

/**
 * Sums over exactly the rows of one role: lots awarded, and only for candidates and bidders, who have won nothing, lots that they
 * were ranked for or bid for. Amounts are sums of certain ones; the others are counted as left out.
 */
export interface AwardTotals {
  awards: number;
  totalFen: Fen;
  /** Lots whose price is not certain or not this organization's alone. */
  leftOut: number;
}

/** One lot that a notice awards to an organization, ranks it for or has its bid for. */
export interface AwardedLot {
  /** The lot as the notice names it; null where it does not. */
  lot: string | null;
  /** Everyone of the award; several stand together. */
  suppliers: string[];
  /** Place in the ranking of candidates. */
  rank: number | null;
  /** The price of the lot; null when it is not certain, or not this organization's alone. */
  amountFen: Fen | null;
}

export interface AwardRow {
  noticeId: string;
  title: string;
  category: Category;
  county: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  /** Sum of the certain prices of its lots; null when there is none. */
  amountFen: Fen | null;
  buyer: string | null;
  /** What of the notice counts in the totals, lot by lot. */
  lots: AwardedLot[];
  matchedBy: PartyMatch;
}

export interface Partner {
  id: string;
  name: string;
  awards: number;
  totalFen: Fen;
}

/** The awards of an organization in one role, across counties. */
export interface AwardHistory {
  role: OrganizationRole;
  /** Only awards together with this organization. */
  partner: { id: string; name: string } | null;
  totals: AwardTotals;
  counties: (AwardTotals & { county: County })[];
  items: AwardRow[];
  next: string | null;
  /** Who stands on the other side most often. */
  partners: Partner[];
}

interface LibraryEntry {
  source: string;
  sourceUrl: string | null;
  validFrom: string | null;
  validUntil: string | null;
  checkedAt: Instant;
}

export interface Qualification extends LibraryEntry {
  name: string;
  grade: string | null;
  certificateNo: string | null;
  issuer: string | null;
}

export interface Achievement extends LibraryEntry {
  name: string;
  owner: string | null;
  amountFen: Fen | null;
  finishedOn: string | null;
}

export interface Honour extends LibraryEntry {
  name: string;
  grade: string | null;
  issuer: string | null;
}

/** A certificate of a member of staff: surname only. */
export interface StaffCertificate extends LibraryEntry {
  surname: string;
  kind: string;
  specialty: string | null;
  grade: string | null;
}

/** An entry of any block. */
export type LibraryItem = Qualification | Achievement | Honour | StaffCertificate;

/** The four library blocks 资质、业绩、荣誉、人员. */
export interface Library {
  qualifications: Qualification[];
  achievements: Achievement[];
  honours: Honour[];
  staff: StaffCertificate[];
}

export interface OrganizationView {
  id: string;
  name: string;
  uscc: string | null;
  names: OrganizationName[];
  notices: number;
  roles: RoleCount[];
  counties: CountyCount[];
  /** Notices that were joined by the name alone. */
  matchedByName: number;
  /** Other organizations under exactly this name: other codes, or no code. */
  sameName: { id: string; name: string; uscc: string | null }[];
  /** Sums of every role that has any; only those of awards are sums of what was awarded. */
  totals: (AwardTotals & { role: OrganizationRole })[];
  /** Null when no notice tells an award. */
  history: AwardHistory | null;
  library: Library;
  asOf: Instant;
}
