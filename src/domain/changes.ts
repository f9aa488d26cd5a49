import type { Actor } from './actors.ts';
import type { Instant } from './time/time.ts';

/**
 * What is public for its own sake, and what may happen to it. Each subject has a sequence of its own. What is derived (projects,
 * pages of organizations, indexes) changes with what it is derived from and is no subject.
 */
export const CHANGE_KINDS = {
  /** A notice: public as it is, or public no longer. */
  notice: ['upsert', 'remove'],
  /** An entry of the exposure board or the blacklist: written, or a date has begun or ended something. */
  exposure: ['upsert', 'date'],
  /** An entry of the company library. */
  library: ['upsert', 'remove'],
  /** What staff decided about an organization. */
  organization: ['merge', 'split', 'rename', 'undo'],
  /** An article: public as it is, or public no longer. */
  article: ['upsert', 'remove'],
} as const;

export type ChangeSubject = keyof typeof CHANGE_KINDS;
export const CHANGE_SUBJECTS = Object.keys(CHANGE_KINDS) as [ChangeSubject, ...ChangeSubject[]];
/** Every kind, whatever it is of. */
export const ALL_CHANGE_KINDS = [...new Set(Object.values(CHANGE_KINDS).flat())] as [ChangeKind, ...ChangeKind[]];

/** What other portals follow, by the values of the parameter `of`. */
export const FOLLOWED = ['notices', 'exposures', 'library'] as const;
export type Followed = (typeof FOLLOWED)[number];

export type ChangeKind<Subject extends ChangeSubject = ChangeSubject> = (typeof CHANGE_KINDS)[Subject][number];

/** By whom and when something is written. */
export interface WriteContext {
  actor: Actor;
  now: Instant;
}

/** Something that happened to a public subject. */
export type ChangeEvent = {
  [Subject in ChangeSubject]: {
    subject: Subject;
    id: string;
    /** Version of the subject from then on; null for those that have none. */
    version: Subject extends 'notice' | 'exposure' | 'article' ? number : null;
    kind: ChangeKind<Subject>;
  };
}[ChangeSubject];

/** That something was removed by law, for whoever has copied it: the copies must go as well. */
export interface Removal {
  /** The legal ground, in words that may be read in public. */
  reason: string;
  at: Instant;
}
