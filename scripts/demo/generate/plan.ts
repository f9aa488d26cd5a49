import type { County } from '#src/domain/counties/counties.ts';
import type { Day } from './calendar.ts';
import { planLand, planProperty } from './flows/disposals.ts';
import { type Pace, planTender } from './flows/tenders.ts';
import type { DemoCategory, ProjectPlan } from './model.ts';
import type { Random } from './random.ts';

/** How much business each site has. */
const COUNTY_WEIGHTS: Record<County, number> = {
  jining: 20,
  rencheng: 9,
  yanzhou: 8,
  qufu: 7,
  zoucheng: 10,
  weishan: 6,
  yutai: 4,
  jinxiang: 5,
  jiaxiang: 6,
  wenshang: 5,
  sishui: 4,
  liangshan: 5,
  gaoxin: 6,
  taibaihu: 3,
  jingkai: 2,
};

/** A county, busy ones more often. */
export function pickCounty(random: Random): County {
  return random.weighted(COUNTY_WEIGHTS);
}

/** Plans a project of any category. */
export function planProject(
  random: Random,
  key: string,
  category: DemoCategory,
  county: County,
  start: Day,
  pace: Pace,
): ProjectPlan {
  if (category === 'land') return planLand(random, key, county, start, pace);
  if (category === 'property') return planProperty(random, key, county, start, pace);
  return planTender(random, key, category, county, start, pace);
}
