import type { PublishedNotice } from '../published-notice.ts';
import type { Stage } from '../stages.ts';
import { toAwards } from './awards.ts';
import { toAwardId } from './identifiers.ts';

/** Notices that say whom a contract was made with. */
export const CONTRACTING_STAGES = ['awardNotice', 'contractNotice'] as const satisfies readonly Stage[];

/** Does a notice about a contract leave open whom it was made with? Reports of performance often do. */
export const isAboutContractOfNobody = ({ stage, suppliers }: PublishedNotice): boolean =>
  isAboutContract(stage) && suppliers.length === 0;

const isAboutContract = (stage: Stage): boolean =>
  stage === 'contractNotice' || stage === 'performanceNotice' || stage === 'acceptanceNotice';

/**
 * The award that the contract of a notice follows from: by whoever the notice names, else by the contract notice with the
 * same code, the only contract or the only award of the process. `course` holds the process's notices of
 * `CONTRACTING_STAGES`. Undefined when that leaves a choice, and for notices about something else.
 */
export function findAwardId(notice: PublishedNotice, course: readonly PublishedNotice[]): string | undefined {
  if (!isAboutContract(notice.stage)) return undefined;
  if (!isAboutContractOfNobody(notice)) return toOwnAwardId(notice);
  const sameLot = course.filter(({ lotCode }) => !notice.lotCode || lotCode === notice.lotCode);
  const contracts = sameLot.filter((other) => other.stage === 'contractNotice' && other.suppliers.length > 0);
  const code = notice.facts.contractCode?.text;
  const ofCode = contracts.filter(({ facts }) => code !== undefined && facts.contractCode?.text === code);
  const awards = sameLot.flatMap((other) => toAwards(other, []) ?? []);
  return (
    onlyOne(ofCode.map(toOwnAwardId)) ?? onlyOne(contracts.map(toOwnAwardId)) ?? onlyOne(awards.map(({ id }) => id))
  );
}

const toOwnAwardId = ({ lotCode, suppliers }: PublishedNotice): string => toAwardId(lotCode ?? undefined, suppliers);

/** What all of them are; undefined when they differ or there are none. */
function onlyOne(ids: readonly string[]): string | undefined {
  const different = new Set(ids);
  return different.size === 1 ? ids[0] : undefined;
}
