import type { PublishedNotice } from '../notices/published-notice.ts';
import { absoluteUrl, noticeUrl } from '../site/urls.ts';
import type { Stage } from '../stages.ts';
import type { OcdsDocument } from './release.ts';
import { toDate } from './values.ts';

/** Codes of the codelist documentType of OCDS 1.1 for the notices that have one. */
const DOCUMENT_TYPES: Partial<Record<Stage, string>> = {
  tenderPlan: 'procurementPlan',
  procurementIntention: 'plannedProcurementNotice',
  prequalificationNotice: 'tenderNotice',
  tenderNotice: 'tenderNotice',
  singleSourceNotice: 'tenderNotice',
  clarification: 'clarifications',
  candidateNotice: 'awardNotice',
  awardNotice: 'awardNotice',
  failureNotice: 'cancellationDetails',
  terminationNotice: 'cancellationDetails',
  contractNotice: 'contractNotice',
  acceptanceNotice: 'completionCertificate',
  complaintDecision: 'complaints',
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
