import { CATEGORY_SLUGS, type Category, isPurchase } from '../categories.ts';
import type { DealState } from '../deals/deal.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { stageDefinition } from '../stages.ts';
import { findAward } from './award-links.ts';
import { toAwards, toBids, toContracts, toImpliedAward } from './awards.ts';
import { toDocuments } from './documents.ts';
import { type OcdsSite, toOcid, toReleaseId } from './identifiers.ts';
import { toParties, toReference } from './parties.ts';
import { RELEASE_TAGS, type Release, type ReleaseTag } from './release.ts';
import { toPlanning, toTender } from './tender.ts';
import { orAbsent, toDate } from './values.ts';

/** The categories in which something is bought; sales of public assets are not modelled by OCDS. */
export const OCDS_CATEGORIES: ReadonlySet<Category> = new Set(CATEGORY_SLUGS.filter(isPurchase));

/** What a release says that its notice alone does not. */
export interface ProcessContext {
  /** Code of the project. */
  code: string | null;
  /** What the process's notices up to this one made of it; null where none tells. */
  state: DealState | null;
  /** The process's notices of `CONTRACTING_STAGES`; needed only where the notice is about a contract. */
  course: readonly PublishedNotice[];
}

/** The current version of a notice as a release. Its documents stand with the tender when nothing later has a place for them. */
export function toRelease(notice: PublishedNotice, { code, state, course }: ProcessContext, site: OcdsSite): Release {
  const documents = toDocuments(notice, site.url);
  const planning = toPlanning(notice, documents);
  const award = findAward(notice, course);
  const awards = award && !award.isGiven ? [toImpliedAward(notice, award.id)] : toAwards(notice, documents);
  const contracts = toContracts(notice, award?.id, documents);
  return {
    ocid: toOcid(site.prefix, notice.projectId),
    id: toReleaseId(notice),
    date: toDate(notice.publishedAt) ?? '',
    tag: [toTag(notice)],
    initiationType: 'tender',
    language: 'zh',
    parties: orAbsent(toParties(notice, site.url)),
    buyer: notice.buyer ? toReference(notice.buyer) : undefined,
    planning,
    tender: toTender(notice, { code, state }, planning || awards || contracts ? undefined : documents),
    bids: toBids(notice),
    awards,
    contracts,
  };
}

/** The tag of the stage; from the second version on the one that says so, where there is one. */
function toTag({ stage, version }: PublishedNotice): ReleaseTag {
  const { tag } = stageDefinition(stage);
  const tags = version > 1 ? [`${tag}Update`, tag] : [tag];
  const found = tags.map((one) => RELEASE_TAGS.find((known) => known === one)).find(Boolean);
  if (!found) throw new Error(`${stage} is no stage of a procurement`);
  return found;
}
