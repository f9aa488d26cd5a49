import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { MeasureId } from '../statistics/registry.ts';
import type { Instant } from '../time/time.ts';
import type { ArticleRecord } from './content.ts';
import type { ArticleKind, ArticleNature, Validity } from './kinds.ts';

/** An article as lists show it. */
export interface ArticleSummary {
  id: string;
  county: County;
  kind: ArticleKind;
  category: Category | null;
  nature: ArticleNature;
  title: string;
  summary: string;
  issuer: string;
  number: string;
  /** `YYYY-MM-DD`; of documents and laws. */
  issuedOn: string | null;
  validity: Validity | null;
  version: number;
  publishedAt: Instant;
  updatedAt: Instant;
}

/** A version of an article. */
export interface ArticleVersionView {
  version: number;
  reason: 'published' | 'corrected' | 'withdrawn' | 'restored';
  /** What was wrong, or why it was taken back; '' for neither. */
  note: string;
  at: Instant;
  hash: string | null;
}

/** A file of an article. */
export interface ArticleFile {
  sha256: string;
  name: string;
  size: number;
  mediaType: string;
}

/** A public article with everything that its page shows. */
export interface ArticleView extends Omit<ArticleRecord, 'related'> {
  county: County;
  version: number;
  publishedAt: Instant;
  updatedAt: Instant;
  /** Newest first. */
  versions: ArticleVersionView[];
  /** What belongs to it, whichever of the two says so. */
  related: ArticleSummary[];
  files: ArticleFile[];
}

/** Something that was wrong on this site: which page, when it was published, when and how it was put right. */
export interface Erratum {
  /** Path of the page. */
  page: string;
  title: string;
  what: 'article' | 'clarification' | 'fact' | 'report';
  note: string;
  /** What was read wrongly before, and what stands there since; of facts. */
  values?: { before: string; after: string };
  /** Statistics in which the notice counts: figures that are computed anew with it. */
  measures?: MeasureId[];
  /** When the wrong one was published. */
  wrongAt: Instant;
  correctedAt: Instant;
}

/** What is shown on a page that was wrong. */
export interface Clarification {
  /** Of the article that explains it. */
  id: string;
  title: string;
  summary: string;
  /** When it was put right. */
  at: Instant;
  /** The day on which what was wrong was published, as the clarification says it. */
  wrongOn: string | null;
}
