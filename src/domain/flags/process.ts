import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { Fen } from '../money/money.ts';
import type { LimitCheck } from '../projects/time-limits.ts';

/** How a supplier is chosen, as the notices say it. */
export const METHODS = {
  open: '公开招标',
  invited: '邀请招标',
  consultation: '竞争性磋商',
  negotiation: '竞争性谈判',
  inquiry: '询价',
  single: '单一来源',
} as const;
export type Method = keyof typeof METHODS;

/** Methods in which whoever fulfils the conditions may bid. */
export const IS_COMPETITIVE: Record<Method, boolean> = {
  open: true,
  invited: true,
  consultation: true,
  negotiation: true,
  inquiry: true,
  single: false,
};

/**
 * Who bid: the id of the organization, ids joined by `+` of a consortium; `~` and a number that tells apart within the lot whoever
 * is no organization: natural persons are counted, never named.
 */
export type Bidder = string;

export interface ProcessBid {
  bidder: Bidder;
  /** Null where no certain sum is published. */
  fen: Fen | null;
  isRejected: boolean;
}

/**
 * One lot of a purchase with its last call: what its public notices tell of how it went, which is what indicators are computed of.
 * Free of the clock. Null stands for what is not published.
 */
export interface Process {
  projectId: string;
  /** `lotKey`; '' where the deal is not divided. */
  lot: string;
  lotName: string | null;
  category: Category;
  county: County;
  /** Of its award, else of its deadline, else of its call: `YYYY-MM`. */
  month: string;
  buyer: string | null;
  agency: string | null;
  method: Method | null;
  hasSingleSourceNotice: boolean;
  /** Number of the last call. */
  round: number;
  failedRounds: number;
  isAwarded: boolean;
  /** From the call to the deadline; the check of the rule that bears on it, null where none does. */
  submission: LimitCheck | null;
  /** Calendar days from the call to the deadline. */
  submissionDays: number | null;
  /** The period in which documents can be had. */
  access: LimitCheck | null;
  /** The last change of the documents before the deadline; `isMoved` when it set another deadline. */
  change: { check: LimitCheck; isMoved: boolean } | null;
  /** Whether any call of the round is known: without one that nothing was changed cannot be said. */
  hasCall: boolean;
  hasDeadline: boolean;
  /** Publicity of candidates, result and contract. */
  publicity: LimitCheck[];
  /** Days from the deadline to the first result. */
  decisionDays: number | null;
  ceilingFen: Fen | null;
  /** Of the only award; null for several, or where it is no certain sum. */
  awardFen: Fen | null;
  winners: Bidder[];
  /** Null while nobody was awarded. */
  awardedOn: string | null;
  /** Of the record of the opening; null where none is published. */
  bids: ProcessBid[] | null;
  /** Whether the record says who was rejected. */
  tellsRejections: boolean;
  /** Of the publicity of candidates. */
  candidates: { bidder: Bidder; fen: Fen | null }[];
  /** Keys of the persons in charge whom candidates name; null where none is published with a certificate. Nobody can be read from them. */
  leaders: { bidder: Bidder; key: string }[] | null;
  contract: { fen: Fen | null; parties: Bidder[] } | null;
  /** Sums of contracts after the first, as they are told. */
  supplements: Fen[];
  /** Orders that forbade the winner to take part on the day of the award, by id. Null while nobody was awarded whose code is known. */
  bans: string[] | null;
}

/** What is not published, where an indicator cannot be computed for it. */
export const MISSING = {
  call: '没有收到采购（招标）公告',
  deadline: '截止时间未公开',
  method: '采购（招标）方式未公开，不能判断适用的规则',
  rule: '该方式或该类交易没有可核对的法定期限',
  documentPeriod: '文件获取时间未公开或不能确定起止',
  award: '结果未公开',
  awardPrice: '没有唯一、确定的中标金额（含费率、单价报价）',
  ceiling: '最高限价未公开',
  priceAboveCeiling: '中标金额高于最高限价，数据待核对，不参加计算',
  bids: '开标记录未公开，投标人数和报价不全',
  fewBids: '有效报价少于该指标要求的数目',
  rejections: '开标记录未说明哪些投标被否决',
  winnerNotLowest: '中标人不是最低有效报价，该指标不适用',
  leaders: '候选人的项目负责人及证书未公开',
  contract: '合同金额未公开',
  dates: '日期前后矛盾，数据待核对',
  sample: '可比样本不足',
  code: '中标人的统一社会信用代码未公开',
  holidays: '工作日安排未收录',
  contacts: '投标人的联系方式不属于公开内容',
  relations: '投标人之间的股权、管理关系须用登记数据，公告中没有',
  receipt: '投标文件的递交时间未公开',
  itemClass: '采购品目未以统一分类公开',
  criteria: '评审因素的权重未以要素公开',
  registration: '企业登记日期不在公告和本站信息库中',
  inapplicable: '不适用于这一采购方式或结果',
} as const;
export type Missing = keyof typeof MISSING;

/** The numbers behind an outcome, by what they are called. */
export type Values = Readonly<Record<string, number | string>>;

/** What an indicator says of a lot or of an organization. */
export type Outcome =
  | { state: 'flagged'; values: Values }
  | { state: 'clear'; values: Values }
  | { state: 'unknown'; missing: Missing };

export const flagged = (values: Values): Outcome => ({ state: 'flagged', values });
export const clear = (values: Values): Outcome => ({ state: 'clear', values });
export const unknown = (missing: Missing): Outcome => ({ state: 'unknown', missing });
/** Flagged when a condition holds. */
export const judged = (isFlagged: boolean, values: Values): Outcome => (isFlagged ? flagged(values) : clear(values));

/** Valid bids with a certain price, the lowest first; null where the record of the opening is not published. */
export function pricedBids({ bids }: Process): (ProcessBid & { fen: Fen })[] | null {
  if (!bids) return null;
  const priced = bids.flatMap((bid) => (bid.fen === null || bid.isRejected ? [] : [{ ...bid, fen: bid.fen }]));
  return priced.sort((a, b) => a.fen - b.fen || (a.bidder < b.bidder ? -1 : 1));
}

/** Rounded so that the same inputs give the same bytes wherever they are computed: six digits after the point. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
