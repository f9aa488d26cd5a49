import type { EntryKey, FACTS, FactKey, FactValue } from '#src/domain/facts/facts.ts';
import { parseAmount } from '#src/domain/money/amount-text.ts';
import { type MomentUse, readMoment } from '#src/domain/time/moment-text/read.ts';
import type { Candidate } from './candidates.ts';

/** Square metres of each unit; 1 亩 is 2000/3 m². */
const UNITS: Record<string, number> = {
  平方米: 1,
  平米: 1,
  '㎡': 1,
  m2: 1,
  公顷: 10_000,
  hm2: 10_000,
  亩: 2_000 / 3,
  平方公里: 1_000_000,
  平方千米: 1_000_000,
  km2: 1_000_000,
};
const UNIT = /平方公里|平方千米|平方米|平米|公顷|亩|km2|hm2|m2/gi;

/**
 * The one area that a text names, in m² to two places. The unit may stand in the header (`面积(公顷)`). Undefined
 * when there is no unit, when units or several areas contradict each other, or when the number is zero.
 */
export function parseArea(text: string, header = ''): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/m²/gi, 'm2')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
  const headerUnits = header.normalize('NFKC').replace(/m²/gi, 'm2').match(UNIT) ?? [];
  const areas: number[] = [];
  for (const match of plain.matchAll(/(\d+(?:\.\d+)?)\s*(平方公里|平方千米|平方米|平米|公顷|亩|km2|hm2|m2)?/gi)) {
    const unit = match[2] ?? (headerUnits.length === 1 ? headerUnits[0] : undefined);
    const factor = unit ? UNITS[unit.toLowerCase()] : undefined;
    if (factor === undefined) return undefined;
    areas.push(Math.round(Number(match[1]) * factor * 10_000) / 10_000);
  }
  const [first] = areas;
  if (!first) return undefined;
  // `5.29公顷（79.39亩）` says one area twice, rounded differently.
  return areas.every((area) => Math.abs(area - first) <= first * 0.002) ? first : undefined;
}

const LONGEST_TEXT = 300;
export const PLACEHOLDER =
  /^(?:无|暂无|未提供|详见.{0,30}|见.{0,20}附件.{0,10}|见.{0,10}(?:公告|文件|正文)|同上|面议|待定|[年月日天元]|万元|[-/—*\s]+|null|undefined)$/i;
type InstantFact = { [Each in FactKey]: (typeof FACTS)[Each]['kind'] extends 'instant' ? Each : never }[FactKey];
/** Which moment of a range a fact means. */
const MOMENT_USES: Record<InstantFact, MomentUse> = {
  originalNoticeDate: 'only',
  contractDate: 'only',
  deadline: 'end',
  clarificationDeadline: 'end',
  opening: 'start',
};
/** A sum of fewer than ten yuan is a placeholder, or a rate under a header for sums. */
const LEAST_SUM = 1_000;
const BARE_NUMBER = /^[\d.,，\s]+$/;
/** A value read from one candidate: the words, and the number, time or area that they certainly are. */
export type Reading = Pick<FactValue, 'text' | 'fen' | 'squareMetres' | 'instant' | 'precision' | 'form' | 'doubt'>;
type Source = Pick<Candidate, 'value' | 'label'>;

/** Words with single blanks, cut to what a fact shows. */
export function clip(text: string): string {
  const tidy = text.replace(/\s+/g, ' ').trim();
  return tidy.length > LONGEST_TEXT ? `${tidy.slice(0, LONGEST_TEXT)}…` : tidy;
}

/** An amount; undefined when the words name none. */
export function readMoney({ value, label }: Source): Reading | undefined {
  const reading = parseAmount(value, label);
  if (!reading) return undefined;
  const text = withUnit(value, /[（(]\s*(?:人民币|单位[:：]?)?\s*((?:百|千)?[万亿]?元)\s*[）)]/.exec(label)?.[1]);
  if ('fen' in reading) return reading.fen < LEAST_SUM ? { text, doubt: 'zero' } : { text, fen: reading.fen };
  const { reason } = reading;
  return reason === 'rate' || reason === 'unitPrice' ? { text, form: reason } : { text, doubt: reason };
}

/** A moment; undefined when the words hold none. Of a range, the key decides which end counts. */
export function readInstant({ value, key }: Source & { key?: EntryKey | FactKey }): Reading | undefined {
  const result = readMoment(value, key && key in MOMENT_USES ? MOMENT_USES[key as InstantFact] : 'only');
  if (!result) return undefined;
  const text = clip(value);
  return 'moment' in result
    ? { text, instant: result.moment.at, precision: result.moment.precision }
    : { text, doubt: result.doubt };
}

/** An area; undefined when the words hold no digits. */
export function readArea({ value, label }: Source): Reading | undefined {
  if (!/\d/.test(value)) return undefined;
  const squareMetres = parseArea(value, label);
  const text = withUnit(value, /[（(]\s*(平方米|㎡|公顷|亩|平方公里)\s*[）)]/.exec(label)?.[1]);
  return squareMetres === undefined ? { text, doubt: 'unit' } : { text, squareMetres };
}

function withUnit(value: string, unit: string | undefined): string {
  return clip(unit && BARE_NUMBER.test(value) ? `${value.trim()} ${unit}` : value);
}
