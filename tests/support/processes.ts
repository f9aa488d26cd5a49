import fc from 'fast-check';
import type { Process, ProcessBid } from '#src/domain/flags/process.ts';

/** A lot of which nothing is published. */
export const EMPTY_PROCESS: Process = {
  projectId: 'p',
  lot: '',
  lotName: null,
  category: 'procurement',
  county: 'qufu',
  month: '2026-05',
  buyer: null,
  agency: null,
  method: null,
  hasSingleSourceNotice: false,
  round: 1,
  failedRounds: 0,
  isAwarded: false,
  submission: null,
  submissionDays: null,
  access: null,
  change: null,
  hasCall: false,
  hasDeadline: false,
  publicity: [],
  decisionDays: null,
  ceilingFen: null,
  awardFen: null,
  winners: [],
  awardedOn: null,
  bids: null,
  tellsRejections: false,
  candidates: [],
  leaders: null,
  contract: null,
  supplements: [],
  bans: null,
};

/** A lot of an open tender with these bids (yuan, the winner first), opened and awarded. */
export function awarded(prices: readonly number[], more: Partial<Process> = {}): Process {
  const bids = prices.map((yuan, index): ProcessBid => ({ bidder: `f${index}`, fen: yuan * 100, isRejected: false }));
  return {
    ...EMPTY_PROCESS,
    method: 'open',
    hasCall: true,
    hasDeadline: true,
    isAwarded: true,
    awardedOn: '2026-05-20',
    bids,
    winners: ['f0'],
    awardFen: (prices[0] ?? 0) * 100,
    ...more,
  };
}

const FIRMS = ['fa', 'fb', 'fc', 'fd', 'fe', 'ff', 'fg'];
const BUYERS = ['ba', 'bb', 'bc', 'bd', 'be', 'bf'];
/** Few different prices, so that equal ones come up. */
const price = fc
  .oneof(fc.integer({ min: 90, max: 110 }), fc.integer({ min: 1, max: 10_000 }))
  .map((yuan) => yuan * 100);

const lot = fc
  .record({
    firms: fc.shuffledSubarray(FIRMS, { minLength: 1, maxLength: 6 }),
    prices: fc.array(price, { minLength: 6, maxLength: 6 }),
    rejected: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }),
    buyer: fc.constantFrom('ba', 'ba', 'ba', ...BUYERS),
    winner: fc.constantFrom(0, 0, 0, 1, 2),
    category: fc.constantFrom<Process['category']>('procurement', 'construction'),
    method: fc.constantFrom<Process['method']>('open', 'consultation', 'single', null),
    isOpened: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
    isAwarded: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
    ceiling: fc.integer({ min: 0, max: 4 }),
    decisionDays: fc.integer({ min: -1, max: 40 }),
    year: fc.constantFrom('2024', '2025', '2026'),
  })
  .map(
    ({
      firms,
      prices,
      rejected,
      buyer,
      winner,
      category,
      method,
      isOpened,
      isAwarded,
      ceiling,
      decisionDays,
      year,
    }) => {
      const bids = firms.map(
        (bidder, index): ProcessBid => ({
          bidder,
          // One firm is cheap, so that it wins more than others.
          fen: Math.round((prices[index] ?? 0) * (bidder === 'fa' ? 0.3 : 1)),
          isRejected: (rejected[index] ?? 9) <= (buyer === 'bf' ? 3 : 0),
        }),
      );
      const valid = bids.filter(({ isRejected }) => !isRejected).sort((a, b) => (a.fen ?? 0) - (b.fen ?? 0));
      const best = valid[winner] ?? valid[0];
      const awardFen = best?.fen ?? null;
      return {
        ...EMPTY_PROCESS,
        category,
        method,
        buyer,
        isAwarded: isAwarded && best !== undefined,
        winners: isAwarded && best ? [best.bidder] : [],
        awardedOn: isAwarded && best ? `${year}-05-20` : null,
        awardFen: isAwarded ? awardFen : null,
        bids: isOpened ? bids : null,
        tellsRejections: isOpened && bids.some(({ isRejected }) => isRejected),
        ceilingFen: ceiling === 0 || awardFen === null ? null : Math.round(awardFen * (0.995 + ceiling * 0.005)),
        hasDeadline: true,
        hasCall: true,
        decisionDays,
      } satisfies Process;
    },
  );

/** Any lots, each with an id of its own. */
export const processes = fc
  .array(lot, { minLength: 12, maxLength: 60 })
  .map((lots) => lots.map((each, index): Process => ({ ...each, projectId: `p${String(index).padStart(3, '0')}` })));
