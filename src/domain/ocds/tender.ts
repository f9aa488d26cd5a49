import type { FactEntry } from '../facts/facts.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { type Stage, stageDefinition } from '../stages.ts';
import { toMoment } from '../time/moment.ts';
import { toReleaseId } from './identifiers.ts';
import { toMethod } from './method.ts';
import { toReference } from './parties.ts';
import type { Amendment, Lot, OcdsDocument, Planning, Tender } from './release.ts';
import { certainText, orAbsent, toDate, toEndDate, toValue } from './values.ts';

/** What a notice makes of the tender; the others leave it as it is. */
const STATUSES: Partial<Record<Stage, Tender['status']>> = {
  tenderPlan: 'planned',
  procurementIntention: 'planned',
  prequalificationNotice: 'active',
  tenderNotice: 'active',
  singleSourceNotice: 'active',
  resumptionNotice: 'active',
  awardNotice: 'complete',
  contractNotice: 'complete',
  failureNotice: 'unsuccessful',
  terminationNotice: 'cancelled',
};

/** What is planned: the documents of a plan belong here, not to the tender. */
export function toPlanning({ stage, amountFen, amountKind }: PublishedNotice, documents: OcdsDocument[]) {
  if (stageDefinition(stage).phase !== 'planning') return undefined;
  const value = amountKind === 'budget' ? toValue(amountFen) : undefined;
  return { budget: value && { amount: value }, documents } satisfies Planning;
}

/** The tender as far as a notice says something of it. `code` is the project's; `documents` are those that belong here. */
export function toTender(notice: PublishedNotice, code: string | null, documents: OcdsDocument[] | undefined): Tender {
  const { stage, facts, projectId, agency } = notice;
  const { phase } = stageDefinition(stage);
  const isTender = phase === 'tender' || phase === 'ended' || phase === 'opening' || phase === 'decision';
  const { instant, precision } = facts.clarificationDeadline ?? {};
  const closesEnquiry = toEndDate(toMoment(instant, precision));
  const closes = phase === 'tender' ? toEndDate(toMoment(notice.deadlineAt, notice.deadlinePrecision)) : undefined;
  return {
    id: code ?? projectId,
    title: certainText(facts.projectName) ?? (isTender || phase === 'planning' ? notice.title : undefined),
    // What becomes of one lot says nothing of the others.
    status: notice.lotCode ? undefined : STATUSES[stage],
    procuringEntity: agency ? toReference(agency) : undefined,
    value: toValue(facts.budget?.fen ?? facts.ceilingPrice?.fen),
    ...toMethod(facts, stage),
    tenderPeriod: closes ? { endDate: closes } : undefined,
    enquiryPeriod: closesEnquiry ? { endDate: closesEnquiry } : undefined,
    lots: orAbsent(toLots(notice)),
    documents,
    amendments: stage === 'correctionNotice' ? [toAmendment(notice)] : undefined,
  };
}

function toAmendment(notice: PublishedNotice): Amendment {
  return {
    id: notice.id,
    date: toDate(notice.publishedAt) ?? '',
    description: notice.title,
    releaseID: toReleaseId(notice),
  };
}

/** The lots that a notice lists, else the one that it is about. */
function toLots({ facts, lotCode }: PublishedNotice): Lot[] {
  const listed = listLotRows(facts.lots?.doubt ? undefined : facts.lots?.entries);
  if (listed.length > 0) return listed;
  return lotCode ? [{ id: lotCode, title: certainText(facts.lotName) }] : [];
}

function listLotRows(entries: readonly FactEntry[] = []): Lot[] {
  const lots = new Map<string, Lot>();
  for (const entry of entries) {
    const id = lotOf(entry);
    if (!id) continue;
    lots.set(id, { id, title: entry.lotName?.text, value: toValue(entry.budget?.fen ?? entry.ceilingPrice?.fen) });
  }
  return [...lots.values()];
}

/** The lot that a row is about. */
export const lotOf = (entry: FactEntry): string | undefined => entry.lotCode?.text ?? entry.lot?.text;
