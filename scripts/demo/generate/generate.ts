import type { Day } from './calendar.ts';
import { generateCurrent } from './current-year.ts';
import type { DemoProject } from './model.ts';
import { Cast } from './names.ts';
import { Registry } from './registry.ts';
import { generate2020 } from './year-2020.ts';

export const DEMO_SEED = 20200401;

export interface DemoData {
  projects: DemoProject[];
}

/**
 * Everything the demonstration publishes up to the end of `today`: the reporting year 2020 with its exact totals, and
 * the current year. A pure function: equal arguments give equal bytes, and a later day only adds notices.
 */
export function generateDemo(seed: number, today: Day): DemoData {
  const workshop = { cast: new Cast(seed), registry: new Registry() };
  return { projects: [...generate2020(seed, workshop), ...generateCurrent(seed, today, workshop)] };
}
