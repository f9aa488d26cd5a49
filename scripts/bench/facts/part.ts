import type { Tally } from './score.ts';

/** What every part of the facts benchmark is run with. */
export interface PartOptions {
  /** Folder of the real set: JSON files in folders of their group. */
  real: string;
}

/** What a part found, for the report. */
export interface PartResult {
  title: string;
  /** Tables of tallies by name, each by row. */
  tables: Record<string, Record<string, Tally>>;
  /** Values that were read without a doubt and are wrong. */
  wrong: readonly unknown[];
  /** Values that were not read. */
  missed: readonly unknown[];
  /** Aims that are not reached, in words; empty when all are. */
  below: readonly string[];
  /** Further figures, in words. */
  notes: readonly string[];
}

/** One group of things that are scored. Undefined when what it is scored on is not there. */
export type Part = (options: PartOptions) => PartResult | undefined;

/** Aims that tallies do not reach, in words. */
export function belowAims(
  tallies: Record<string, Tally>,
  aims: (row: string) => { precision: number; recall: number } | undefined,
): string[] {
  return Object.entries(tallies).flatMap(([row, { expected, found, right }]) => {
    const aim = aims(row);
    if (!aim) return [];
    const isImprecise = found > 0 && right / found < aim.precision;
    const isShort = expected > 0 && right / expected < aim.recall;
    return [
      ...(isImprecise ? [`${row}: precision ${(right / found).toFixed(3)} < ${aim.precision}`] : []),
      ...(isShort ? [`${row}: recall ${(right / expected).toFixed(3)} < ${aim.recall}`] : []),
    ];
  });
}
