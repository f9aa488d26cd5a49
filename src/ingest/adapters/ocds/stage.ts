import type { Category } from '#src/domain/categories.ts';
import { type Stage, stagesOf } from '#src/domain/stages.ts';
import type { ColumnMapping } from '#src/publish/draft.ts';
import { present, type Release } from './release.ts';

/** Stages of the release tags of OCDS 1.1, in the order of a deal's life; the first that the category has counts. */
const TAGS: Record<string, readonly Stage[]> = {
  planning: ['tenderPlan', 'procurementIntention'],
  planningUpdate: ['tenderPlan', 'procurementIntention'],
  tender: ['tenderNotice'],
  tenderUpdate: ['correctionNotice'],
  tenderAmendment: ['correctionNotice'],
  tenderCancellation: ['terminationNotice'],
  award: ['awardNotice'],
  awardUpdate: ['awardNotice'],
  contract: ['contractNotice'],
  contractUpdate: ['performanceNotice'],
  contractAmendment: ['performanceNotice'],
  implementation: ['performanceNotice'],
  implementationUpdate: ['performanceNotice'],
  contractTermination: ['performanceNotice'],
};
const ORDER = Object.keys(TAGS);

/** The tag that tells what is new in a release: of several, the one furthest in the deal's life; unknown ones only by themselves. */
export function leadingTag({ tag }: Release): string {
  return tag.reduce((best, other) => (ORDER.indexOf(other) > ORDER.indexOf(best) ? other : best), tag[0] ?? '');
}

/** What a release is; undefined for a kind or a tag that nobody has mapped. */
export function mappingOf(release: Release, category: Category | undefined): ColumnMapping | undefined {
  if (!category) return undefined;
  const allowed = stagesOf(category);
  const tag = leadingTag(release);
  const stage = TAGS[tag]?.find((each) => allowed.includes(each));
  if (!stage) return undefined;
  const isProposed = stage === 'awardNotice' && isPending(release) && allowed.includes('candidateNotice');
  return { category, stage: isProposed ? 'candidateNotice' : stage };
}

/** Awards that are all proposed and none decided are candidates. */
function isPending({ awards }: Release): boolean {
  const given = present(awards);
  return given.length > 0 && given.every(({ status }) => status === 'pending');
}
