/**
 * The one place that says how our notices stand in the national data specification of public-resource trading
 * (公共资源交易平台系统数据规范(V2.0), 发改办法规〔2018〕1156号). Only what two independent implementations agree on is
 * here.
 */
import { CATEGORIES, type Category } from '../categories.ts';
import { COUNTIES, type County } from '../counties/counties.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fen } from '../money/money.ts';
import type { Stage } from '../stages.ts';
import { formatDateTime, type Instant } from '../time/time.ts';

/** `DEAL_STAGE` of the stages that have a sure one; the first two digits are the category's. */
const DEAL_STAGES: Record<Stage, readonly string[]> = {
  tenderPlan: [],
  procurementIntention: [],
  prequalificationNotice: ['0101'],
  prequalificationResult: ['0106'],
  tenderNotice: ['0101', '0201', '9001'],
  singleSourceNotice: [],
  clarification: ['0105'],
  correctionNotice: ['0204'],
  openingRecord: ['0102'],
  candidateNotice: ['0104'],
  awardNotice: ['0104', '0202', '9002'],
  failureNotice: [],
  terminationNotice: [],
  suspensionNotice: [],
  resumptionNotice: [],
  contractNotice: ['0203'],
  performanceNotice: [],
  acceptanceNotice: [],
  complaintDecision: [],
  supervisionDecision: [],
  landSupplyPlan: [],
  landOffering: ['0301'],
  landOfferingSupplement: [],
  landDealNotice: ['0302'],
  landResult: [],
  miningOffering: ['0401'],
  miningDealNotice: ['0402'],
  miningRegistration: [],
  propertyPreDisclosure: [],
  propertyListing: ['0501'],
  propertyListingChange: [],
  propertyDeal: ['0502'],
};

/** What is submitted of a notice. */
export interface SubmissionNotice {
  category: Category;
  stage: Stage;
  county: County;
  title: string;
  bodyHtml: string;
  publishedAt: Instant;
  sourceName: string;
  sourceUrl: string | null;
  projectCode: string | null;
  lotCode: string | null;
  buyer: string | null;
  agency: string | null;
  suppliers: string[];
  /** The certain award sum; null in other stages. */
  awardFen: Fen | null;
  facts: Facts;
  /** When this version was published here. */
  versionAt: Instant;
}

/** Codes that the platform above has given this one. */
export interface PlatformCodes {
  PLATFORM_CODE?: string | undefined;
  PUB_SERVICE_PLAT_CODE?: string | undefined;
}

type Value = string | null | undefined;

/** Field by field: how it is read out of a notice. What a notice does not say is left out, never filled. */
const FIELDS: Record<string, (notice: SubmissionNotice) => Value> = {
  DEAL_CLASSIFY: ({ category }) => CATEGORIES[category].nationalCode,
  DEAL_STAGE: dealStage,
  PROJECT_CODE: ({ projectCode }) => projectCode,
  BID_SECTION_CODE: ({ lotCode }) => lotCode,
  TENDER_PROJECT_NAME: ({ facts }) => facts.projectName?.text,
  REGION_CODE: ({ county }) => (COUNTIES[county].regionCodeKind === 'gbt2260' ? COUNTIES[county].regionCode : null),
  TENDERER_NAME: ({ buyer }) => buyer,
  TENDER_AGENCY_NAME: ({ agency }) => agency,
  NOTICE_NAME: ({ title }) => title,
  NOTICE_CONTENT: ({ bodyHtml }) => bodyHtml,
  NOTICE_SEND_TIME: ({ publishedAt }) => `${formatDateTime(publishedAt)}:00`,
  NOTICE_MEDIA: ({ sourceName }) => sourceName,
  URL: ({ sourceUrl }) => sourceUrl,
  WIN_BIDDER_NAME: ({ suppliers }) => suppliers.join('、'),
  WIN_BIDDER_CODE: ({ facts }) => facts.supplierCode?.text,
  BID_AMOUNT: ({ awardFen }) => (awardFen === null ? null : toTenThousands(awardFen)),
  PRICE_UNIT: ({ awardFen }) => (awardFen === null ? null : '万元'),
  DATA_TIMESTAMP: ({ versionAt }) => `${formatDateTime(versionAt)}:00`,
};

/** Fields of the specification that nothing is written into, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  UNIFIED_DEAL_CODE: '统一交易标识码由上级平台给出',
  INVEST_PROJECT_CODE: '公告中没有可靠的来源',
  TENDERER_CODE: '公告中一般没有招标人代码',
  TENDER_MODE: '取值代码没有可靠的来源',
  TENDER_ORGANIZE_FORM: '取值代码没有可靠的来源',
  CONTRACT_RECKON_PRICE: '合同估算价不同于预算金额，不作推算',
  CONTROL_PRICE: '字段名称未得到两处证实',
  PRICE_FORM_CODE: '取值代码没有可靠的来源',
  IS_TO_LAW: '公告中没有可靠的来源',
};

/** Why a notice cannot be submitted; undefined when it can. */
export function findObstacle(notice: Pick<SubmissionNotice, 'category' | 'stage'>): string | undefined {
  return dealStage(notice) ? undefined : '这一类别和环节没有确定的 DEAL_STAGE';
}

function dealStage({ category, stage }: Pick<SubmissionNotice, 'category' | 'stage'>): string | undefined {
  return DEAL_STAGES[stage].find((code) => code.startsWith(CATEGORIES[category].nationalCode));
}

/** The record of a notice, in the fields of the specification. */
export function toRecord(notice: SubmissionNotice, codes: PlatformCodes): Record<string, string> {
  const values: [string, Value][] = [
    ...Object.entries(codes),
    ...Object.entries(FIELDS).map(([field, read]): [string, Value] => [field, read(notice)]),
  ];
  return Object.fromEntries(values.filter((pair): pair is [string, string] => Boolean(pair[1])));
}

/** Fen as 万元, exact. */
function toTenThousands(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ''}`;
}
