import type { z } from 'zod';
import { presentDefinition } from './present.ts';
import type { measureListSchema, measureSchema } from './schema.ts';

const figure = {
  n: 2,
  about: 3,
  omitted: [{ because: 'noBaseline' as const, n: 1 }],
  numerator: 10_000_000_000,
  denominator: 120_000_000_000,
  value: 0.08333333333333333,
  spread: { lower: 0.1, median: 0.15, upper: 0.2 },
  isHidden: false,
};

const whole = { key: '', label: '全部', figure, rowsUrl: '/statistics/savingRate/rows?year=2020' };

export const STATISTIC_EXAMPLES: {
  list: z.output<typeof measureListSchema>;
  measure: z.output<typeof measureSchema>;
} = {
  list: { items: [presentDefinition('savingRate')] },
  measure: {
    definition: presentDefinition('savingRate'),
    year: 2020,
    month: null,
    county: null,
    category: null,
    years: [2019, 2020],
    whole,
    breakdowns: [{ by: 'year', rows: [{ ...whole, key: '2020', label: '2020' }] }],
    asOf: '2026-03-03T01:00:00.000Z',
  },
};
