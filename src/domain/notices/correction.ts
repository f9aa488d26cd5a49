import { FACT_KEYS, FACTS, type FactKey, type Facts, type FactValue, factDefinition } from '../facts/facts.ts';
import { STAGE_SLUGS, type Stage, stageDefinition } from '../stages.ts';
import { isSameMoment, type Moment, toMoment, within } from '../time/moment.ts';
import { calendarDaysBetween } from '../time/time.ts';

/** A fact that a correction gives another value. */
export interface FactChange {
  key: FactKey;
  before: FactValue;
  after: FactValue;
}

/** Notices that change an earlier one. */
export const CORRECTIONS: ReadonlySet<Stage> = new Set(
  STAGE_SLUGS.filter((stage) => stageDefinition(stage).effect === 'corrects'),
);

/** Facts that name the deal: they tell which one is corrected, not what of it. Lists are compared by people. */
const IS_COMPARED: Record<(typeof FACTS)[FactKey]['weight'], boolean> = {
  identity: false,
  decisive: true,
  detail: true,
  list: false,
};

/** What a correction changes of what was valid before it: moved dates first, then the rest, each in the order of the facts table. */
export function listFactChanges(before: Facts, after: Facts): FactChange[] {
  const changes = FACT_KEYS.flatMap((key): FactChange[] => {
    const [old, now] = [before[key], after[key]];
    return old && now && IS_COMPARED[FACTS[key].weight] && differ(old, now) ? [{ key, before: old, after: now }] : [];
  });
  const isDate = ({ key }: FactChange) => factDefinition(key).kind === 'instant';
  return [...changes.filter(isDate), ...changes.filter((change) => !isDate(change))];
}

/** Certain values are compared as such, all others by their words. */
function differ(a: FactValue, b: FactValue): boolean {
  for (const kind of ['fen', 'squareMetres'] as const) {
    if (a[kind] !== undefined && b[kind] !== undefined) return a[kind] !== b[kind];
  }
  const [one, other] = [toMoment(a.instant, a.precision), toMoment(b.instant, b.precision)];
  if (one && other) return !isSameMoment(one, other);
  return plain(a.text) !== plain(b.text);
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
}

/**
 * How far a time was moved, in words: calendar days in Shanghai, or hours and minutes within one day. Undefined where one of
 * the two is a day without a clock, and the day stays.
 */
export function formatMove(from: Moment, to: Moment): string | undefined {
  const days = calendarDaysBetween(within(from), within(to));
  if (days !== 0) return `${days > 0 ? '延后' : '提前'} ${Math.abs(days)} 天`;
  if (from.precision === 'day' || to.precision === 'day') return undefined;
  const minutes = Math.round((Date.parse(to.at) - Date.parse(from.at)) / 60_000);
  const hours = Math.floor(Math.abs(minutes) / 60);
  const parts = [hours > 0 ? `${hours} 小时` : '', minutes % 60 === 0 ? '' : `${Math.abs(minutes % 60)} 分`];
  return `${minutes > 0 ? '延后' : '提前'} ${parts.filter(Boolean).join(' ')}`;
}
