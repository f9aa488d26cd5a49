import type { Stage } from '../stages.ts';

/** What a notice of a stage does to the lots that it is about. */
export type Effect =
  | 'plan'
  | 'call'
  | 'amend'
  | 'open'
  | 'rank'
  | 'award'
  | 'contract'
  | 'perform'
  | 'fail'
  | 'terminate'
  | 'suspend'
  | 'resume'
  | 'tell';

/** `tell`: the course of the deal stays what it was. */
export const EFFECTS: Record<Stage, Effect> = {
  tenderPlan: 'plan',
  procurementIntention: 'plan',
  prequalificationNotice: 'call',
  prequalificationResult: 'tell',
  tenderNotice: 'call',
  singleSourceNotice: 'call',
  clarification: 'amend',
  correctionNotice: 'amend',
  openingRecord: 'open',
  candidateNotice: 'rank',
  awardNotice: 'award',
  failureNotice: 'fail',
  terminationNotice: 'terminate',
  suspensionNotice: 'suspend',
  resumptionNotice: 'resume',
  contractNotice: 'contract',
  performanceNotice: 'perform',
  acceptanceNotice: 'perform',
  complaintDecision: 'tell',
  supervisionDecision: 'tell',
  landSupplyPlan: 'plan',
  landOffering: 'call',
  landOfferingSupplement: 'amend',
  landDealNotice: 'award',
  landResult: 'contract',
  miningOffering: 'call',
  miningDealNotice: 'award',
  miningRegistration: 'contract',
  propertyPreDisclosure: 'plan',
  propertyListing: 'call',
  propertyListingChange: 'amend',
  propertyDeal: 'award',
};
