import type { Category } from '../categories.ts';
import type { FactKey } from '../facts/facts.ts';
import type { Stage } from '../stages.ts';

/** A fact, or facts of which the first that a notice states is shown, the others beside it. */
export type Choice = FactKey | readonly FactKey[];
export type Five = readonly [Choice, Choice, Choice, Choice, Choice];
type ByStage = { readonly [Each in Stage]?: Five };

/** How much works may cost at most, or are thought to cost; of goods and services first what there is to spend. */
const WORTH: Choice = ['ceilingPrice', 'budget'];
const FUNDS: Choice = ['budget', 'ceilingPrice'];
const PRICE: Choice = ['startPrice', 'listingPrice'];
const RESERVE: Choice = ['listingPrice', 'startPrice'];

const PURCHASE: ByStage = {
  procurementIntention: ['budget', 'buyer', 'procurementMethod', 'contractPeriod', 'location'],
  prequalificationNotice: ['deadline', FUNDS, 'documentPeriod', 'contractPeriod', 'procurementMethod'],
  tenderNotice: ['deadline', FUNDS, 'procurementMethod', 'documentPeriod', 'contractPeriod'],
  singleSourceNotice: ['budget', 'publicityPeriod', 'procurementMethod', 'contractPeriod', 'buyer'],
  clarification: ['deadline', 'opening', 'clarificationDeadline', FUNDS, 'documentPeriod'],
  correctionNotice: ['deadline', 'opening', FUNDS, 'documentPeriod', 'originalNoticeDate'],
  openingRecord: ['bids', 'opening', FUNDS, 'openingPlace', 'buyer'],
  candidateNotice: ['candidates', 'publicityPeriod', FUNDS, 'contractPeriod', 'buyer'],
  awardNotice: ['supplier', 'awardAmount', FUNDS, 'contractPeriod', 'publicityPeriod'],
  failureNotice: ['terminationReason', FUNDS, 'originalNoticeDate', 'buyer', 'agency'],
  terminationNotice: ['terminationReason', FUNDS, 'originalNoticeDate', 'buyer', 'agency'],
  suspensionNotice: ['terminationReason', 'deadline', 'opening', 'buyer', 'agency'],
  resumptionNotice: ['deadline', 'opening', FUNDS, 'documentPeriod', 'buyer'],
  contractNotice: ['supplier', 'contractAmount', 'contractPeriod', 'contractDate', 'buyer'],
  performanceNotice: ['supplier', 'contractAmount', 'contractPeriod', 'contractDate', 'buyer'],
  acceptanceNotice: ['supplier', 'contractAmount', 'contractPeriod', 'contractDate', 'buyer'],
};

const DECISION: Five = ['projectName', 'projectCode', 'buyer', 'agency', 'originalNoticeDate'];

const { procurementIntention, singleSourceNotice, acceptanceNotice, ...SHARED } = PURCHASE;

const WORKS: ByStage = {
  ...SHARED,
  tenderPlan: ['budget', 'location', 'contractPeriod', 'procurementMethod', 'buyer'],
  prequalificationNotice: ['deadline', WORTH, 'documentPeriod', 'contractPeriod', 'location'],
  prequalificationResult: ['opening', WORTH, 'publicityPeriod', 'buyer', 'agency'],
  tenderNotice: ['deadline', WORTH, 'deposit', 'contractPeriod', 'documentPeriod'],
  clarification: ['deadline', 'opening', 'clarificationDeadline', WORTH, 'documentPeriod'],
  correctionNotice: ['deadline', 'opening', WORTH, 'documentPeriod', 'originalNoticeDate'],
  openingRecord: ['bids', 'opening', WORTH, 'openingPlace', 'buyer'],
  candidateNotice: ['candidates', 'publicityPeriod', WORTH, 'contractPeriod', 'buyer'],
  awardNotice: ['supplier', 'awardAmount', WORTH, 'contractPeriod', 'publicityPeriod'],
  complaintDecision: DECISION,
};

/** What all who grant or sell say when something changes or ends. */
const DISPOSAL: ByStage = {
  correctionNotice: ['deadline', 'opening', PRICE, 'deposit', 'originalNoticeDate'],
  failureNotice: ['terminationReason', PRICE, 'originalNoticeDate', 'location', 'buyer'],
  terminationNotice: ['terminationReason', PRICE, 'originalNoticeDate', 'location', 'buyer'],
  suspensionNotice: ['terminationReason', 'deadline', 'opening', 'location', 'buyer'],
  resumptionNotice: ['deadline', 'opening', PRICE, 'deposit', 'buyer'],
};

/**
 * The five facts that a bidder decides by, for each category and each of its stages, in order. Before the end of bidding: until
 * when, for how much, with what security, how long; after it: who, at what price, under what limit.
 */
export const DECIDING_FACTS: Readonly<Record<Category, ByStage>> = {
  construction: WORKS,
  procurement: { ...PURCHASE, complaintDecision: DECISION, supervisionDecision: DECISION },
  medical: PURCHASE,
  general: PURCHASE,
  land: {
    ...DISPOSAL,
    landSupplyPlan: ['landArea', 'landUse', 'location', 'procurementMethod', 'grantTerm'],
    landOffering: ['deadline', PRICE, 'deposit', 'landArea', 'landUse'],
    landOfferingSupplement: ['deadline', PRICE, 'deposit', 'landArea', 'originalNoticeDate'],
    landDealNotice: ['supplier', 'dealPrice', PRICE, 'landArea', 'publicityPeriod'],
    landResult: ['supplier', ['dealPrice', 'contractAmount'], 'landArea', 'landUse', 'grantTerm'],
  },
  mining: {
    ...DISPOSAL,
    miningOffering: ['deadline', PRICE, 'deposit', 'mineral', 'landArea'],
    miningDealNotice: ['supplier', 'dealPrice', PRICE, 'mineral', 'publicityPeriod'],
    miningRegistration: ['supplier', 'mineral', 'landArea', 'grantTerm', 'location'],
  },
  property: {
    ...DISPOSAL,
    propertyPreDisclosure: [RESERVE, 'appraisedValue', 'listingPeriod', 'location', 'buyer'],
    propertyListing: ['deadline', RESERVE, 'deposit', 'appraisedValue', 'listingPeriod'],
    propertyListingChange: ['deadline', RESERVE, 'deposit', 'listingPeriod', 'originalNoticeDate'],
    propertyDeal: ['supplier', 'dealPrice', RESERVE, 'appraisedValue', 'publicityPeriod'],
  },
};

/** The facts of a notice of a category and stage. A stage that the category does not have shows what every deal has. */
export function decidingFacts(category: Category, stage: Stage): Five {
  return DECIDING_FACTS[category][stage] ?? DECISION;
}
