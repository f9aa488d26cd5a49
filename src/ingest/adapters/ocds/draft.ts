import type { Category } from '#src/domain/categories.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import { type Stage, stageDefinition, stagesOf } from '#src/domain/stages.ts';
import { requireText } from '#src/formats/fields.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { cleanTitle } from '#src/formats/text.ts';
import type { ColumnMapping, DraftAttachment, NoticeDraft } from '#src/publish/draft.ts';
import { bodyOf } from './body.ts';
import { fieldsOf } from './fields.ts';
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
function leadingTag({ tag }: Release): string {
  return tag.reduce((best, other) => (ORDER.indexOf(other) > ORDER.indexOf(best) ? other : best), tag[0] ?? '');
}

/** What a release is; undefined for a kind or a tag that nobody has mapped. */
function mappingOf(release: Release, category: Category | undefined): ColumnMapping | undefined {
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

/** A release as a notice. @throws FeedFormatError when nothing in it can serve as a title */
export function toDraft(release: Release, categories: Readonly<Record<string, Category>>): NoticeDraft {
  const kind = release.tender?.mainProcurementCategory || 'none';
  const tag = leadingTag(release);
  const mapping = mappingOf(release, categories[kind]);
  const rawTitle = requireText(titleOf(release, tag), '标题');
  const fields = fieldsOf(release);
  return {
    sourceItemId: `${release.ocid}/${release.id}`,
    column: { code: `${kind}/${tag}` },
    mapping,
    title: asStage(cleanTitle(rawTitle), mapping),
    rawTitle,
    published: { raw: release.date, field: 'date' },
    countyText: placeOf(release),
    url: noticePage(release, tag),
    bodyHtml: bodyOf(release, fields),
    attachments: attachmentsOf(release),
    projectCode: projectCodeOf(release),
    fields,
    extra: {
      ocid: release.ocid,
      tags: release.tag,
      initiationType: release.initiationType,
      language: release.language,
    },
  };
}

/** The title of what the tag is about when there is just one, else the tender's. */
function titleOf({ tender, planning, awards, contracts }: Release, tag: string): string | undefined {
  const own = /^contract|^implementation/.test(tag) ? present(contracts) : /^award/.test(tag) ? present(awards) : [];
  const title = own.length === 1 ? own[0]?.title : undefined;
  return (
    title || tender?.title || planning?.budget?.project || present(awards)[0]?.title || present(contracts)[0]?.title
  );
}

/** Amended tenders keep their first title (`…招标公告`), which would make them the first notice again: the change is named. */
function asStage(title: string, mapping: ColumnMapping | undefined): string {
  if (mapping?.stage !== 'correctionNotice') return title;
  const named = stageFromTitle(title, mapping.category);
  return named && stageDefinition(named).effect === 'calls' ? `${title}（更正）` : title;
}

/** Where the buyer sits. */
function placeOf({ parties }: Release): string | undefined {
  const buyer = present(parties).find(({ roles }) => roles.includes('buyer') || roles.includes('procuringEntity'));
  return buyer?.address?.locality || buyer?.address?.region || undefined;
}

/** The tender's own code, by which other sites name the project; a code made from the ocid only says what the ocid does. */
function projectCodeOf({ ocid, tender }: Release): string {
  return tender?.id && !tender.id.startsWith(ocid) ? tender.id : ocid;
}

type Documents = NonNullable<Release['tender']>['documents'];

function documentsOf({ planning, tender, awards, contracts }: Release) {
  const read = (documents: Documents | undefined) => present(documents);
  return {
    tender: [...read(planning?.documents), ...read(tender?.documents)],
    award: present(awards).flatMap(({ documents }) => read(documents)),
    contract: present(contracts).flatMap(({ documents, implementation }) => [
      ...read(documents),
      ...read(implementation?.documents),
    ]),
  };
}

/** The page of the notice itself: a web page that the release calls a notice. */
function noticePage(release: Release, tag: string): string | undefined {
  const { tender, award, contract } = documentsOf(release);
  const own = /^contract|^implementation/.test(tag) ? contract : /^award/.test(tag) ? award : tender;
  const page = own.find(({ documentType = '', format = '' }) => /notice$/i.test(documentType) && /html/i.test(format));
  return toAbsoluteUrl(page?.url ?? '');
}

function attachmentsOf(release: Release): DraftAttachment[] {
  const found = new Map<string, DraftAttachment>();
  for (const { url = '', title, description, documentType } of Object.values(documentsOf(release)).flat()) {
    const address = toAbsoluteUrl(url);
    if (address && !found.has(address))
      found.set(address, { name: title || description || documentType || '附件', url: address });
  }
  return [...found.values()];
}
