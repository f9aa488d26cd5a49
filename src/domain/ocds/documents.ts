import type { PublishedNotice } from '../notices/published-notice.ts';
import { absoluteUrl, noticeUrl } from '../site/urls.ts';
import type { Stage } from '../stages.ts';
import type { OcdsDocument } from './release.ts';
import { toDate } from './values.ts';

/** Codes of the codelist documentType of OCDS 1.1 for the notices that have one. */
const DOCUMENT_TYPES: Record<Stage, string | undefined> = {
  tenderPlan: 'procurementPlan',
  procurementIntention: 'plannedProcurementNotice',
  prequalificationNotice: 'tenderNotice',
  prequalificationResult: undefined,
  tenderNotice: 'tenderNotice',
  singleSourceNotice: 'tenderNotice',
  clarification: 'clarifications',
  correctionNotice: undefined,
  openingRecord: undefined,
  candidateNotice: 'awardNotice',
  awardNotice: 'awardNotice',
  failureNotice: 'cancellationDetails',
  terminationNotice: 'cancellationDetails',
  suspensionNotice: undefined,
  resumptionNotice: undefined,
  contractNotice: 'contractNotice',
  performanceNotice: undefined,
  acceptanceNotice: 'completionCertificate',
  complaintDecision: 'complaints',
  supervisionDecision: undefined,
  landSupplyPlan: undefined,
  landOffering: undefined,
  landOfferingSupplement: undefined,
  landDealNotice: undefined,
  landResult: undefined,
  miningOffering: undefined,
  miningDealNotice: undefined,
  miningRegistration: undefined,
  propertyPreDisclosure: undefined,
  propertyListing: undefined,
  propertyListingChange: undefined,
  propertyDeal: undefined,
};

/** The notice itself as a document, and its attachments at their source. */
export function toDocuments(notice: PublishedNotice, site: string): OcdsDocument[] {
  const { id, title, stage, publishedAt, updatedAt, version, attachments } = notice;
  const own: OcdsDocument = {
    id,
    documentType: DOCUMENT_TYPES[stage],
    title,
    url: absoluteUrl(site, noticeUrl(id)),
    datePublished: toDate(publishedAt),
    dateModified: version > 1 ? toDate(updatedAt) : undefined,
    format: 'text/html',
    language: 'zh',
  };
  const files = attachments.map(({ name, url, mediaType }, index) => ({
    id: `${id}-${index + 1}`,
    title: name,
    url: URL.canParse(url) ? new URL(url).href : undefined,
    format: mediaType ?? undefined,
  }));
  return [own, ...files];
}
