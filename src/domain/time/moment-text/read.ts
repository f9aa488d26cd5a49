import { parseFeedTime } from '../feed-time.ts';
import { dayOf, isSameMoment, type Moment } from '../moment.ts';
import { type FoundMoment, findMoments, type MomentReading } from './find.ts';

/**
 * Which moment of a range counts: the `end` for a deadline, the `start` for something that begins; `only` when a range is no
 * answer at all.
 */
export type MomentUse = 'end' | 'start' | 'only';

/** The moment that a value is, or why none can be given. */
export type MomentResult = { moment: Moment } | { doubt: 'several' | 'unreadable' };

/** `由…变更为…`, `现更改为`: what stands behind is valid. */
const CHANGED = /^.*(?:变更|更正|更改|调整|修改|延期|延长|推迟|顺延|改|延|现)(?:为|至|到)\s*[:：]?/s;
/** Times as software writes them: ISO 8601 with its zone, epoch milliseconds, digits only. */
const MACHINE =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)|\/?Date\(-?\d+\)\/?|[12]\d{12}|(?:19|20)\d{6}(?:\d{4}|\d{6})?)$/;
const NUMBERS = /[\d〇一二三四五六七八九十]\s?[年月日号时点:：]|\d/;

/** The moment that a labelled value names; undefined when it holds nothing that could be one. */
export function readMoment(value: string, use: MomentUse): MomentResult | undefined {
  const machine = MACHINE.test(value.trim()) ? parseFeedTime(value.trim()) : undefined;
  if (machine) return { moment: { at: machine.instant, precision: machine.precision } };
  const valid = value.replace(CHANGED, '');
  const found = findMoments(valid);
  const all = found.length > 0 ? found : findMoments(value);
  if (all.length === 0) return NUMBERS.test(value) ? { doubt: 'unreadable' } : undefined;
  if (use === 'only' && all.some(({ to }) => to)) return { doubt: 'several' };
  return unite(all.map((range) => choose(range, use)));
}

/** Does the text begin with a moment, with nothing else before it? */
export function startsWithMoment(text: string): boolean {
  return findMoments(text)[0]?.index === text.search(/\S/);
}

function choose({ from, to, isOpen }: FoundMoment, use: MomentUse): MomentReading {
  if (use !== 'end') return from;
  return isOpen ? 'unclear' : (to ?? from);
}

/** One moment out of all that are named: the same one said again, or its day said again, is no other. */
function unite(readings: readonly MomentReading[]): MomentResult {
  const moments = readings.filter((reading) => reading !== 'unclear');
  const [first] = moments;
  if (!first || moments.length < readings.length) return { doubt: 'unreadable' };
  const exact = moments.find(({ precision }) => precision !== 'day') ?? first;
  const agree = moments.every(
    (moment) => isSameMoment(moment, exact) || (moment.precision === 'day' && dayOf(moment) === dayOf(exact)),
  );
  return agree ? { moment: exact } : { doubt: 'several' };
}
