import type { Actor } from '../actors.ts';
import type { Instant } from '../time/time.ts';
import type { ExposureContent } from './content.ts';

type Demanded = 'subjectName' | 'decisionNo' | 'authority' | 'decisionDate' | 'grade';

/**
 * What a record says that is no entry yet: null where the source does not say what an entry must say. It is never public, is
 * matched with nobody and restricts nobody.
 */
export type IncompleteExposure = Omit<ExposureContent, 'id' | Demanded> & {
  [Key in Demanded]: ExposureContent[Key] | null;
};

/** What staff found out about an incomplete record. */
export interface Supplement {
  /** Labels with their values, as a feed would have given them. */
  fields: Record<string, string>;
  /** Document or ground, in words. */
  basis: string;
  at: Instant;
  /** Absent from what was added before actors were noted. */
  by?: Actor;
}
