import type { Category } from '../categories.ts';
import type { Deal, DealLot, DealNotice, DealState, LotRound } from '../deals/deal.ts';
import { lotKey } from '../deals/lot-key.ts';
import { type LotMoney, listMoney } from '../deals/lot-money.ts';
import { lotNameOf, rowsOf } from '../deals/lots-of.ts';
import type { FactEntry, FactKey, FactValue } from '../facts/facts.ts';
import { STAGE_SLUGS, stageDefinition } from '../stages.ts';
import type { Instant } from '../time/time.ts';
import { readFloorArea } from './floor-area.ts';

/** What a project's notices say, as far as statistics look at it. */
export interface StatisticNotice extends DealNotice {
  tenderers: string[];
  buyer: string | null;
  agency: string | null;
  /** Plain text of the body, of notices of construction that call; null elsewhere. */
  body: string | null;
}

export interface StatisticProject {
  category: Category;
  title: string;
  deal: Deal;
  /** Public notices of the project. */
  notices: readonly StatisticNotice[];
}

/** How a lot ended; null while it has not. A lot that was called anew counts once, with its last round. */
export type LotEnd = 'awarded' | 'failed' | 'terminated';

/** One lot of a project with all that measures ask of it; what is doubtful or not published is null. */
export interface LotOutcome {
  category: Category;
  /** `lotKey`; '' where the project is not divided. */
  key: string;
  /** Project and lot in words. */
  title: string;
  end: LotEnd | null;
  /** When it ended, by the notice that says so. */
  endedAt: Instant | null;
  /** Publication of the call of the last round. */
  calledAt: Instant | null;
  deadlineAt: Instant | null;
  publicityEndsAt: Instant | null;
  rankedAt: Instant | null;
  signedAt: Instant | null;
  contractPublishedAt: Instant | null;
  method: string | null;
  money: LotMoney;
  /** Certain area of the parcel in m². */
  landArea: number | null;
  landUse: string | null;
  plotRatio: string | null;
  appraised: FactValue | null;
  /** 建筑面积 in m², where its call tells one. */
  floorArea: number | null;
  /** Bidders of the record of the opening; null where none is published. */
  bidders: number | null;
  corrections: { at: Instant }[];
  winners: string[];
  winnerCode: string | null;
  buyer: string | null;
  agency: string | null;
}

const ENDS: Partial<Record<DealState, LotEnd>> = {
  awarded: 'awarded',
  contracted: 'awarded',
  performed: 'awarded',
  failed: 'failed',
  terminated: 'terminated',
};

/** Every lot of a project that was called or ended, each once. The same notices give the same lots, in the same order. */
export function listLotOutcomes({ category, title, deal, notices }: StatisticProject): LotOutcome[] {
  const ordered = [...notices].sort(byCourse);
  const money = new Map(listMoney(deal.lots, ordered).map((row) => [row.key, row]));
  const isDivided = deal.lots.length > 1;
  return deal.lots.flatMap((lot) => {
    const round = lot.rounds.at(-1);
    const own = money.get(lot.key);
    if (!round || !own) return [];
    return [toOutcome({ category, title, isDivided }, lot, round, ordered, own)];
  });
}

interface Whole {
  category: Category;
  title: string;
  isDivided: boolean;
}

