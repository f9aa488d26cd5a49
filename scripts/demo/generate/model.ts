import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Fen } from '#src/domain/money/money.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Day } from './calendar.ts';
import type { Company, Organisation } from './names.ts';

/** Categories of which the demonstration has projects: the city has no mining rights. */
export type DemoCategory = Exclude<Category, 'mining'>;

/** Stages that the demonstration publishes. */
export type DemoStage = Exclude<
  Stage,
  | 'prequalificationNotice'
  | 'prequalificationResult'
  | 'landSupplyPlan'
  | 'miningOffering'
  | 'miningDealNotice'
  | 'miningRegistration'
>;

/** One bid for a lot, in the order of its rank. */
export interface Bid {
  company: Company;
  priceFen: Fen;
  score: string;
  leader: string;
  certificate: string;
}

export interface Lot {
  code: string;
  name: string;
  budgetFen: Fen;
  ceilingFen: Fen;
  bids: Bid[];
  duration: string;
}

/** A parcel of land, or an asset, that is offered. */
export interface Parcel {
  no: string;
  location: string;
  /** m². */
  area: number;
  use: string;
  years: number;
  plotRatio: string;
  startFen: Fen;
  depositFen: Fen;
  dealFen: Fen;
}

/** One attempt to award: dates move when it is corrected, a failed attempt is followed by a second one. */
export interface Round {
  number: number;
  documentsFrom: Day;
  documentsTo: Day;
  /** `YYYY-MM-DD HH:mm`. */
  deadline: string;
  /** The deadline before the last correction. */
  previousDeadline?: string;
}

/** Something that happens to a project and is published. */
export interface ProjectEvent {
  stage: DemoStage;
  /** `YYYY-MM-DD HH:mm:ss` in Shanghai. */
  publishedAt: string;
  round: Round;
}

/** When and where a project happens, before anything is known about it. */
export interface ProjectPlan {
  /** Never changes for one seed; source item ids derive from it. */
  key: string;
  category: DemoCategory;
  county: County;
  method: Method;
  events: ProjectEvent[];
}

export type Method =
  | '公开招标'
  | '邀请招标'
  | '竞争性磋商'
  | '竞争性谈判'
  | '询价'
  | '单一来源'
  | '框架协议'
  | '挂牌出让'
  | '拍卖出让'
  | '网络竞价';

export interface ProjectDetails {
  plan: ProjectPlan;
  name: string;
  code: string;
  buyer: Organisation;
  agency: Organisation;
  funds: string;
  location: string;
  scope: string;
  lots: Lot[];
  items: readonly string[];
  parcels: Parcel[];
  experts: string[];
  contractCode: string;
  /** Chooses the wording of amounts and of headings. */
  style: number;
}

export interface DemoNotice {
  /** Unique over the demonstration. */
  key: string;
  category: DemoCategory;
  stage: DemoStage;
  county: County;
  title: string;
  /** The title without the stage's words, as some platforms list plans and tenders. */
  bareTitle: string;
  /** `YYYY-MM-DD HH:mm:ss` in Shanghai. */
  publishedAt: string;
  projectCode: string;
  body: string;
  /** Labelled values as structured feeds give them. */
  fields: Record<string, string>;
  attachments: { name: string; path: string }[];
  /** The county's notice also stands on the city site. */
  alsoOnCity: boolean;
  /** `YYYY-MM-DD HH:mm`; present in tender stages. */
  deadline?: string;
}

export interface DemoProject {
  key: string;
  code: string;
  name: string;
  category: DemoCategory;
  county: County;
  notices: DemoNotice[];
}
