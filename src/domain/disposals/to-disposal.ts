import { isDisposal } from '../categories.ts';
import type { FactEntry, Facts } from '../facts/facts.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { toDocuments } from '../ocds/documents.ts';
import { toReleaseId } from '../ocds/identifiers.ts';
import { orAbsent, toDate, toValue } from '../ocds/values.ts';
import type { OrganizationRole } from '../organizations/organization.ts';
import type { Stage } from '../stages.ts';
import { type MomentPrecision, toMoment, toMomentIso } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { Disposal, DisposalAsset, DisposalEvent, DisposalParty } from './disposal.ts';

/** Null: no stage of a disposal. */
const EVENTS: Record<Stage, DisposalEvent | null> = {
  tenderPlan: null,
  procurementIntention: null,
  prequalificationNotice: null,
  prequalificationResult: null,
  tenderNotice: null,
  singleSourceNotice: null,
  clarification: null,
  correctionNotice: 'listingAmendment',
  openingRecord: null,
  candidateNotice: null,
  awardNotice: null,
  failureNotice: 'failure',
  terminationNotice: 'termination',
  suspensionNotice: 'suspension',
  resumptionNotice: 'resumption',
  contractNotice: null,
  performanceNotice: null,
  acceptanceNotice: null,
  complaintDecision: null,
  supervisionDecision: null,
  landSupplyPlan: 'planning',
  landOffering: 'listing',
  landOfferingSupplement: 'listingAmendment',
  landDealNotice: 'deal',
  landResult: 'contract',
  miningOffering: 'listing',
  miningDealNotice: 'deal',
  miningRegistration: 'contract',
  propertyPreDisclosure: 'planning',
  propertyListing: 'listing',
  propertyListingChange: 'listingAmendment',
  propertyDeal: 'deal',
};

const NAMES_PURCHASERS: Record<DisposalEvent, boolean> = {
  planning: false,
  listing: false,
  listingAmendment: false,
  deal: true,
  contract: true,
  failure: false,
  termination: false,
  suspension: false,
  resumption: false,
};

/** The current version of a notice as an event of a disposal. @throws Error for a notice about something else. */
export function toDisposal(notice: PublishedNotice, site: string): Disposal {
  const { category, stage, projectId, projectCode, title } = notice;
  const event = EVENTS[stage];
  if (!isDisposal(category) || !event) throw new Error(`${category} ${stage} is no stage of a disposal`);
  return {
    id: toReleaseId(notice),
    processId: projectId,
    processCode: projectCode ?? undefined,
    category,
    stage,
    event,
    date: toDate(notice.publishedAt) ?? '',
    title,
    seller: toParties(notice, 'buyer')[0],
    agency: toParties(notice, 'agency')[0],
    purchasers: NAMES_PURCHASERS[event] ? orAbsent(toParties(notice, 'supplier')) : undefined,
    assets: orAbsent(toAssets(notice.facts)),
    applicationDeadline: toDayOrTime(notice.deadlineAt, notice.deadlinePrecision),
    saleAt: toDayOrTime(notice.openingAt, notice.openingPrecision),
    documents: toDocuments(notice, site),
  };
}

/** A time with its zone, or a day as a day. */
function toDayOrTime(at: Instant | null, precision: MomentPrecision | null): string | undefined {
  const moment = toMoment(at, precision);
  return moment ? toMomentIso(moment) : undefined;
}

/** Sellers stand in notices where buyers do in procurement. */
function toParties({ parties }: PublishedNotice, role: OrganizationRole): DisposalParty[] {
  return parties.filter((party) => party.role === role).map(({ name, uscc }) => ({ name, uscc: uscc ?? undefined }));
}

/** The rows of parcels, else the one asset that the notice describes. */
function toAssets(facts: Facts): DisposalAsset[] {
  const rows = facts.parcels?.doubt ? [] : (facts.parcels?.entries ?? []);
  if (rows.length > 0) return rows.map(toAsset);
  const asset = toAsset(facts);
  return Object.values(asset).some((value) => value !== undefined) ? [asset] : [];
}

/** A row and a whole notice name an asset by the same facts. */
function toAsset(facts: FactEntry): DisposalAsset {
  return {
    id: facts.parcelNo?.text,
    location: facts.location?.text,
    areaSquareMetres: facts.landArea?.squareMetres,
    use: facts.landUse?.text,
    term: facts.grantTerm?.text,
    plotRatio: facts.plotRatio?.text,
    mineral: facts.mineral?.text,
    appraisedValue: toValue(facts.appraisedValue?.fen),
    startPrice: toValue(facts.startPrice?.fen),
    listingPrice: toValue(facts.listingPrice?.fen),
    deposit: toValue(facts.deposit?.fen),
    dealPrice: toValue(facts.dealPrice?.fen),
  };
}
