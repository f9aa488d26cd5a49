import type { County } from '#src/domain/counties/counties.ts';
import { addDays, addWorkdays, type Day } from '../calendar.ts';
import type { Method, ProjectPlan } from '../model.ts';
import type { Random } from '../random.ts';
import { TENDER_PROFILES, type TenderCategory, type TenderProfile } from './profiles.ts';
import { makeRound, Timeline } from './timeline.ts';

/** How a year's projects unfold. */
export interface Pace {
  /** Multiplies the chance of the steps before and after the deal. */
  depth: number;
  /** Days that deadlines may lie beyond the usual. */
  patience: number;
}

interface Course {
  random: Random;
  profile: TenderProfile;
  method: Method;
  pace: Pace;
  line: Timeline;
}

/** Plans a tender from its first notice on `start` to its last. */
export function planTender(
  random: Random,
  key: string,
  category: TenderCategory,
  county: County,
  start: Day,
  pace: Pace,
): ProjectPlan {
  const profile = TENDER_PROFILES[category];
  const method = random.weighted(profile.methods);
  const planned = random.chance(profile.plan * pace.depth);
  const tenderDay = planned ? addDays(start, random.chance(0.06) ? 12 : random.integer(31, 44)) : start;
  const line = new Timeline(random, makeRound(random, 1, tenderDay, method, pace.patience));
  const course = { random, profile, method, pace, line };
  if (planned) line.publish(profile.planStage, start);
  if (method === '单一来源') addSingleSource(course, tenderDay);
  else addRound(course, tenderDay);
  return { key, category, county, method, events: line.events };
}

function addSingleSource(course: Course, day: Day): void {
  const published = course.line.publish('singleSourceNotice', day);
  addContract(course, course.line.publish('awardNotice', addWorkdays(published, 9)));
}

/** One attempt: notice, changes while it is open, and its end. */
function addRound(course: Course, day: Day): void {
  const { random, profile, line } = course;
  const published = line.publish('tenderNotice', day);
  if (random.chance(profile.clarification)) line.publish('clarification', addWorkdays(published, 3));
  if (random.chance(profile.correction)) addCorrection(course, published);
  if (random.chance(profile.suspension)) {
    const stopped = line.publish('suspensionNotice', addWorkdays(published, 4));
    line.postpone(20);
    line.publish('resumptionNotice', addWorkdays(stopped, 10));
  }
  if (random.chance(profile.termination)) {
    line.publish('terminationNotice', addWorkdays(published, 6));
    return;
  }
  const deadlineDay = line.round.deadline.slice(0, 10);
  if (random.chance(profile.failure)) {
    const failed = line.publish('failureNotice', addWorkdays(deadlineDay, 1));
    if (line.round.number === 1 && random.chance(0.8)) addSecondRound(course, failed);
    return;
  }
  addAward(course, deadlineDay);
}

function addCorrection(course: Course, published: Day): void {
  course.line.postpone(course.random.integer(5, 15));
  course.line.publish('correctionNotice', addWorkdays(published, course.random.integer(2, 4)));
}

function addSecondRound(course: Course, failed: Day): void {
  const { random, line, method, pace } = course;
  const day = addWorkdays(failed, random.integer(2, 8));
  line.round = makeRound(random, 2, day, method, pace.patience);
  addRound(course, day);
}

function addAward(course: Course, deadlineDay: Day): void {
  const { random, profile, line } = course;
  if (random.chance(profile.openingRecord)) line.publish('openingRecord', deadlineDay);
  let settled = deadlineDay;
  if (random.chance(profile.candidates)) {
    settled = line.publish('candidateNotice', addDays(deadlineDay, random.integer(1, 3)));
    if (random.chance(profile.complaint)) line.publish('complaintDecision', addWorkdays(settled, 24));
    settled = addDays(settled, random.chance(0.04) ? 2 : random.integer(4, 6));
  } else settled = addWorkdays(settled, random.integer(1, 3));
  const awarded = line.publish('awardNotice', settled);
  if (random.chance(profile.supervision)) line.publish('supervisionDecision', addWorkdays(awarded, 30));
  addContract(course, awarded);
}

function addContract(course: Course, awarded: Day): void {
  const { random, profile, pace, line } = course;
  if (!random.chance(profile.contract * pace.depth)) return;
  const signed = line.publish('contractNotice', addDays(awarded, random.integer(7, random.chance(0.05) ? 50 : 29)));
  if (random.chance(profile.performance * pace.depth)) {
    line.publish(profile.performanceStage, addDays(signed, random.integer(40, 150)));
  }
}
