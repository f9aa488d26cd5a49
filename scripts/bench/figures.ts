import type { Workspace } from './workspace.ts';

/** What a figure must reach. */
export type Aim = { atLeast: number } | { atMost: number };

/** One figure of a part, measured several times. */
export interface Figure {
  name: string;
  /** Each measurement; what counts is their median. */
  values: readonly number[];
  aim?: Aim;
}

/** What a part of the benchmark gives back. */
export interface Part {
  key: string;
  title: string;
  run(context: BenchContext): Promise<Figure[]>;
}

/** What every part is run with. */
export interface BenchContext {
  /** Smaller data and fewer rounds: shows that everything works, its figures mean little. */
  quick: boolean;
  /** Notices that growth is measured up to. */
  scale: number;
  workspace: Workspace;
}

/** The value at a share (0–1) of the sorted values. @throws RangeError without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

/** The middle value; the mean of the two middle ones of an even number. @throws RangeError without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return (low + high) / 2;
}

/** True when the figure's median reaches its aim. */
export function reaches({ values, aim }: Figure): boolean {
  if (!aim) return true;
  return 'atLeast' in aim ? median(values) >= aim.atLeast : median(values) <= aim.atMost;
}

/** Three significant digits, without exponent. */
export function formatNumber(value: number): string {
  return value >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** Lowest and highest value, which tell how noisy the run was. */
export function formatRange(values: readonly number[]): string {
  return values.length < 2 ? '' : `${formatNumber(Math.min(...values))}–${formatNumber(Math.max(...values))}`;
}
