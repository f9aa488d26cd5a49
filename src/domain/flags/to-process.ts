import type { WorkingCalendar } from '../calendar/working-days.ts';
import { type Category, isPurchase } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { Deal, DealLot, LotRound } from '../deals/deal.ts';
import { EFFECTS } from '../deals/effects.ts';
import { type LotMoney, listMoney, type MoneyCell } from '../deals/lot-money.ts';
import { namesIn } from '../deals/lots-of.ts';
import type { FactValue } from '../facts/facts.ts';
import { stableId } from '../identifiers/ids.ts';
import type { Fen } from '../money/money.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { type ComplianceCheck, listComplianceChecks } from '../projects/compliance.ts';
import { type LimitCheck, type TimeLimitId, verifyLimit } from '../projects/time-limits.ts';
import { endOf, within } from '../time/moment.ts';
import { findMoments } from '../time/moment-text/find.ts';
import { addDays, calendarDaysBetween, formatDate, type Instant } from '../time/time.ts';
import type { Bidder, Method, Process, ProcessBid } from './process.ts';

/** A project with what its public notices tell, oldest first. */
export interface Course {
  projectId: string;
  category: Category;
  county: County;
  deal: Deal;
  notices: readonly PublishedNotice[];
}

/** What is asked from outside of the notices. */
export interface Surroundings {
  calendar: WorkingCalendar;
  /** Ids of the entries by which whoever has a code was forbidden to take part on a day (`YYYY-MM-DD`). */
  bansOn(uscc: string, day: string): string[];
}

const SUBMISSION: readonly TimeLimitId[] = ['C-03', 'G-04', 'G-08', 'G-09'];
const CHANGE: readonly TimeLimitId[] = ['C-04', 'G-05'];
const PUBLICITY: readonly TimeLimitId[] = ['C-07', 'G-11', 'G-13'];

/** The lots of a purchase, each with its last call; none of a sale. */
export function toProcesses(course: Course, surroundings: Surroundings): Process[] {
  const { category, deal, notices } = course;
  if (!isPurchase(category)) return [];
  const checks = listComplianceChecks(category, notices, deal, surroundings.calendar);
  const money = new Map(listMoney(deal.lots, notices).map((row) => [row.key, row]));
  return deal.lots.flatMap((lot) => {
    const round = lot.rounds.at(-1);
    const own = money.get(lot.key);
    if (!round || !own) return [];
    const about = checks.filter(
      ({ round: number, lots }) =>
        number === round.number && (lots.length === 0 || (lot.name !== null && lots.includes(lot.name))),
    );
    return [toProcess(course, lot, round, about, own, surroundings)];
  });
}

function toProcess(
  course: Course,
  lot: DealLot,
  round: LotRound,
  checks: readonly ComplianceCheck[],
  money: LotMoney,
  surroundings: Surroundings,
): Process {
  const { projectId, category, county } = course;
  const notices = course.notices.filter(({ id }) => round.noticeIds.includes(id));
  const call = notices.find(({ stage }) => EFFECTS[stage] === 'call');
  const bidders = new Bidders(course.notices);
  const find = (rules: readonly TimeLimitId[]) => checks.filter(({ rule }) => rules.includes(rule)).map(toCheck);
  const closing = round.deadline && within(round.deadline);
  const result = firstResult(round);
  const awardedAt = round.award && money.awards.length > 0 ? noticeDate(notices, round.award.noticeId) : null;
  const awardedOn = awardedAt && formatDate(awardedAt);
  return {
    projectId,
    lot: lot.key,
    lotName: lot.name,
    category,
    county,
    month: formatDate(awardedAt ?? closing ?? notices[0]?.publishedAt ?? '').slice(0, 7),
    buyer: bidders.organization('buyer'),
    agency: bidders.organization('agency'),
    method: methodOf(notices),
    hasSingleSourceNotice: course.notices.some(({ stage }) => stage === 'singleSourceNotice'),
    round: round.number,
    failedRounds: lot.rounds.slice(0, -1).filter(({ standings }) => standings.at(-1)?.state === 'failed').length,
    isAwarded: awardedOn !== null,
    submission: find(SUBMISSION)[0] ?? null,
    submissionDays: call && closing ? calendarDaysBetween(call.publishedAt, closing) : null,
    access: call ? accessOf(category, call, surroundings.calendar) : null,
    change: changeOf(round, notices, find(CHANGE)[0]),
    hasCall: call !== undefined,
    hasDeadline: closing !== null,
    publicity: find(PUBLICITY),
    decisionDays: closing && result ? calendarDaysBetween(closing, result) : null,
    ceilingFen: sureFen(money.ceiling?.price ?? null),
    awardFen: money.awards.length === 1 ? sureFen(money.awards[0]?.price ?? null) : null,
    winners: money.awards.map((cell) => bidders.of(cell.suppliers)),
    awardedOn,
    ...bidsOf(round, bidders),
    contract: contractOf(money.contract, bidders),
    supplements: money.changes.flatMap(({ price }) => sureFen(price) ?? []),
    bans: awardedOn === null ? null : bansOf(money.awards, bidders, awardedOn, surroundings),
  };
}

/** Of a check what an outcome needs: not its note, which is for the page of the project. */
const toCheck = ({ rule, state, actual, text }: ComplianceCheck): LimitCheck => ({ rule, state, actual, text });

const noticeDate = (notices: readonly PublishedNotice[], id: string): Instant | null =>
  notices.find((notice) => notice.id === id)?.publishedAt ?? null;

/** When who may win was first made public. */
const firstResult = ({ standings }: LotRound): Instant | undefined =>
  standings.find(({ state }) => state === 'publicity' || state === 'awarded')?.since;

