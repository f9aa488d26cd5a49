import type { Category } from '../categories.ts';
import { formatAmount, formatYuan } from '../money/money.ts';
import type { Stage } from '../stages.ts';
import { formatMoment, toMoment } from '../time/moment.ts';
import type { AmountKind } from './amount-kind.ts';
import { factLabel } from './fact-words.ts';
import { ENTRY_ONLY, type EntryKey, type FactKey, type FactValue, factDefinition } from './facts.ts';

/** What amounts of a kind are called in general; in one category and stage `amountLabel` says it. */
export const AMOUNT_LABELS: Record<AmountKind, string> = {
  budget: '预算金额',
  ceiling: '最高限价',
  bid: '投标报价',
  award: '中标（成交）金额',
  contract: '合同金额',
  start: '起始价',
  deal: '成交价',
};

export const AMOUNT_KINDS = Object.keys(AMOUNT_LABELS) as [AmountKind, ...AmountKind[]];

/** Facts that say the same as the amount of a notice of each kind, so that a list need not repeat them. */
export const AMOUNT_FACTS: Record<AmountKind, readonly FactKey[]> = {
  budget: ['budget'],
  ceiling: ['ceilingPrice'],
  bid: [],
  award: ['awardAmount'],
  contract: ['contractAmount'],
  start: ['startPrice', 'listingPrice'],
  deal: ['dealPrice'],
};

/** What columns of a list of bidders are called: they have won nothing yet. */
const BIDDER_LABELS: Partial<Record<EntryKey, string>> = {
  supplier: '投标人',
  awardAmount: '投标报价',
  contractPeriod: '工期（交货期）',
};

/** The label of a column of a list in the words of its category and stage. */
export function entryLabel(key: EntryKey, list: FactKey, category: Category, stage?: Stage): string {
  if (key in ENTRY_ONLY) return factDefinition(key).label;
  const bidder = list === 'candidates' || list === 'bids' ? BIDDER_LABELS[key] : undefined;
  return bidder ?? factLabel(key as FactKey, category, stage);
}

/** Which fact the amount of a notice of each kind is. */
const AMOUNT_KEYS: Record<AmountKind, FactKey> = {
  budget: 'budget',
  ceiling: 'ceilingPrice',
  bid: 'bids',
  award: 'awardAmount',
  contract: 'contractAmount',
  start: 'startPrice',
  deal: 'dealPrice',
};

/** What the amount of a notice is called in the words of its category and stage; `金额` where its kind is not known. */
export function amountLabel(kind: AmountKind | null, category: Category, stage?: Stage): string {
  if (!kind) return '金额';
  // State property is offered at a price of listing; bids above it begin there.
  if (kind === 'start' && category === 'property') return factLabel('listingPrice', category, stage);
  return factLabel(AMOUNT_KEYS[kind], category, stage);
}

const SQUARE_METRES_PER_MU = 2000 / 3;
const areaFormat = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });

/** `12,345 平方米（18.52 亩）`. */
export function formatArea(squareMetres: number): string {
  return `${areaFormat.format(squareMetres)} 平方米（${areaFormat.format(squareMetres / SQUARE_METRES_PER_MU)} 亩）`;
}

/** A fact for a list: short, from the typed value where there is one, else the source's own words, marked when doubtful. */
export function formatFactShort(value: FactValue): string {
  if (value.doubt) return `${value.text}（存疑）`;
  if (value.fen !== undefined) return formatAmount(value.fen);
  if (value.squareMetres !== undefined) return `${areaFormat.format(value.squareMetres)} 平方米`;
  return formatFactMoment(value) ?? value.text;
}

/** The moment of a fact as it is shown; undefined when it has none. */
export function formatFactMoment({ instant, precision }: FactValue): string | undefined {
  const moment = toMoment(instant, precision);
  return moment ? formatMoment(moment) : undefined;
}

/** A fact for the facts table: the exact typed value, or undefined when only the source's own words are known. */
export function formatFactExact(key: FactKey | EntryKey, value: FactValue): string | undefined {
  const { kind } = factDefinition(key);
  if (kind === 'money' && value.fen !== undefined) return formatYuan(value.fen);
  if (kind === 'area' && value.squareMetres !== undefined) return formatArea(value.squareMetres);
  return kind === 'instant' ? formatFactMoment(value) : undefined;
}
