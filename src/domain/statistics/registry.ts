import type { MeasureDefinition } from './measure.ts';
import { BUILDING } from './measures/building.ts';
import { COMPETITION } from './measures/competition.ts';
import { COURSE } from './measures/course.ts';
import { DISPOSALS } from './measures/disposals.ts';
import { PARTIES } from './measures/parties.ts';
import { SAVING } from './measures/saving.ts';
import { VOLUME } from './measures/volume.ts';

/** Groups of measures, in the order of the page. */
export const MEASURE_GROUPS = [
  { title: '数量和金额', measures: VOLUME },
  { title: '节资', measures: SAVING },
  { title: '土地、矿业权和产权', measures: DISPOSALS },
  { title: '造价和主要材料', measures: BUILDING },
  { title: '竞争', measures: COMPETITION },
  { title: '过程和期限', measures: COURSE },
  { title: '参与各方', measures: PARTIES },
] as const;

const ALL = { ...VOLUME, ...SAVING, ...DISPOSALS, ...BUILDING, ...COMPETITION, ...COURSE, ...PARTIES };
export type MeasureId = keyof typeof ALL;

/** Every measure of the site. Adding one is an entry in a file of `measures/`; what it lacks does not compile. */
export const MEASURES: Readonly<Record<MeasureId, MeasureDefinition>> = ALL;
export const MEASURE_IDS = Object.keys(ALL) as [MeasureId, ...MeasureId[]];

/** Is a text the id of a measure? */
export const isMeasure = (text: string): text is MeasureId => Object.hasOwn(MEASURES, text);

/**
 * Number of the rules by which lots are observed, stored with every project's row. Raised whenever the same notices would give other
 * observations.
 */
export const STATISTIC_RULES = 1;
