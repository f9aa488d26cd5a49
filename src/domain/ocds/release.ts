/**
 * The parts of OCDS 1.1.5 that the portal publishes, with the lots and bids extensions. Names and meaning are the
 * standard's (https://standard.open-contracting.org/1.1/en/schema/reference/); optional fields are left out; null, as there,
 * takes away what an earlier release said.
 */

/** ISO 8601 with the Shanghai offset. */
export type OcdsDate = string;

export interface Value {
  /** Yuan. */
  amount: number;
  currency: 'CNY';
}

export interface OrganizationReference {
  id: string;
  name: string;
}

export type PartyRoleCode = 'buyer' | 'procuringEntity' | 'tenderer' | 'supplier';

export interface Party extends OrganizationReference {
  identifier?: { scheme: string; id: string; legalName: string; uri?: string | undefined } | undefined;
  roles: PartyRoleCode[];
}

export interface OcdsDocument {
  id: string;
  documentType?: string | undefined;
  title: string;
  url?: string | undefined;
  datePublished?: OcdsDate | undefined;
  dateModified?: OcdsDate | undefined;
  format?: string | undefined;
  language?: string | undefined;
}

export interface Amendment {
  id: string;
  date: OcdsDate;
  description: string;
  /** The release that says what holds from then on. */
  releaseID: string;
}

export interface Lot {
  id: string;
  title?: string | undefined;
  value?: Value | undefined;
}

export interface Period {
  startDate?: OcdsDate | undefined;
  endDate?: OcdsDate | undefined;
}

export type ProcurementMethod = 'open' | 'selective' | 'limited' | 'direct';

export interface Tender {
  id: string;
  title?: string | undefined;
  status?: 'planned' | 'active' | 'cancelled' | 'unsuccessful' | 'complete' | null | undefined;
  procuringEntity?: OrganizationReference | undefined;
  value?: Value | undefined;
  procurementMethod?: ProcurementMethod | undefined;
  procurementMethodDetails?: string | undefined;
  tenderPeriod?: Period | undefined;
  enquiryPeriod?: Period | undefined;
  lots?: Lot[] | undefined;
  documents?: OcdsDocument[] | undefined;
  amendments?: Amendment[] | undefined;
}

export interface Planning {
  budget?: { amount: Value } | undefined;
  documents?: OcdsDocument[] | undefined;
}

export interface Bid {
  id: string;
  status: 'valid' | 'pending';
  tenderers: OrganizationReference[];
  value?: Value | undefined;
  relatedLots?: string[] | undefined;
}

export interface Award {
  id: string;
  status: 'pending' | 'active';
  /** Unknown of an award that only its contract tells of. */
  date?: OcdsDate | undefined;
  value?: Value | undefined;
  suppliers: OrganizationReference[];
  relatedLots?: string[] | undefined;
  documents?: OcdsDocument[] | undefined;
}

export interface Contract {
  id: string;
  awardID: string;
  status: 'active';
  value?: Value | undefined;
  dateSigned?: OcdsDate | undefined;
  documents?: OcdsDocument[] | undefined;
  implementation?: { documents: OcdsDocument[] } | undefined;
}

export const RELEASE_TAGS = [
  'planning',
  'planningUpdate',
  'tender',
  'tenderAmendment',
  'tenderUpdate',
  'tenderCancellation',
  'award',
  'awardUpdate',
  'contract',
  'contractUpdate',
  'implementation',
  'implementationUpdate',
  'compiled',
] as const;
export type ReleaseTag = (typeof RELEASE_TAGS)[number];

/** What is known of a contracting process at one point in time. */
export interface Release {
  ocid: string;
  id: string;
  date: OcdsDate;
  tag: ReleaseTag[];
  initiationType: 'tender';
  language: 'zh';
  parties?: Party[] | undefined;
  buyer?: OrganizationReference | undefined;
  planning?: Planning | undefined;
  tender?: Tender | undefined;
  bids?: { details: Bid[] } | undefined;
  awards?: Award[] | undefined;
  contracts?: Contract[] | undefined;
}
