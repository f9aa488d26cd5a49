import { publicityEnd } from '../exposures/sanction.ts';
import type { FactEntry, FactValue } from '../facts/facts.ts';
import { isSameMoment, type Moment, toMoment } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { DealLot, DealNotice, DealState, EffectiveMoment, LotRound, Superseded } from './deal.ts';
import { EFFECTS, type Effect } from './effects.ts';
import { lotKey } from './lot-key.ts';
import { lotNameOf, lotsOf, rowsOf } from './lots-of.ts';

/** What a call says of itself when it is not the first. */
const AGAIN = /[(（]?(?:第?[二三四五六七八九十]次|重新|再次|重发)(?:招标|采购|公告|挂牌|出让|组织|竞价|转让)?/;

/** States that a lot leaves only by another round. */
const OVER: ReadonlySet<DealState> = new Set(['failed', 'terminated']);

/** Notices that say when bids are due, or change it; the last word counts. */
const TIMING: ReadonlySet<Effect> = new Set(['call', 'amend', 'suspend', 'resume']);

/** How far a deal has come: what is told late (a record of the opening after the award) does not take it back. */
const PROGRESS = {
  open: 1,
  closed: 2,
  publicity: 3,
  awarded: 4,
  contracted: 5,
  performed: 6,
  failed: 7,
  terminated: 7,
} as const satisfies Partial<Record<DealState, number>>;
type Progress = keyof typeof PROGRESS;

/** What a notice brings a lot to; suspension and its end depend on what was before. */
const BRINGS: Partial<Record<Effect, Progress>> = {
  call: 'open',
  open: 'closed',
  rank: 'publicity',
  award: 'awarded',
  contract: 'contracted',
  perform: 'performed',
  fail: 'failed',
  terminate: 'terminated',
};

/** The course of one lot through its notices, oldest first: those about it and those about the whole deal. */
export function replayLot(
  key: string,
  name: string | null,
  notices: readonly DealNotice[],
): { lot: DealLot; superseded: Superseded[] } {
  const lot: DealLot = { key, name, rounds: [], planned: null };
  const superseded: Superseded[] = [];
  for (const notice of notices) {
    const effect = EFFECTS[notice.stage];
    if (effect === 'plan') {
      lot.planned ??= { state: 'planned', since: notice.publishedAt, noticeId: notice.id };
      continue;
    }
    let round = lot.rounds.at(-1);
    if (!round || (effect === 'call' && isAnew(round, notice))) {
      const call = round?.noticeIds[0];
      if (call) superseded.push({ noticeId: call, byNoticeId: notice.id, how: 'round' });
      round = emptyRound(lot.rounds.length + 1);
      lot.rounds.push(round);
    }
    round.noticeIds.push(notice.id);
    const moved = TIMING.has(effect) ? takeMoments(round, notice) : [];
    superseded.push(...moved);
    // Who calls again with the same deadline repeats the call, and does not replace it.
    if (effect === 'call' && (round.callId === null || moved.length > 0)) round.callId = notice.id;
    takeResult(round, key, notice, effect);
    step(round, effect, notice);
  }
  return { lot, superseded };
}

/** Is a notice a call that says itself that it is not the first? */
export const isCallAnew = ({ stage, title }: DealNotice): boolean => EFFECTS[stage] === 'call' && AGAIN.test(title);

/** A call begins a round when the one before is over, or when it says so itself after bidding has ended. */
function isAnew({ standings }: LotRound, notice: DealNotice): boolean {
  const state = standings.at(-1)?.state;
  if (state === undefined) return false;
  return OVER.has(state) || (state !== 'open' && isCallAnew(notice));
}

const emptyRound = (number: number): LotRound => ({
  number,
  noticeIds: [],
  callId: null,
  deadline: null,
  opening: null,
  standings: [],
  publicityEndsAt: null,
  ceiling: null,
  bids: [],
  candidates: [],
  award: null,
  signedAt: null,
});

/** Returns the notice whose deadline no longer counts, if there is one. */
function takeMoments(round: LotRound, notice: DealNotice): Superseded[] {
  const before = round.deadline;
  round.deadline = replace(before, toMoment(notice.deadlineAt, notice.deadlinePrecision), notice.id);
  round.opening = replace(round.opening, toMoment(notice.openingAt, notice.openingPrecision), notice.id);
  if (!before || round.deadline === before) return [];
  return [{ noticeId: before.noticeId, byNoticeId: notice.id, how: 'deadline' }];
}

/** A notice that repeats a time changes nothing: who gave it first stays its source. */
function replace(before: EffectiveMoment | null, given: Moment | null, noticeId: string): EffectiveMoment | null {
  if (!given || (before && isSameMoment(before, given))) return before;
  return { ...given, noticeId };
}

function takeResult(round: LotRound, key: string, notice: DealNotice, effect: Effect): void {
  if (TIMING.has(effect)) round.ceiling = ceilingOf(notice, key) ?? round.ceiling;
  if (effect === 'open') round.bids = ofLot(rowsOf(notice, 'bids'), key);
  if (effect === 'contract') round.signedAt = sureInstant(notice.facts.contractDate) ?? round.signedAt;
  if (effect === 'rank') {
    round.candidates = ofLot(rowsOf(notice, 'candidates'), key);
    round.publicityEndsAt = publicityEnd(notice.publishedAt, notice.facts.publicityPeriod?.text);
  }
  if (effect === 'award') round.award = { noticeId: notice.id, rows: awardRows(notice, key) };
}

const PRICES = ['ceilingPrice', 'startPrice', 'listingPrice'] as const;

/** The limit of a lot's price: that of its row; what the notice says as a whole is that of its only lot. */
function ceilingOf(notice: DealNotice, key: string): FactValue | undefined {
  const rows = ofLot([...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')], key);
  const prices = (facts: FactEntry | DealNotice['facts']) => PRICES.flatMap((price) => facts[price] ?? []);
  const [own] = rows.flatMap(prices);
  const isOnly = key === '' || lotsOf(notice).length === 1;
  return own ?? (isOnly ? prices(notice.facts).find(({ doubt }) => !doubt) : undefined);
}

const sureInstant = (fact: FactValue | undefined): Instant | undefined => (fact?.doubt ? undefined : fact?.instant);

/** Rows about a lot; a row that names none is about every lot that its notice is about. */
function ofLot(rows: readonly FactEntry[], key: string): FactEntry[] {
  return rows.filter((row) => {
    const name = lotNameOf(row);
    return key === '' || name === undefined || lotKey(name) === key;
  });
}

/** Who won and at what price: the row of the lot, else what the notice says as a whole. */
function awardRows(notice: DealNotice, key: string): FactEntry[] {
  const rows = ofLot([...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')], key).filter(({ supplier }) => supplier);
  if (rows.length > 0) return rows;
  const { supplier, awardAmount, dealPrice } = notice.facts;
  if (!supplier) return [];
  return [{ supplier, ...(awardAmount ? { awardAmount } : {}), ...(dealPrice ? { dealPrice } : {}) }];
}

/** Notes the state that a notice brings, unless the lot is over or further on. */
function step({ standings, deadline }: LotRound, effect: Effect, { id, publishedAt }: DealNotice): void {
  const current = standings.at(-1)?.state;
  if (current && OVER.has(current)) return;
  const note = (state: DealState) => standings.push({ state, since: publishedAt, noticeId: id });
  const before = standings.findLast(({ state }) => state !== 'suspended')?.state as Progress | undefined;
  if (effect === 'suspend') {
    if (current !== 'suspended') note('suspended');
  } else if (effect === 'resume') {
    if (current === 'suspended' || !current) note(before ?? 'open');
  } else if (effect === 'amend') {
    // A correction whose call this portal does not have.
    if (!current && deadline) note('open');
  } else {
    const state = BRINGS[effect];
    if (!state || (before && PROGRESS[state] < PROGRESS[before])) return;
    // Bidding goes on only when it is said to: whatever comes after it shows that the suspension has ended.
    if (state === current && effect === 'call') return;
    if (current === 'suspended' && state === 'open') return;
    note(state);
  }
}
