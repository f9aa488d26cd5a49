import type { Category } from '#src/domain/categories.ts';
import type { Day } from './calendar.ts';
import { addDays } from './calendar.ts';
import { makeDetails, type Workshop } from './details.ts';
import type { DemoCategory, DemoProject, ProjectPlan } from './model.ts';
import { makeProject } from './notices.ts';
import { pickCounty, planProject } from './plan.ts';
import { Random } from './random.ts';

/** Published notices of 2020 by category, as the city reported them; together 5182. */
export const TOTALS_2020 = {
  construction: 1748,
  procurement: 1820,
  land: 152,
  mining: 0,
  property: 437,
  medical: 732,
  general: 293,
} as const satisfies Record<Category, number>;

const FIRST_DAY: Day = '2020-01-02';
const LAST_DAY: Day = '2020-12-31';

/** Plans that together have exactly the category's number of notices: what lies after the year is left out. */
function planCategory(seed: number, category: DemoCategory): ProjectPlan[] {
  const random = new Random(seed, '2020', category);
  const plans: ProjectPlan[] = [];
  for (let left = TOTALS_2020[category], index = 0; left > 0; index++) {
    const start = addDays(FIRST_DAY, random.integer(0, 355));
    const key = `2020-${category}-${index}`;
    const plan = planProject(random, key, category, pickCounty(random), start, { depth: 1, patience: 3 });
    const events = plan.events.filter(({ publishedAt }) => publishedAt.slice(0, 10) <= LAST_DAY).slice(0, left);
    left -= events.length;
    plans.push({ ...plan, events });
  }
  return plans.filter(({ events }) => events.length > 0);
}

/** The reporting year: a function of the seed alone. */
export function generate2020(seed: number, workshop: Workshop): DemoProject[] {
  const { mining: _none, ...published } = TOTALS_2020;
  const plans = (Object.keys(published) as DemoCategory[]).flatMap((category) => planCategory(seed, category));
  const firstTime = (plan: ProjectPlan) => plan.events[0]?.publishedAt ?? '';
  plans.sort((a, b) => (firstTime(a) < firstTime(b) ? -1 : firstTime(a) > firstTime(b) ? 1 : a.key < b.key ? -1 : 1));
  return plans.map((plan) => makeProject(seed, makeDetails(new Random(seed, 'details', plan.key), plan, workshop)));
}
