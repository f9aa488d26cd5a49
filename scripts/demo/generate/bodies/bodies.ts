import type { Section } from '../document.ts';
import type { DemoStage, ProjectDetails, ProjectEvent } from '../model.ts';
import {
  clarification,
  correctionNotice,
  failureNotice,
  resumptionNotice,
  suspensionNotice,
  terminationNotice,
} from './changes.ts';
import {
  acceptanceNotice,
  complaintDecision,
  contractNotice,
  performanceNotice,
  supervisionDecision,
} from './contracts.ts';
import { landDealNotice, landOffering, propertyDeal, propertyListing } from './disposals.ts';
import { awardNotice, candidateNotice, openingRecord } from './results.ts';
import { procurementIntention, singleSourceNotice, tenderNotice, tenderPlan } from './tender.ts';

/** The text of each stage the demonstration publishes. */
export const BODIES: Record<DemoStage, (details: ProjectDetails, event: ProjectEvent) => Section[]> = {
  tenderPlan,
  procurementIntention,
  tenderNotice,
  singleSourceNotice,
  clarification,
  correctionNotice,
  openingRecord,
  candidateNotice,
  awardNotice,
  failureNotice,
  terminationNotice,
  suspensionNotice,
  resumptionNotice,
  contractNotice,
  performanceNotice,
  acceptanceNotice,
  complaintDecision,
  supervisionDecision,
  landOffering,
  landOfferingSupplement: correctionNotice,
  landDealNotice,
  landResult: landDealNotice,
  propertyPreDisclosure: propertyListing,
  propertyListing,
  propertyListingChange: correctionNotice,
  propertyDeal,
};
