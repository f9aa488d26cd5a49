import { parseAmount } from '#src/domain/amount-text.ts';
import type { FactDoubt } from '#src/domain/fact-evidence.ts';
import type { FactValue } from '#src/domain/facts.ts';
import { parseFeedTime } from '#src/domain/feed-time.ts';
import { formatDateTime } from '#src/domain/time.ts';
import { parseArea } from './area.ts';
import type { Candidate } from './candidates.ts';

const LONGEST_TEXT = 300;
export const PLACEHOLDER =
  /^(?:无|暂无|未提供|详见.{0,30}|见.{0,20}附件.{0,10}|见.{0,10}(?:公告|文件|正文)|同上|面议|待定|[年月日天元]|万元|[-/—*\s]+|null|undefined)$/i;
const MOMENT =
  /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*日?(?:\s*[（(](?:北京时间|星期.|周.)[）)])?(?:\s*T?\s*(?:上午|下午|中午)?\s*\d{1,2}\s*[:：时点]\s*(?:\d{1,2}\s*(?:[:：分]\s*(?:\d{1,2}\s*秒?)?)?)?)?/g;
const BARE_NUMBER = /^[\d.,，\s]+$/;
/** `由…变更为…`: what stands behind is valid. */
const CHANGED = /(?:变更|更正|调整|修改|延期|推迟|顺延|改)(?:为|至|到)\s*[:：]?(.*)$/s;

/** A value read from one candidate: the words, and the number, time or area that they certainly are. */
export type Reading = Pick<FactValue, 'text' | 'fen' | 'squareMetres' | 'instant' | 'form' | 'doubt'>;
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
  if ('fen' in reading) return { text, fen: reading.fen };
  const { reason } = reading;
  return reason === 'rate' || reason === 'unitPrice' ? { text, form: reason } : { text, doubt: reason };
}

/** An instant; undefined when the words hold no digits. */
export function readInstant({ value }: Source): Reading | undefined {
  const changed = CHANGED.exec(value)?.[1];
  const moments = (changed ?? value).match(MOMENT) ?? [];
  const instants = new Set(moments.map((moment) => parseFeedTime(moment.replace(/：/g, ':').trim())?.instant));
  const text = clip(value);
  const [instant] = instants;
  if (instants.size > 1) return { text, doubt: 'several' };
  if (instant) return { text, instant };
  return /\d/.test(value) ? { text, doubt: 'unreadable' } : undefined;
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

/** The reading without its typed value, for a reason. */
export function doubted(reading: Reading, doubt: FactDoubt): Reading {
  return { text: reading.text, doubt };
}

/** Is the instant no more exact than a day? */
export function isMidnight(instant: string): boolean {
  return formatDateTime(instant).endsWith('00:00');
}
