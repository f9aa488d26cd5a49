/** What adapters, pushes and forms hand over for publishing: read, and nothing interpreted. */
import type { Category } from '#src/domain/categories.ts';
import type { Blacklist, Board, RecordKind, SubjectType } from '#src/domain/exposures/registry.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';

/** What a feed's column (栏目) holds. `mixed`: the stage is told by the title only. */
export interface ColumnMapping {
  category: Category;
  stage: Stage | 'mixed';
}

/** What a column holds whose items are entries of the exposure board 曝光台 or the blacklist 黑名单, not notices. */
export interface ExposureColumn {
  board: Board;
  kind: RecordKind;
  /** The list that all entries of a blacklist column stand on. */
  list?: Blacklist | undefined;
  /** Whom the entries are about where neither the feed nor the violated articles say. */
  subjectType?: SubjectType | undefined;
}

/** A time as a feed gave it. `raw` is kept; nothing is parsed until the pipeline normalises it. */
export interface RawTime {
  raw: string;
  /** Which of the feed's times this is, e.g. `webdate`. */
  field: string;
}

export interface DraftAttachment {
  name: string;
  /** Absolute http(s) address. */
  url: string;
}

/** One notice as an adapter read it: text cleaned of markup, nothing interpreted. */
export interface NoticeDraft {
  /** The source's own id in its most stable raw form (suffixes like `_001` stripped). */
  sourceItemId: string;
  /** Further ids under which the source names the same item. */
  aliases?: string[];
  column: { code: string; label?: string };
  /** What the column map of the settings says; undefined when the column is not mapped. */
  mapping?: ColumnMapping;
  /** Set when the column holds entries of the exposure board or the blacklist; there is no mapping then. */
  exposure?: ExposureColumn | undefined;
  /** Full title without tags, entities, badges and prefixes. */
  title: string;
  /** The title as the feed gave it. */
  rawTitle: string;
  published: RawTime;
  /** Last change according to the feed. */
  modified?: RawTime;
  /** District or platform text as the feed gave it. */
  countyText?: string;
  /** Whoever sent it speaks for one county only: no word in it makes it another's. */
  ownCounty?: boolean;
  /** The notice's page at the source. */
  url?: string;
  /** The notice's page at the site it was reposted from. */
  originUrl?: string;
  /** Raw body, hostile. Undefined until the detail was read. */
  bodyHtml?: string;
  attachments: DraftAttachment[];
  projectCode?: string;
  lotCode?: string;
  /** Facts given as labelled values by the feed (`预算金额` → `￥56.980000 万元（人民币）`). */
  fields: Record<string, string>;
  /**
   * Facts that whoever wrote the notice gave as such: they count as given, with the stage that was chosen, and nothing is read out of the
   * words of title and body.
   */
  facts?: Facts;
  /** Withdrawn by the source itself (a tombstone), never a mere absence. */
  withdrawn?: boolean;
  /** Everything not mapped, for audit; left out of the content hash (counters and badges belong here). */
  extra: Record<string, unknown>;
}
