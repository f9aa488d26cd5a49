import { assertNever } from '../exhaustive.ts';
import { addDays, type Instant } from '../time/time.ts';
import { listMaterialChanges, type MaterialContent } from './material-change.ts';

/** What subscribers are told of a notice. */
export const NEWS_LABELS = {
  created: '新公告',
  changed: '公告有变更',
  withdrawn: '公告已撤回',
  restored: '公告恢复公开',
} as const;

export type NewsKind = keyof typeof NEWS_LABELS;

/** How a version of a notice came about, as its announcement tells. */
export interface VersionEvent {
  reason: NewsKind;
  /** The announcement says that the notice is public no longer. */
  isRemoval: boolean;
  /** When the version was made. */
  madeAt: Instant;
  /** When it was announced. */
  announcedAt: Instant;
  /** The notice's own date. */
  publishedAt: Instant;
  /** When its source was read for the first time; null when that is not known. */
  sourceSince: Instant | null;
}

/** A notice found so long after its own date, and from before its source was read at all, fills in history: nobody is told. */
const LATE_DAYS = 7;

/**
 * What a version is to those who asked for such notices; undefined when it is nothing to tell: a reading of the same content anew, a
 * notice that a repeat of it replaces, history filled in, a change without substance. `compare` gives the version before and the
 * version itself, or undefined when either is not known here; it is asked for changes only.
 */
export function toNewsKind(
  event: VersionEvent,
  compare: () => [before: MaterialContent, after: MaterialContent] | undefined,
): NewsKind | undefined {
  const { reason, isRemoval, madeAt, announcedAt, publishedAt, sourceSince } = event;
  if (madeAt !== announcedAt || isRemoval !== (reason === 'withdrawn')) return undefined;
  switch (reason) {
    case 'created':
      return publishedAt < minOf(sourceSince, addDays(madeAt, -LATE_DAYS)) ? undefined : reason;
    case 'changed':
      return isSubstantial(compare()) ? reason : undefined;
    case 'withdrawn':
    case 'restored':
      return reason;
    default:
      return assertNever(reason);
  }
}

const minOf = (one: Instant | null, other: Instant): Instant => (one !== null && one < other ? one : other);

function isSubstantial(versions: [before: MaterialContent, after: MaterialContent] | undefined): boolean {
  return versions !== undefined && listMaterialChanges(...versions).length > 0;
}
