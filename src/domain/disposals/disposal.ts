import { CATEGORY_SLUGS, type DisposalCategory, isDisposal } from '../categories.ts';
import type { OcdsDate, OcdsDocument, Value } from '../ocds/release.ts';
import type { Stage } from '../stages.ts';

export const DISPOSAL_CATEGORIES = CATEGORY_SLUGS.filter(isDisposal) as [DisposalCategory, ...DisposalCategory[]];

/** What a notice tells of a disposal. */
export const DISPOSAL_EVENTS = {
  planning: '计划或预披露',
  listing: '挂牌、出让公告',
  listingAmendment: '变更、补充',
  deal: '成交公示',
  contract: '出让结果、登记',
  failure: '流标',
  termination: '终止',
  suspension: '中止',
  resumption: '恢复',
} as const;
export type DisposalEvent = keyof typeof DISPOSAL_EVENTS;

/** Something that is sold: a parcel, a mining right, a share, an object. */
export interface DisposalAsset {
  /** Its number in the notice. */
  id?: string | undefined;
  location?: string | undefined;
  areaSquareMetres?: number | undefined;
  use?: string | undefined;
  term?: string | undefined;
  plotRatio?: string | undefined;
  mineral?: string | undefined;
  appraisedValue?: Value | undefined;
  startPrice?: Value | undefined;
  listingPrice?: Value | undefined;
  deposit?: Value | undefined;
  dealPrice?: Value | undefined;
}

export interface DisposalParty {
  name: string;
  /** Unified social credit code. */
  uscc?: string | undefined;
}

/** One version of a notice about a disposal, in the words of sellers and buyers. */
export interface Disposal {
  /** Identifier of this version of the notice. */
  id: string;
  /** Project that all events of one disposal share. */
  processId: string;
  processCode?: string | undefined;
  category: DisposalCategory;
  stage: Stage;
  event: DisposalEvent;
  date: OcdsDate;
  title: string;
  seller?: DisposalParty | undefined;
  agency?: DisposalParty | undefined;
  /** Who bought. */
  purchasers?: DisposalParty[] | undefined;
  assets?: DisposalAsset[] | undefined;
  /** With its zone, or `YYYY-MM-DD` where only the day is said. */
  applicationDeadline?: OcdsDate | undefined;
  /** When the auction or listing closes; in the same form. */
  saleAt?: OcdsDate | undefined;
  documents: OcdsDocument[];
}
