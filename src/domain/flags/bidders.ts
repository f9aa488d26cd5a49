import {
  clear,
  flagged,
  IS_COMPETITIVE,
  judged,
  METHODS,
  type Missing,
  type Process,
  type ProcessBid,
  unknown,
} from './process.ts';
import { ofAll, type ProcessRule } from './rule.ts';

/** F06: purchases from this sum on are by open tender in the province's catalogue (fen). Thresholds are local and to be confirmed. */
export const OPEN_TENDER_FEN = 400_000_000;

/** How many bid; undefined where the record of the opening is not published. */
export const countBidders = ({ bids }: Process): number | undefined =>
  bids ? new Set(bids.map(({ bidder }) => bidder)).size : undefined;

/** F04 (R018): one bid in a method made for competition. */
export const singleBid: ProcessRule = {
  judge(process) {
    const bidders = countBidders(process);
    if (process.method === null) return unknown('method');
    if (!IS_COMPETITIVE[process.method]) return unknown('inapplicable');
    if (bidders === undefined || bidders === 0) return unknown('bids');
    return judged(bidders === 1, { 投标人数: bidders, 采购方式: METHODS[process.method] });
  },
};

/** F06: bought from a single source above the threshold of open tenders, without that having been made public. */
export const singleSourceUnannounced: ProcessRule = {
  judge({ method, hasSingleSourceNotice, awardFen, isAwarded }) {
    if (method === null) return unknown('method');
    if (method !== 'single') return clear({ 采购方式: METHODS[method] });
    if (!isAwarded) return unknown('award');
    if (awardFen === null) return unknown('awardPrice');
    const values = { 采购方式: METHODS[method], 成交金额: `${(awardFen / 100).toFixed(2)} 元` };
    const isUnannounced = awardFen >= OPEN_TENDER_FEN && !hasSingleSourceNotice;
    return judged(isUnannounced, { ...values, 单一来源公示: hasSingleSourceNotice ? '有' : '未见' });
  },
};

/** F18: one person in charge, by name and certificate, stands under two bidders of a lot. */
export const sharedLeader: ProcessRule = {
  judge({ leaders }) {
    if (!leaders) return unknown('leaders');
    const bidders = new Map<string, Set<string>>();
    for (const { bidder, key } of leaders) bidders.set(key, (bidders.get(key) ?? new Set()).add(bidder));
    const shared = [...bidders.values()].filter((each) => each.size > 1);
    return judged(shared.length > 0, { 列明负责人的候选人: leaders.length, 负责人相同的组数: shared.length });
  },
};

/** Bids of which it is said which were rejected; else why that is not known. */
function toldBids({ bids, tellsRejections, isAwarded }: Process): ProcessBid[] | Missing {
  if (!isAwarded) return 'award';
  if (!bids) return 'bids';
  return tellsRejections ? bids : 'rejections';
}

/** F26 (R035): every bid but the winner's was rejected. */
export const othersDisqualified: ProcessRule = {
  judge(process) {
    const bids = toldBids(process);
    if (typeof bids === 'string') return unknown(bids);
    const valid = new Set(bids.filter(({ isRejected }) => !isRejected).map(({ bidder }) => bidder));
    const rejected = bids.filter(({ isRejected }) => isRejected).length;
    const isOnly = valid.size === 1 && process.winners.length === 1 && valid.has(process.winners[0] ?? '');
    return judged(isOnly && rejected > 0, { 被否决: ofAll(rejected, bids.length), 有效投标人: valid.size });
  },
};

/** F27 (R036): the lowest bid that was handed in was rejected. */
export const lowestDisqualified: ProcessRule = {
  judge(process) {
    const bids = toldBids(process);
    if (typeof bids === 'string') return unknown(bids);
    const priced = bids.flatMap((bid) => (bid.fen === null ? [] : [{ ...bid, fen: bid.fen }]));
    if (!priced.some(({ isRejected }) => !isRejected)) return unknown('fewBids');
    const lowest = Math.min(...priced.map(({ fen }) => fen));
    const isRejected = priced.filter(({ fen }) => fen === lowest).every((bid) => bid.isRejected);
    return judged(isRejected, { 最低报价: `${(lowest / 100).toFixed(2)} 元`, 有报价的投标人: priced.length });
  },
};

/** F31: called at least three times, then awarded to a single source or to the only one left. */
export const failuresThenAward: ProcessRule = {
  judge(process) {
    const { failedRounds, isAwarded, method, candidates, hasCall } = process;
    if (!hasCall) return unknown('call');
    if (failedRounds < 2) return clear({ 此前失败次数: failedRounds });
    if (!isAwarded) return unknown('award');
    const bidders = countBidders(process) ?? (candidates.length > 0 ? candidates.length : undefined);
    const values = { 此前失败次数: failedRounds, 采购方式: method ? METHODS[method] : '未公开' };
    if (method === 'single') return flagged(values);
    if (bidders === undefined) return unknown('bids');
    return judged(bidders === 1, { ...values, 参加者: bidders });
  },
};

/** F32: from this difference of award and contract on (fen): less is rounding. */
const DIFFERENCE_FEN = 100;
/** F32: a supplement may be a tenth of the contract (《政府采购法》第四十九条). */
const SUPPLEMENT = 1.1;

/** F32: the contract says another sum or another supplier than the award, or grew by more than a tenth. */
export const contractDiffers: ProcessRule = {
  judge({ awardFen, isAwarded, contract, supplements, winners }) {
    if (!contract) return unknown('contract');
    if (!isAwarded) return unknown('award');
    if (awardFen === null) return unknown('awardPrice');
    if (contract.fen === null) return unknown('contract');
    const { fen, parties } = contract;
    const isOther = parties.length > 0 && winners.length > 0 && parties.join() !== winners.join();
    const grown = supplements.filter((sum) => sum > fen * SUPPLEMENT);
    const isFlagged = Math.abs(fen - awardFen) >= DIFFERENCE_FEN || isOther || grown.length > 0;
    return judged(isFlagged, {
      中标金额: `${(awardFen / 100).toFixed(2)} 元`,
      合同金额: `${(fen / 100).toFixed(2)} 元`,
      供应商: isOther ? '与中标结果不同' : '相同或未单列',
      超过百分之十的变更: grown.length,
    });
  },
};

/** F33: the winner was forbidden to take part on the day of the award. */
export const awardToBanned: ProcessRule = {
  judge({ bans, isAwarded, awardedOn }) {
    if (!isAwarded) return unknown('award');
    if (!bans) return unknown('code');
    return judged(bans.length > 0, { 结果发布日: awardedOn ?? '', 当日有效的限制: bans.length });
  },
};

/** Indicators that no notice has the inputs of. */
export const neverPublished = (missing: Missing): ProcessRule => ({ judge: () => unknown(missing) });
