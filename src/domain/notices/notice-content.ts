import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { AmountKind } from '../facts/amount-kind.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fen } from '../money/money.ts';
import type { Stage } from '../stages.ts';
import type { MomentPrecision } from '../time/moment.ts';
import type { Instant, TimePrecision } from '../time/time.ts';

/**
 * The public content of one version of a notice: what `notice_versions.content` holds as canonical JSON (RFC 8785), and
 * what its hash is computed over. It is what the publisher said, sanitized and screened, and nothing that our rules
 * concluded from it: a better rule must not look like a change by the publisher.
 */
export interface NoticeContent {
  id: string;
  sourceKey: string;
  sourceItemId: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  publishedBy: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  /** Codes that the feed itself gives. */
  projectCode: string | null;
  lotCode: string | null;
  /** Labelled values that the feed itself gives; absent when there are none. */
  fields?: Record<string, string>;
  /** Facts that the publisher gave as such, typed; where they are, nothing is read out of words. */
  facts?: Facts;
  sourceUrl: string | null;
  bodyHtml: string;
  attachments: { name: string; url: string }[];
  /** True when personal data was masked in title, body, fields or attachment names. */
  redacted: boolean;
  /** True in the version that records a withdrawal; such a version is never shown. */
  withdrawn: boolean;
}

/** Why there is a version: first seen, changed or withdrawn by its publisher, there again. */
export const VERSION_REASONS = ['created', 'changed', 'withdrawn', 'restored'] as const;
export type VersionReason = (typeof VERSION_REASONS)[number];

/** What the rules read out of a version's content: made anew from it whenever the rules change, never part of a version. */
export interface NoticeReading {
  /** Codes that the feed gives, else those that stand in the text. */
  projectCode: string | null;
  lotCode: string | null;
  buyer: string | null;
  agency: string | null;
  /** Who was awarded. */
  suppliers: string[];
  /** Who bid or was ranked, of openings and publicities of candidates: they have won nothing yet. */
  tenderers: string[];
  amountFen: Fen | null;
  amountKind: AmountKind | null;
  deadlineAt: Instant | null;
  deadlinePrecision: MomentPrecision | null;
  openingAt: Instant | null;
  openingPrecision: MomentPrecision | null;
  facts: Facts;
}

/** A notice as lists and filters know it: what its publisher said, with what was read out of it. */
export type ReadNotice = NoticeContent & NoticeReading;
