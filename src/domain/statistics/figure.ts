import { formatAmount } from '../money/money.ts';
import { EXCLUSIONS, type Exclusion } from './exclusions.ts';
import type { MeasureDefinition } from './measure.ts';
import { COUNTED } from './observe.ts';

/** One status of a cell, as it is stored. */
export interface CellRow {
  status: string;
  n: number;
  numerator: number;
  denominator: number;
  lower: number | null;
  median: number | null;
  upper: number | null;
}

/** A figure with all that it takes to believe it. */
export interface Figure {
  /** Lots that count. */
  n: number;
  /** Lots that the measure is about, those that cannot count among them. */
  about: number;
  omitted: { because: Exclusion; n: number }[];
  numerator: number;
  denominator: number;
  /** In the measure's unit (fen, a ratio of 1, days); null where there is nothing to compute, or too little to show. */
  value: number | null;
  /** Quartiles of single lots in the same unit. */
  spread: { lower: number; median: number; upper: number } | null;
  /** There are lots, but so few, or such that few could be computed from it, that it is not shown. */
  isHidden: boolean;
}

/** Quartiles are kept as whole numbers: of sums in the unit itself, of ratios in millionths. */
export const spreadScale = ({ shape }: Pick<MeasureDefinition, 'shape'>): number => (shape === 'sum' ? 1 : 1_000_000);

/** The figure of a cell. What is hidden has no sums either. */
export function toFigure(definition: MeasureDefinition, rows: readonly CellRow[], isHidden: boolean): Figure {
  const counted = rows.find(({ status }) => status === COUNTED);
  const omitted = rows
    .filter(({ status }) => status !== COUNTED)
    .map(({ status, n }) => ({ because: status as Exclusion, n }))
    .sort((a, b) => b.n - a.n || (a.because < b.because ? -1 : 1));
  const n = counted?.n ?? 0;
  const about = n + omitted.reduce((sum, { n }) => sum + n, 0);
  const none = { n, about, omitted, numerator: 0, denominator: 0, value: null, spread: null, isHidden };
  if (!counted || isHidden) return none;
  const { numerator, denominator, lower, median, upper } = counted;
  const value = definition.shape === 'sum' ? numerator : denominator === 0 ? null : numerator / denominator;
  const scale = spreadScale(definition);
  const spread =
    lower === null || median === null || upper === null
      ? null
      : { lower: lower / scale, median: median / scale, upper: upper / scale };
  return { ...none, numerator, denominator, value, spread };
}

/** Which of siblings are not shown: those below the minimum, and as many more as keep them from being computed from the sum. */
export function hideSmall<Key>(siblings: readonly { key: Key; n: number }[], minimum: number): Set<Key> {
  const present = siblings.filter(({ n }) => n > 0).sort((a, b) => a.n - b.n);
  const hidden = present.filter(({ n }) => n < minimum);
  if (hidden.length === 0) return new Set();
  for (const next of present.slice(hidden.length)) {
    const sum = hidden.reduce((total, { n }) => total + n, 0);
    if (hidden.length > 1 && sum >= minimum) break;
    hidden.push(next);
  }
  return new Set(hidden.map(({ key }) => key));
}

/** Half up at display, and only there. */
const fixed = (value: number, digits: number): string => {
  const scaled = Math.round(Math.abs(value) * 10 ** digits * (1 + Number.EPSILON)) / 10 ** digits;
  return (Math.sign(value) * scaled).toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
};

const FORMATS: Record<MeasureDefinition['unit'], (value: number) => string> = {
  count: (value) => value.toLocaleString('en'),
  fen: (value) => (value < 0 ? `−${formatAmount(-value)}` : formatAmount(value)),
  percent: (value) => `${fixed(value * 100, 2)}%`,
  fenPerSquareMetre: (value) => `${fixed(value / 100, 2)} 元/㎡`,
  days: (value) => `${fixed(value, 1)} 日`,
  mean: (value) => fixed(value, 2),
};

/** A value in the words of people: `8.33%`, `1.20 亿元`. */
export const formatValue = ({ unit }: MeasureDefinition, value: number): string => FORMATS[unit](value);

/** A figure in the words of people; what is not shown says why. */
export function formatFigure(definition: MeasureDefinition, { value, isHidden, about, n }: Figure): string {
  if (isHidden) return n < definition.minimum ? `不足 ${definition.minimum} 个` : '不显示';
  if (value !== null) return formatValue(definition, value);
  if (about === 0) return definition.shape === 'sum' ? '0' : '—';
  return '无法计算';
}

/** How much of what a figure is about is in it: `1,020 个标段中 812 个可计算；208 个未公开控制价`. */
export function formatCoverage({ countOf }: MeasureDefinition, { n, about, omitted }: Figure): string {
  if (about === 0) return `没有符合条件的${countOf.replace(/^条/, '')}`;
  const [of, what] = countOf.startsWith('条') ? ['条', countOf.slice(1)] : ['个', countOf];
  const left = omitted.map(({ because, n }) => `${n.toLocaleString('en')} ${of}${EXCLUSIONS[because]}`);
  return `${about.toLocaleString('en')} ${of}${what}中 ${n.toLocaleString('en')} ${of}可计算${left.length > 0 ? `；${left.join('；')}` : ''}`;
}
