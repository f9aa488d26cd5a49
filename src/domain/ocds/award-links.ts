import type { PublishedNotice } from '../notices/published-notice.ts';
import { purchaseStages, type Stage } from '../stages.ts';
import { toAwards } from './awards.ts';
import { toAwardId, toPartyId } from './identifiers.ts';
import type { Award } from './release.ts';
import { toLotId } from './tender.ts';

/** Notices that say whom a contract was made with. */
export const CONTRACTING_STAGES: readonly Stage[] = purchaseStages('award', 'contract');
const ABOUT_CONTRACTS = purchaseStages('contract', 'performance');

/** Is a notice about a contract, which names the award it follows from? */
export const isAboutContract = ({ stage }: PublishedNotice): boolean => ABOUT_CONTRACTS.includes(stage);

/** The award that a contract follows from. */
export interface AwardLink {
  id: string;
  /** Does a release of another notice give the award? */
  isGiven: boolean;
}

/**
 * The award that the contract of a notice follows from: its own by lot and suppliers, else the only one to the same
 * suppliers, as contract notices often leave out the lot. A notice that names nobody, as reports of performance do, is
 * about the contract with the same code, else the only contract, else the only award. `course` holds the process's
 * notices of `CONTRACTING_STAGES`. Undefined when that leaves a choice, and for notices about something else.
 */
export function findAward(notice: PublishedNotice, course: readonly PublishedNotice[]): AwardLink | undefined {
  if (!isAboutContract(notice)) return undefined;
  const awards = course.flatMap((other) => toAwards(other, []) ?? []);
  if (notice.suppliers.length > 0) return findAwardToNamed(notice, awards);
  const id = findAwardToUnnamed(notice, course, awards);
  return id === undefined ? undefined : { id, isGiven: true };
}

function findAwardToNamed({ lotCode, suppliers }: PublishedNotice, awards: readonly Award[]): AwardLink {
  const own = toAwardId(toLotId(lotCode), suppliers);
  if (awards.some(({ id }) => id === own)) return { id: own, isGiven: true };
  const named = toKey(suppliers.map(toPartyId));
  const only = onlyAward(awards.filter((award) => toKey(award.suppliers.map(({ id }) => id)) === named));
  return only === undefined ? { id: own, isGiven: false } : { id: only, isGiven: true };
}

function findAwardToUnnamed(
  { facts, lotCode }: PublishedNotice,
  course: readonly PublishedNotice[],
  awards: readonly Award[],
): string | undefined {
  const lot = toLotId(lotCode);
  const contracts = course.filter(
    (other) =>
      other.stage === 'contractNotice' && other.suppliers.length > 0 && (!lot || toLotId(other.lotCode) === lot),
  );
  const code = facts.contractCode?.text;
  const ofCode = contracts.filter((other) => code !== undefined && other.facts.contractCode?.text === code);
  const ofLot = awards.filter(({ relatedLots }) => !lot || relatedLots?.includes(lot));
  const toAward = (contract: PublishedNotice) => findAwardToNamed(contract, awards).id;
  return onlyOne(ofCode.map(toAward)) ?? onlyOne(contracts.map(toAward)) ?? onlyAward(ofLot);
}

const toKey = (ids: readonly string[]): string => [...ids].sort().join();

/** The only award that stands, else the only one that awaits objections. */
function onlyAward(awards: readonly Award[]): string | undefined {
  const standing = awards.filter(({ status }) => status === 'active');
  return onlyOne((standing.length > 0 ? standing : awards).map(({ id }) => id));
}

/** What all of them are; undefined when they differ or there are none. */
function onlyOne(ids: readonly string[]): string | undefined {
  return new Set(ids).size === 1 ? ids[0] : undefined;
}
