import type { DealState } from '../deals/deal.ts';
import { lotKey } from '../deals/lot-key.ts';
import { lotNameOf } from '../deals/lots-of.ts';
import type { FactEntry, Facts } from '../facts/facts.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { type Stage, type StagePhase, stageDefinition } from '../stages.ts';
import { toMoment } from '../time/moment.ts';
import { toReleaseId } from './identifiers.ts';
import { toReference } from './parties.ts';
import type { Amendment, Lot, OcdsDocument, Planning, ProcurementMethod, Tender } from './release.ts';
import { certainText, orAbsent, toDate, toEndDate, toValue } from './values.ts';

/** Chinese methods under the standard's codes; whoever negotiates or inquires after a public notice lets everyone in. */
const METHODS: readonly [word: RegExp, method: ProcurementMethod][] = [
  [/单一来源|直接(?:发包|采购)/, 'direct'],
  [/邀请/, 'limited'],
  [/公开|谈判|磋商|询价|询比|竞价/, 'open'],
];

/** How the supplier is chosen: the code, and the source's own words. */
function toMethod(facts: Facts, stage: Stage) {
  const words = certainText(facts.procurementMethod);
  const code = METHODS.find(([word]) => word.test(words ?? ''))?.[1];
  return {
    procurementMethod: code ?? (stage === 'singleSourceNotice' ? ('direct' as const) : undefined),
    procurementMethodDetails: words,
  };
}

/**
 * What the states of a deal are in the standard's words. It has none for a pause: null takes the status away, by the standard's merging
 * rules, as nobody may take a suspended tender for an open one.
 */
const STATUSES: Record<DealState, Tender['status'] | null> = {
  planned: 'planned',
  open: 'active',
  closed: 'active',
  suspended: null,
  publicity: 'active',
  awarded: 'complete',
  contracted: 'complete',
  performed: 'complete',
  failed: 'unsuccessful',
  terminated: 'cancelled',
};

/** Notices whose title is the tender's. */
const NAMES_TENDER: Record<StagePhase, boolean> = {
  planning: true,
  tender: true,
  opening: true,
  award: false,
  contract: false,
  performance: false,
  ended: true,
  decision: true,
};

/** What is planned: the documents of a plan belong here, not to the tender. */
export function toPlanning({ stage, amountFen, amountKind }: PublishedNotice, documents: OcdsDocument[]) {
  if (stageDefinition(stage).phase !== 'planning') return undefined;
  const value = amountKind === 'budget' ? toValue(amountFen) : undefined;
  return { budget: value && { amount: value }, documents } satisfies Planning;
}

/**
 * The tender as far as a notice says something of it. `code` is the project's, `state` what its notices up to this one made of it;
 * `documents` are those that belong here.
 */
export function toTender(
  notice: PublishedNotice,
  { code, state }: { code: string | null; state: DealState | null },
  documents: OcdsDocument[] | undefined,
): Tender {
  const { stage, facts, projectId, agency } = notice;
  const { phase } = stageDefinition(stage);
  const { instant, precision } = facts.clarificationDeadline ?? {};
  const closesEnquiry = toEndDate(toMoment(instant, precision));
  const closes = phase === 'tender' ? toEndDate(toMoment(notice.deadlineAt, notice.deadlinePrecision)) : undefined;
  return {
    id: code ?? projectId,
    title: certainText(facts.projectName) ?? (NAMES_TENDER[phase] ? notice.title : undefined),
    status: state ? STATUSES[state] : undefined,
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
  const id = toLotId(lotCode);
  return id ? [{ id, title: certainText(facts.lotName) }] : [];
}

function listLotRows(entries: readonly FactEntry[] = []): Lot[] {
  const lots = new Map<string, Lot>();
  for (const entry of entries) {
    const id = lotOf(entry);
    if (!id) continue;
    lots.set(id, {
      id,
      title: entry.lotName?.text ?? lotNameOf(entry),
      value: toValue(entry.budget?.fen ?? entry.ceilingPrice?.fen),
    });
  }
  return [...lots.values()];
}

/** The lot that a row is about: one identifier for all ways in which notices write it, else awards would lead to no lot. */
export const lotOf = (entry: FactEntry): string | undefined => toLotId(lotNameOf(entry));

/** The identifier of a lot by its name or code. */
export const toLotId = (name: string | null | undefined): string | undefined => (name ? lotKey(name) : undefined);
