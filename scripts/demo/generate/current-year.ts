import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { addDays, type Day, daysBetween, isWorkday } from './calendar.ts';
import { type Brief, makeDetails, type Workshop } from './details.ts';
import type { DemoCategory, DemoProject } from './model.ts';
import { makeProject } from './notices.ts';
import { pickCounty, planProject } from './plan.ts';
import { Random } from './random.ts';
import { showcaseOf } from './showcase.ts';

/** Few steps around the deal, long terms: the year is there for its open tenders. */
const PACE = { depth: 0.15, patience: 34 };
const CATEGORY_WEIGHTS: Record<DemoCategory, number> = {
  construction: 30,
  procurement: 34,
  medical: 14,
  property: 10,
  general: 7,
  land: 8,
};

/** First day of the current feed: 1 January, or 1 September before while the year is young. */
export function firstDayOf(today: Day): Day {
  const year = Number(today.slice(0, 4));
  return today.slice(5) < '05-01' ? `${year - 1}-09-01` : `${year}-01-01`;
}

/** Projects begun on one day. Depends on the seed and the day alone, so that a later `today` only adds notices. */
function projectsBegunOn(seed: number, day: Day, workshop: Workshop): DemoProject[] {
  const random = new Random(seed, 'day', day);
  const count = isWorkday(day) ? random.integer(2, 5) : random.integer(0, 1);
  const ordinary = Array.from({ length: count }, (_, index) => {
    const category = random.weighted(CATEGORY_WEIGHTS);
    const county = index === 0 ? rotatingCounty(day) : pickCounty(random);
    return { key: `${day}-${index}`, category, county, brief: {} as Brief };
  });
  return [...ordinary, ...showcaseOf(day)].map(({ key, category, county, brief }) => {
    const own = new Random(seed, 'project', key);
    const plan = planProject(own, key, category, county, day, PACE);
    return makeProject(seed, makeDetails(own, plan, workshop, brief));
  });
}

/** Every county begins a project at least every third week. */
function rotatingCounty(day: Day) {
  const index = Math.floor(Date.parse(day) / 86_400_000) % COUNTY_SLUGS.length;
  return COUNTY_SLUGS[index] ?? 'jining';
}

/** Projects of the current year up to and including `today`; notices after it are left out. */
export function generateCurrent(seed: number, today: Day, workshop: Workshop): DemoProject[] {
  const projects: DemoProject[] = [];
  const tomorrow = addDays(today, 1);
  for (const day of daysBetween(firstDayOf(today), today)) {
    for (const project of projectsBegunOn(seed, day, workshop)) {
      const notices = project.notices.filter(({ publishedAt }) => publishedAt < tomorrow);
      if (notices.length > 0) projects.push({ ...project, notices });
    }
  }
  return projects;
}
