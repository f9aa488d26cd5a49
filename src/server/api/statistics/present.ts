import type { z } from 'zod';
import { MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';
import type { FigureRow, MeasureView } from '../../statistics/read.ts';
import type { measureListSchema, measureSchema } from './schema.ts';

/** A measure as the API tells it. */
export function presentDefinition(measure: MeasureId): z.output<typeof measureListSchema>['items'][number] {
  const { title, unit, words, predicate, numerator, denominator, countOf, baseline, exclusions, minimum, source } =
    MEASURES[measure];
  return {
    ...{ measure, title, unit, words, predicate, numerator, denominator, countOf, baseline, minimum, source },
    exclusions: [...exclusions],
  };
}

/** The figures of a measure as the API tells them. */
export function presentMeasure(view: MeasureView): z.output<typeof measureSchema> {
  const { measure, filter, years, whole, breakdowns, asOf } = view;
  return {
    definition: presentDefinition(measure),
    year: filter.year,
    month: filter.month ?? null,
    county: filter.county ?? null,
    category: filter.category ?? null,
    years,
    whole: presentRow(whole),
    breakdowns: breakdowns.map(({ by, rows }) => ({ by, rows: rows.map(presentRow) })),
    asOf,
  };
}

const presentRow = ({ key, label, figure, rowsUrl }: FigureRow) => ({ key, label, figure: { ...figure }, rowsUrl });
