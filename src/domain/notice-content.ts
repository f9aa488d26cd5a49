import type { Category } from './categories.ts';
import type { County } from './counties.ts';
import type { FactKey, FactValue } from './facts.ts';
import type { Fen } from './money.ts';
import type { Stage } from './stages.ts';
import type { Instant, TimePrecision } from './time.ts';
import type { AmountKind } from './views.ts';

/**
 * The public content of one version of a notice: what `notice_versions.content` holds as canonical JSON (RFC 8785), and
 * what its hash is computed over. Everything in it has been sanitized and screened.
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
  projectCode: string | null;
  lotCode: string | null;
  buyer: string | null;
  agency: string | null;
  suppliers: string[];
  amountFen: Fen | null;
  amountKind: AmountKind | null;
  deadlineAt: Instant | null;
  openingAt: Instant | null;
  facts: Partial<Record<FactKey, FactValue>>;
  sourceUrl: string | null;
  bodyHtml: string;
  attachments: { name: string; url: string }[];
  /** True when personal data was masked in title, body, facts or attachment names. */
  redacted: boolean;
  /** True in the version that records a withdrawal; such a version is never shown. */
  withdrawn: boolean;
}
