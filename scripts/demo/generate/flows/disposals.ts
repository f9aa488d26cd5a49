import type { County } from '#src/domain/counties/counties.ts';
import { addDays, addWorkdays, type Day } from '../calendar.ts';
import type { ProjectPlan } from '../model.ts';
import type { Random } from '../random.ts';
import type { Pace } from './tenders.ts';
import { makeRound, Timeline } from './timeline.ts';

/** Plans an offering of land from its announcement to its result. */
export function planLand(random: Random, key: string, county: County, start: Day, pace: Pace): ProjectPlan {
  const method = random.weighted({ 挂牌出让: 8, 拍卖出让: 2 });
  const line = new Timeline(random, makeRound(random, 1, start, method, pace.patience));
  const plan: ProjectPlan = { key, category: 'land', county, method, events: line.events };
  const published = line.publish('landOffering', start);
  if (random.chance(0.1)) {
    line.postpone(random.integer(5, 12));
    line.publish('landOfferingSupplement', addWorkdays(published, 4));
  }
  if (random.chance(0.04)) {
    line.publish('terminationNotice', addWorkdays(published, 10));
    return plan;
  }
  const deal = line.publish('landDealNotice', addWorkdays(line.round.deadline.slice(0, 10), random.integer(1, 7)));
  if (random.chance(0.6 * pace.depth)) line.publish('landResult', addDays(deal, random.integer(12, 30)));
  return plan;
}

/** Plans the sale or letting of a state-owned asset. */
export function planProperty(random: Random, key: string, county: County, start: Day, pace: Pace): ProjectPlan {
  const disclosed = random.chance(0.08);
  const listingDay = disclosed ? addWorkdays(start, 21) : start;
  const line = new Timeline(random, makeRound(random, 1, listingDay, '网络竞价', pace.patience));
  const plan: ProjectPlan = { key, category: 'property', county, method: '网络竞价', events: line.events };
  if (disclosed) line.publish('propertyPreDisclosure', start);
  const published = line.publish('propertyListing', listingDay);
  if (random.chance(0.16)) {
    line.postpone(random.integer(7, 20));
    line.publish('propertyListingChange', addWorkdays(published, random.integer(3, 8)));
  }
  const closing = line.round.deadline.slice(0, 10);
  const end = random.weighted({ deal: 78, failure: 16, termination: 6 });
  if (end === 'deal') line.publish('propertyDeal', addWorkdays(closing, random.integer(1, 5)));
  else if (end === 'failure') line.publish('failureNotice', addWorkdays(closing, 1));
  else line.publish('terminationNotice', addWorkdays(published, 5));
  return plan;
}
