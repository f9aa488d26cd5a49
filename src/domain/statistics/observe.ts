import { formatDate } from '../time/time.ts';
import type { Exclusion } from './exclusions.ts';
import { listLotOutcomes, type StatisticProject } from './lot-outcome.ts';
import type { MeasureDefinition } from './measure.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from './registry.ts';

/** Where a part is not known, and where a measure has none. */
export const NO_PART = '-';
/** A lot that counts. */
export const COUNTED = 'counted';

/** What one measure finds in one lot of a project, as it is stored. */
export interface ObservedLot {
  measure: MeasureId;
  /** `lotKey`; '' where the project is not divided. */
  lot: string;
  /** Shanghai month, `YYYY-MM`. */
  month: string;
  part: string;
  status: typeof COUNTED | Exclusion;
  /** 0 where it does not count. */
  numerator: number;
  denominator: number;
}

/** All that all measures find in a project, in a fixed order; a lot stands once for each measure and part. */
export function observeProject(project: StatisticProject): ObservedLot[] {
  const found = new Map<string, ObservedLot>();
  for (const lot of listLotOutcomes(project)) {
    for (const measure of MEASURE_IDS) {
      const definition: MeasureDefinition = MEASURES[measure];
      for (const observation of definition.observe?.(lot) ?? []) {
        const row: ObservedLot = {
          measure,
          lot: lot.key,
          month: formatDate(observation.at).slice(0, 7),
          part: observation.part ?? NO_PART,
          ...('because' in observation
            ? { status: observation.because, numerator: 0, denominator: 0 }
            : { status: COUNTED, numerator: observation.numerator, denominator: observation.denominator }),
        };
        found.set(JSON.stringify([measure, lot.key, row.part]), row);
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
