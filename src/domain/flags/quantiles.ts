/**
 * How a quantile is interpolated (Hyndman and Fan 1996): `R-8`, h = (n + ⅓)p + ⅓, as Cardinal of the Open Contracting Partnership
 * computes; `type 7`, h = (n − 1)p + 1, as spreadsheets do.
 */
export type QuantileMethod = 'R-8' | 'type 7';

/** The quantile `p` (0 to 1) of numbers in ascending order, of which there is at least one. */
export function quantile(sorted: readonly number[], p: number, method: QuantileMethod): number {
  const n = sorted.length;
  const h = method === 'R-8' ? (n + 1 / 3) * p + 1 / 3 : (n - 1) * p + 1;
  const at = Math.min(Math.max(h, 1), n);
  const below = Math.floor(at);
  const [low = 0, high = low] = [sorted[below - 1], sorted[below]];
  return low + (at - below) * (high - low);
}

/** Quartiles, and the fences one and a half interquartile ranges beyond them (Tukey). */
export interface Fences {
  n: number;
  q1: number;
  q3: number;
  lower: number;
  upper: number;
}

/** The fences of numbers in ascending order; undefined of none. */
export function fencesOf(sorted: readonly number[], method: QuantileMethod): Fences | undefined {
  if (sorted.length === 0) return undefined;
  const [q1, q3] = [quantile(sorted, 0.25, method), quantile(sorted, 0.75, method)];
  const reach = 1.5 * (q3 - q1);
  return { n: sorted.length, q1, q3, lower: q1 - reach, upper: q3 + reach };
}

/** Mean, and standard deviation of the sample (n − 1); undefined of fewer than two numbers. */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } | undefined {
  if (values.length < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
