import type { Category } from '../categories.ts';
import { formatFactShort } from '../facts/fact-text.ts';
import type { Fen } from '../money/money.ts';
import { lotLabel, lotWord } from './lot-label.ts';
import { type LotResult, lotResultsOf, type ResultKind, type ResultNotice } from './lot-results.ts';
import { lotsOf } from './lots-of.ts';

/** What a line of a list says of a notice's lots. */
export interface LotSummary {
  /** How many lots the notice is about; 1 where it is not divided. */
  lots: number;
  /** What they are counted by: `包`, `标段`, `宗`. */
  word: string;
  /** Who got the first lot, or stands first for it; null where the notice tells nobody. */
  first: LotLine | null;
}

/** One lot's result as a line tells it. */
export interface LotLine {
  /** The lot as it is called in a line (`第1包`); empty where the notice does not name it. */
  lot: string;
  /** What the result is: `中标`, `第一候选`, `投标`. */
  role: string;
  /** Several when they stand together. */
  suppliers: string[];
  /** The certain price; null where there is none. */
  amountFen: Fen | null;
  /** The price as it is shown: short, or the source's words where it is no certain sum; null where there is none. */
  price: string | null;
}

/** Only who was awarded a lot is called so. */
const AWARDED: Record<Category, string> = {
  construction: '中标',
  procurement: '中标（成交）',
  land: '竞得',
  mining: '竞得',
  property: '受让',
  medical: '中标（成交）',
  general: '成交',
};
const PLACES = ['第一', '第二', '第三'];

/** What a result is called beside the name of who it is of: `中标`, `第一候选`, `投标`. */
export function resultRole(kind: ResultKind, rank: number | null, category: Category): string {
  if (kind === 'award') return AWARDED[category];
  if (kind === 'tender') return '投标';
  return rank === null ? '候选' : `${PLACES[rank - 1] ?? `第${rank}`}候选`;
}

/** The lots of a notice in short: how many, and who got the first of them or may. */
export function summariseLots(notice: ResultNotice & { category: Category }): LotSummary {
  const lots = lotsOf(notice);
  const results = lotResultsOf(notice);
  const word = lotWord([...lots.map(({ name }) => name), ...results.map(({ lot }) => lot)], notice.category);
  const first = results.find(({ rank }) => rank === 1) ?? results[0];
  return { lots: Math.max(1, lots.length), word, first: first ? toLotLine(first, word, notice.category) : null };
}

/** A result as a line tells it. */
function toLotLine({ kind, lot, rank, suppliers, price }: LotResult, word: string, category: Category): LotLine {
  const said = price && price.text !== '' ? formatFactShort(price) : null;
  return {
    lot: lotLabel(lot, word),
    role: resultRole(kind, rank, category),
    suppliers,
    amountFen: price?.fen ?? null,
    price: said,
  };
}

const MOST_NAMES = 2;

/** `第1包 第一候选 甲公司 · 35.22 万元 · 共 3 包`; `共 3 包` where nobody is named, empty where there is but one lot then. */
export function formatLotSummary({ lots, word, first }: LotSummary): string {
  const count = lots > 1 ? `共 ${lots} ${word}` : '';
  if (!first) return count;
  const names = first.suppliers.slice(0, MOST_NAMES).join('、');
  const rest = first.suppliers.length > MOST_NAMES ? `等 ${first.suppliers.length} 家` : '';
  return [[first.lot, first.role, names, rest].filter(Boolean).join(' '), first.price, count]
    .filter(Boolean)
    .join(' · ');
}
