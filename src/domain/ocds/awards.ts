import { namesIn } from '../deals/lots-of.ts';
import { readRank } from '../deals/rank.ts';
import type { FactEntry } from '../facts/facts.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { stageDefinition } from '../stages.ts';
import { toAwardId, toBidId } from './identifiers.ts';
import { listBidders, toReference } from './parties.ts';
import type { Award, Bid, Contract, OcdsDocument } from './release.ts';
import { lotOf, toLotId } from './tender.ts';
import { orAbsent, toDate, toValue } from './values.ts';

/** Who bid, of openings and rankings. A ranked bid is valid; of an opened one nothing is known yet. */
export function toBids(notice: PublishedNotice): { details: Bid[] } | undefined {
  const bids = new Map<string, Bid>();
  for (const entry of listBidders(notice)) {
    const [lot, names] = [lotOf(entry) ?? toLotId(notice.lotCode), namesIn(entry)];
    const id = toBidId(lot, names.join('、'));
    const status = notice.stage === 'candidateNotice' ? 'valid' : 'pending';
    const value = toValue(entry.awardAmount?.fen);
    bids.set(id, { id, status, tenderers: names.map(toReference), value, relatedLots: lot ? [lot] : undefined });
  }
  return bids.size > 0 ? { details: [...bids.values()] } : undefined;
}

/** Awards: the first of a ranking awaits objections, a result stands. */
export function toAwards(notice: PublishedNotice, documents: OcdsDocument[]): Award[] | undefined {
  const { phase, effect } = stageDefinition(notice.stage);
  if (phase !== 'award') return undefined;
  const make = effect === 'proposes' ? toPendingAwards : toActiveAwards;
  return orAbsent(unique(make(notice, documents)));
}

function toPendingAwards(notice: PublishedNotice, documents: OcdsDocument[]): Award[] {
  const { candidates } = notice.facts;
  const first = candidates?.doubt ? [] : (candidates?.entries ?? []).filter(isFirst);
  return first.map((entry) => toAward(notice, 'pending', entry, documents));
}

/** A result that lists its lots makes an award each, another one for all that it names. */
function toActiveAwards(notice: PublishedNotice, documents: OcdsDocument[]): Award[] {
  const { facts, suppliers, lotCode, amountKind, amountFen } = notice;
  const rows = facts.lots?.doubt ? [] : (facts.lots?.entries ?? []).filter(({ supplier }) => supplier?.text);
  if (rows.length > 0) return rows.map((entry) => toAward(notice, 'active', entry, documents));
  if (suppliers.length === 0) return [];
  return [
    {
      id: toAwardId(toLotId(lotCode), suppliers),
      status: 'active',
      date: toDate(notice.publishedAt) ?? '',
      value: amountKind === 'award' ? toValue(amountFen) : undefined,
      suppliers: suppliers.map(toReference),
      relatedLots: relatedLots(lotCode),
      documents,
    },
  ];
}

function toAward(notice: PublishedNotice, status: Award['status'], entry: FactEntry, documents: OcdsDocument[]): Award {
  const names = namesIn(entry);
  const lot = lotOf(entry) ?? toLotId(notice.lotCode);
  return {
    id: toAwardId(lot, names),
    status,
    date: toDate(notice.publishedAt) ?? '',
    value: toValue(entry.awardAmount?.fen),
    suppliers: names.map(toReference),
    relatedLots: lot ? [lot] : undefined,
    documents,
  };
}

/** What a contract tells of the award it follows from, for an award that no notice tells of: who it went to. */
export function toImpliedAward({ suppliers, lotCode }: PublishedNotice, id: string): Award {
  return {
    id,
    status: 'active',
    suppliers: suppliers.map(toReference),
    relatedLots: relatedLots(lotCode),
  };
}

/** A contract that was made or is carried out, where the award it follows from is known: the standard wants it named. */
export function toContracts(
  notice: PublishedNotice,
  awardID: string | undefined,
  documents: OcdsDocument[],
): Contract[] | undefined {
  const { stage, facts, id } = notice;
  const isMade = stage === 'contractNotice';
  if (awardID === undefined) return undefined;
  return [
    {
      id: facts.contractCode?.text ?? id,
      awardID,
      status: 'active',
      value: toValue(facts.contractAmount?.fen),
      dateSigned: toDate(facts.contractDate?.instant),
      documents: isMade ? documents : undefined,
      implementation: isMade ? undefined : { documents },
    },
  ];
}

/** The lots of what a notice about one lot tells. */
function relatedLots(lotCode: string | null): string[] | undefined {
  const lot = toLotId(lotCode);
  return lot ? [lot] : undefined;
}

function isFirst({ rank, supplier }: FactEntry): boolean {
  return Boolean(supplier?.text) && readRank(rank?.text) === 1;
}

/** One supplier of one lot twice in a list is one award. */
function unique(awards: Award[]): Award[] {
  return [...new Map(awards.map((award) => [award.id, award])).values()];
}