/** A certain sum: no rate, no price per unit, nothing doubtful. */
const sureFen = (price: FactValue | null): Fen | null =>
  price && !price.doubt && !price.form ? (price.fen ?? null) : null;

const METHOD_WORDS: readonly [RegExp, Method][] = [
  [/单一来源/, 'single'],
  [/磋商/, 'consultation'],
  [/谈判/, 'negotiation'],
  [/询价/, 'inquiry'],
  [/邀请招标/, 'invited'],
  [/公开招标/, 'open'],
];

/** The method as the call says it, by itself or in its title. */
function methodOf(notices: readonly PublishedNotice[]): Method | null {
  if (notices.some(({ stage }) => stage === 'singleSourceNotice')) return 'single';
  for (const { facts, title, stage } of notices) {
    if (EFFECTS[stage] !== 'call' && EFFECTS[stage] !== 'award') continue;
    const said = facts.procurementMethod;
    const text = said && !said.doubt ? said.text : title;
    const method = METHOD_WORDS.find(([words]) => words.test(text))?.[1];
    if (method) return method;
  }
  return null;
}

/** The period in which documents can be had, both ends counted, against its least; negotiations and inquiries have none. */
function accessOf(category: Category, call: PublishedNotice, calendar: WorkingCalendar): LimitCheck | null {
  const rule = category === 'construction' ? 'C-01' : category === 'procurement' ? 'G-03' : null;
  const said = call.facts.documentPeriod;
  if (!rule || !said || said.doubt || /谈判|询价/.test(call.facts.procurementMethod?.text ?? call.title)) return null;
  const moments = findMoments(said.text).flatMap(({ from, to }) => [from, to ?? []].flat());
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last || first === last || first === 'unclear' || last === 'unclear') return null;
  return verifyLimit(rule, addDays(within(first), -1), within(last), calendar);
}

/** The last change before the deadline with its check; `isMoved` when that notice, or a later one, set the deadline that holds. */
function changeOf(
  { deadline }: LotRound,
  notices: readonly PublishedNotice[],
  check: LimitCheck | undefined,
): Process['change'] {
  if (!deadline || !check) return null;
  const last = notices.findLast(
    ({ stage, publishedAt }) =>
      (stage === 'clarification' || stage === 'correctionNotice') && publishedAt <= endOf(deadline),
  );
  const setAt = noticeDate(notices, deadline.noticeId);
  return last ? { check, isMoved: setAt !== null && setAt >= last.publishedAt } : null;
}

function bidsOf(
  round: LotRound,
  bidders: Bidders,
): Pick<Process, 'bids' | 'tellsRejections' | 'candidates' | 'leaders'> {
  const toBid = (row: LotRound['bids'][number]): ProcessBid => ({
    bidder: bidders.of(namesIn(row)),
    fen: sureFen(row.awardAmount ?? null),
    isRejected: row.rejectionReason !== undefined,
  });
  const named = (rows: LotRound['bids']) => rows.filter((row) => namesIn(row).length > 0);
  const bids = named(round.bids).map(toBid);
  const candidates = named(round.candidates);
  const leaders = candidates.flatMap((row) => {
    const [name, certificate] = [row.projectLeader?.text, row.leaderCertificate?.text];
    return name && certificate
      ? [{ bidder: bidders.of(namesIn(row)), key: stableId('leader', plain(name), plain(certificate)) }]
      : [];
  });
  return {
    bids: bids.length > 0 ? bids : null,
    tellsRejections: bids.some(({ isRejected }) => isRejected),
    candidates: candidates.map(toBid).map(({ bidder, fen }) => ({ bidder, fen })),
    leaders: leaders.length > 1 ? leaders : null,
  };
}

const plain = (text: string): string => text.replaceAll(/[\s,，、;；]/g, '');

const contractOf = (cell: MoneyCell | null, bidders: Bidders): Process['contract'] =>
  cell && {
    fen: sureFen(cell.price),
    parties: cell.suppliers.length > 0 ? [bidders.of(cell.suppliers)] : [],
  };

function bansOf(
  awards: readonly MoneyCell[],
  bidders: Bidders,
  day: string,
  { bansOn }: Surroundings,
): string[] | null {
  const codes = [...new Set(awards.flatMap(({ suppliers }) => suppliers.flatMap((name) => bidders.code(name) ?? [])))];
  return codes.length === 0 ? null : codes.flatMap((code) => bansOn(code, day)).sort();
}

/** Who the names in the notices of a project stand for. */
class Bidders {
  readonly #ids = new Map<string, string>();
  readonly #codes = new Map<string, string>();
  readonly #first = new Map<string, string>();
  readonly #persons = new Map<string, number>();

  constructor(notices: readonly PublishedNotice[]) {
    for (const { parties } of notices)
      for (const { role, name, organizationId, uscc } of parties) {
        if (organizationId === null) continue;
        this.#ids.set(name, organizationId);
        if (uscc) this.#codes.set(name, uscc);
        if (!this.#first.has(role)) this.#first.set(role, organizationId);
      }
  }

  /** The organization that stands first in a role. */
  organization(role: 'buyer' | 'agency'): string | null {
    return this.#first.get(role) ?? null;
  }

  /** The unified social credit code of a name, where it is certain. */
  code(name: string): string | undefined {
    return this.#codes.get(name);
  }

  /** Whoever bids under these names. */
  of(names: readonly string[]): Bidder {
    return names
      .map((name) => this.#ids.get(name) ?? `~${this.#personNumber(name)}`)
      .sort()
      .join('+');
  }

  #personNumber(name: string): number {
    const number = this.#persons.get(name) ?? this.#persons.size + 1;
    this.#persons.set(name, number);
    return number;
  }
}
