import { STAGE_SLUGS } from '../stages.ts';
import type { Deal, DealNotice, Superseded } from './deal.ts';
import { lotsOf, type NamedLot } from './lots-of.ts';
import { isCallAnew, replayLot } from './replay-lot.ts';

/**
 * Number of the rules by which deals are derived, stored with every deal. Raised whenever the same notices would give another deal or
 * other marks, so that every deal is derived anew.
 */
export const DEAL_RULES = 3;

/**
 * The deal that notices of one project tell of, in whatever order they are given. The same notices give the same deal, byte for
 * byte: derived rows can be made again at any time.
 */
export function toDeal(notices: readonly DealNotice[]): Deal {
  const ordered = [...notices].sort(byCourse);
  const named = new Map(ordered.map((notice) => [notice.id, lotsOf(notice)]));
  const lots = listLots(ordered, named);
  const superseded: Superseded[] = [];
  const courses = lots.map(({ key, name }) => {
    const own = ordered.filter(({ id }) => isAbout(named.get(id) ?? [], key));
    const course = replayLot(key, key === '' ? null : name, own);
    superseded.push(...course.superseded);
    return course.lot;
  });
  return { lots: courses, superseded: unique(superseded) };
}

/** By the time of publication; on one day, in the order of a deal's life, a call anew last: it follows what failed that day. */
function byCourse(a: DealNotice, b: DealNotice): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? -1 : 1;
  const [one, other] = [a, b].map((notice) =>
    isCallAnew(notice) ? STAGE_SLUGS.length : STAGE_SLUGS.indexOf(notice.stage),
  ) as [number, number];
  return one - other || (a.id < b.id ? -1 : 1);
}

/** Every lot that any notice names, by number and letter; one without a name when there is none. */
function listLots(notices: readonly DealNotice[], named: ReadonlyMap<string, NamedLot[]>): NamedLot[] {
  const lots = new Map<string, string>();
  for (const { id } of notices)
    for (const { key, name } of named.get(id) ?? []) if (!lots.has(key)) lots.set(key, name);
  if (lots.size === 0) return [{ key: '', name: '' }];
  const order = (key: string) => (/^\d+$/.test(key) ? key.padStart(6, '0') : `x${key}`);
  return [...lots].map(([key, name]) => ({ key, name })).sort((a, b) => (order(a.key) < order(b.key) ? -1 : 1));
}

/** A notice that names no lot is about all of them. */
const isAbout = (lots: readonly NamedLot[], key: string): boolean =>
  lots.length === 0 || lots.some((lot) => lot.key === key);

/** A notice is superseded once by each that does: lots of one notice move together. */
function unique(superseded: readonly Superseded[]): Superseded[] {
  return [...new Map(superseded.map((entry) => [JSON.stringify(entry), entry])).values()];
}
