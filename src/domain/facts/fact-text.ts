import type { Category } from '../categories.ts';
import { formatAmount, formatYuan } from '../money/money.ts';
import type { AmountKind } from '../site/views.ts';
import { listsBidders, type Stage, stageDefinition } from '../stages.ts';
import { formatMoment, toMoment } from '../time/moment.ts';
import { ENTRY_ONLY, type EntryKey, FACTS, type FactKey, type FactValue, factDefinition } from './facts.ts';

/** What the amount of a notice is called. */
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

type LabelledByCategory = 'buyer' | 'supplier' | 'procurementMethod';

/** What the parties and the method are called in each category. */
const CATEGORY_LABELS: Record<Category, Record<LabelledByCategory, string>> = {
  construction: { buyer: '招标人', supplier: '中标人', procurementMethod: '招标方式' },
  procurement: { buyer: '采购人', supplier: '中标（成交）人', procurementMethod: '采购方式' },
  land: { buyer: '出让人', supplier: '竞得人', procurementMethod: '出让方式' },
  mining: { buyer: '出让人', supplier: '竞得人', procurementMethod: '出让方式' },
  property: { buyer: '转让方', supplier: '受让方', procurementMethod: '交易方式' },
  medical: { buyer: '采购人', supplier: '中标（成交）人', procurementMethod: '采购方式' },
  general: { buyer: '采购人', supplier: '成交人', procurementMethod: '交易方式' },
};

/** What columns of a list of bidders are called: they have won nothing yet. */
const BIDDER_LABELS: Partial<Record<EntryKey, string>> = {
  supplier: '投标人',
  awardAmount: '投标报价',
  contractPeriod: '工期（交货期）',
};

/** The label of a column of a list in the words of its category. */
export function entryLabel(key: EntryKey, list: FactKey, category: Category): string {
  if (key in ENTRY_ONLY) return factDefinition(key).label;
  const bidder = list === 'candidates' || list === 'bids' ? BIDDER_LABELS[key] : undefined;
  return bidder ?? factLabel(key as FactKey, category);
}

/** What the parties that a notice names as suppliers are called: candidates and bidders have won nothing yet. */
export function supplierLabel(category: Category, stage: Stage): string {
  if (!listsBidders(stage)) return factLabel('supplier', category);
  return stageDefinition(stage).phase === 'opening' ? '投标人' : FACTS.candidates.label;
}

/** The label of a fact in a notice of a stage. */
export function labelIn(key: FactKey, category: Category, stage: Stage): string {
  if (key === 'supplier') return supplierLabel(category, stage);
  return key === 'awardAmount' && listsBidders(stage) ? AMOUNT_LABELS.bid : factLabel(key, category);
}

/** The label of a fact in the words of its category. */
export function factLabel(key: FactKey, category: Category): string {
  if (key === 'buyer' || key === 'supplier' || key === 'procurementMethod') return CATEGORY_LABELS[category][key];
  return factDefinition(key).label;
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