function toOutcome(
  whole: Whole,
  lot: DealLot,
  round: LotRound,
  all: readonly StatisticNotice[],
  money: LotMoney,
): LotOutcome {
  const ids = new Set(round.noticeIds);
  const notices = all.filter(({ id }) => ids.has(id));
  const standing = round.standings.findLast(({ state }) => state in ENDS);
  const end = (round.standings.at(-1) && ENDS[round.standings.at(-1)?.state ?? 'open']) ?? null;
  const published = (id: string | undefined) => notices.find((notice) => notice.id === id)?.publishedAt ?? null;
  const call = notices.find(({ stage }) => stageDefinition(stage).effect === 'calls');
  const said = (key: FactKey & keyof FactEntry) => factOf(notices, lot.key, whole.isDivided, key);
  const awarded = round.award?.rows.length === 1 ? round.award.rows[0] : undefined;
  const awardNotice = notices.find(({ id }) => id === round.award?.noticeId);
  return {
    category: whole.category,
    key: lot.key,
    title: lot.name === null ? whole.title : `${whole.title} ${lot.name}`,
    end,
    endedAt:
      end === null
        ? null
        : end === 'awarded'
          ? (published(round.award?.noticeId) ?? standing?.since ?? null)
          : (standing?.since ?? null),
    calledAt: call?.publishedAt ?? null,
    deadlineAt: round.deadline?.at ?? null,
    publicityEndsAt: round.publicityEndsAt,
    rankedAt: round.standings.findLast(({ state }) => state === 'publicity')?.since ?? null,
    signedAt: round.signedAt,
    contractPublishedAt: notices.find(({ stage }) => stage === 'contractNotice')?.publishedAt ?? null,
    method: said('procurementMethod')?.text ?? null,
    money,
    landArea: said('landArea')?.squareMetres ?? null,
    landUse: said('landUse')?.text ?? null,
    plotRatio: said('plotRatio')?.text ?? null,
    appraised: said('appraisedValue'),
    floorArea: whole.isDivided ? null : readFloorArea(notices.map(({ body }) => body)),
    bidders: countBidders(round, notices, whole.isDivided),
    corrections: notices.filter(isCorrection).map(({ publishedAt }) => ({ at: publishedAt })),
    winners: money.awards.at(-1)?.suppliers ?? [],
    winnerCode:
      certain(awarded?.supplierCode)?.text ??
      (whole.isDivided ? null : (certain(awardNotice?.facts.supplierCode)?.text ?? null)),
    buyer: all.find(({ buyer }) => buyer !== null)?.buyer ?? null,
    agency: all.find(({ agency }) => agency !== null)?.agency ?? null,
  };
}

const isCorrection = ({ stage }: StatisticNotice): boolean =>
  ['corrects', 'amends'].includes(stageDefinition(stage).effect);

/** A fact is only what nobody doubts. */
export const certain = (fact: FactValue | undefined | null): FactValue | null => (fact && !fact.doubt ? fact : null);

/** What the notices say of a lot last: in its own row, else, where the project is one lot, as a whole. */
function factOf(
  notices: readonly StatisticNotice[],
  key: string,
  isDivided: boolean,
  fact: FactKey & keyof FactEntry,
): FactValue | null {
  for (const notice of [...notices].reverse()) {
    const rows = [...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')];
    const row = rows.length === 1 && !isDivided ? rows[0] : rows.find((each) => lotKey(lotNameOf(each) ?? '') === key);
    const found = certain(row?.[fact]) ?? (isDivided && rows.length !== 0 ? null : certain(notice.facts[fact]));
    if (found) return found;
  }
  return null;
}

/** Names in the record of the opening, each once; of a divided deal only what stands with the lot. */
function countBidders(round: LotRound, notices: readonly StatisticNotice[], isDivided: boolean): number | null {
  const listed = new Set(round.bids.flatMap(({ supplier }) => (supplier?.text ? [supplier.text] : [])));
  if (listed.size > 0) return listed.size;
  if (isDivided) return null;
  const opening = notices.findLast(({ stage, tenderers }) => stage === 'openingRecord' && tenderers.length > 0);
  return opening ? new Set(opening.tenderers).size : null;
}

/** By publication; on one day in the order of a deal's life. */
function byCourse(a: StatisticNotice, b: StatisticNotice): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? -1 : 1;
  return STAGE_SLUGS.indexOf(a.stage) - STAGE_SLUGS.indexOf(b.stage) || (a.id < b.id ? -1 : 1);
}
