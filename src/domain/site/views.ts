/**
 * View objects: what the public may see, in the shape that pages, islands and the API share.
 * Database rows never leave `src/server`; they are mapped to these.
 */
import type { Category } from '../categories.ts';
import type { Removal } from '../changes.ts';
import type { County } from '../counties/counties.ts';
import type { DealState, Superseded } from '../deals/deal.ts';
import type { NoticeStanding } from '../deals/deal-standing.ts';
import type { LotSummary } from '../deals/lot-summary.ts';
import type { FactKey, FactValue } from '../facts/facts.ts';
import type { FactChange } from '../notices/correction.ts';
import type { VersionReason } from '../notices/notice-content.ts';
import type { NoticeFields } from '../notices/notice-fields.ts';
import type { Stage } from '../stages.ts';
import type { Instant } from '../time/time.ts';

export interface NoticeSummary extends NoticeFields {
  /** Its lots in short, with who got the first of them or may. */
  lots: LotSummary;
  projectCode: string | null;
  projectId: string | null;
  /**
   * When the bidding ends that the notice stands for in its project, after all corrections; null for notices that stand for none, and
   * where it was suspended or ended before. One notice alone of a project has one that lies ahead.
   */
  closesAt: Instant | null;
  /** The notice that counts in its stead. */
  superseded: Pick<Superseded, 'byNoticeId' | 'how'> | null;
  /** What the notices made of its project, whatever has passed since: `open` is over when `closesAt` has passed. */
  dealState: DealState | null;
  version: number;
  sourceName: string;
  /** Facts that category-specific columns show. */
  facts: Partial<Record<FactKey, FactValue>>;
}

/** Counts of the result under every value of one filter, all other filters kept. */
export interface Facets {
  category: Partial<Record<Category, number>>;
  stage: Partial<Record<Stage, number>>;
  county: Partial<Record<County, number>>;
}

export interface NoticePage {
  items: NoticeSummary[];
  total: number;
  /** When the newest data behind the answer was stored. */
  asOf: Instant;
  /** Opaque cursor of the next page; null on the last. */
  next: string | null;
  facets: Facets;
}

export interface AttachmentView {
  name: string;
  url: string;
  mediaType: string | null;
  /** Bytes, when the source tells. */
  size: number | null;
}

/** An attachment as a notice's page shows it: with the copy that is kept here, where there is one. */
export interface KeptAttachmentView extends AttachmentView {
  copy: { sha256: string; size: number; fetchedAt: Instant } | null;
}

export interface NoticeVersionView {
  version: number;
  publishedAt: Instant;
  /** SHA-256 (hex) of the canonical JSON of the version; null when that is not public, or no longer there. */
  hash: string | null;
  /** SHA-256 (hex) of a secret salt and that JSON; null of a withdrawal, which says nothing of its own. It stays when the rest goes. */
  seal: string | null;
  /** What it said was destroyed by law. */
  removal: Removal | null;
  reason: VersionReason;
  /** Names of the top-level fields that differ from the version before. */
  changedFields: string[];
}

/** A correction held against the notice that it corrects. */
export interface CorrectionView {
  /** Undefined when the portal does not have it. */
  original?: { id: string; title: string; publishedAt: Instant } | undefined;
  /** What is different from before: from the original, or from an earlier correction of it. Moved dates come first. */
  changes: FactChange[];
}

export interface NoticeView extends NoticeSummary {
  bodyHtml: string;
  attachments: KeptAttachmentView[];
  /** Where the lots stand that it is about; null when no notice tells. */
  standing: NoticeStanding | null;
  /** What a correction changes; null for every other notice. */
  correction: CorrectionView | null;
  agency: string | null;
  lotCode: string | null;
  publishedBy: County;
  sourceKey: string;
  sourceUrl: string | null;
  /** When the portal first received, last changed and last saw the notice in its feed. */
  firstSeenAt: Instant;
  updatedAt: Instant;
  lastSeenAt: Instant;
  goneFromSource: boolean;
  /** True when personal data was masked in the body. */
  redacted: boolean;
  versions: NoticeVersionView[];
  /** Notices of the same project in time order, this one included. */
  stages: NoticeSummary[];
  related: NoticeSummary[];
  /** Other addresses of the same notice, e.g. at county and city. */
  alsoPublishedAt: { sourceName: string; url: string | null }[];
  /** Near-equal notices that a person should compare; never merged. */
  possibleDuplicates: NoticeSummary[];
}
