import { COUNTIES, COUNTY_SLUGS } from '../../counties/counties.ts';
import type { FactValue } from '../../facts/facts.ts';
import { isUscc, normaliseUscc } from '../../identifiers/uscc.ts';
import { formatYuan, parseTypedAmount } from '../../money/money.ts';
import { formatMoment, type Moment } from '../../time/moment.ts';
import { readMoment } from '../../time/moment-text/read.ts';
import type { FieldKind } from './fields.ts';

/**
 * What people typed, by the names of inputs: the key of a field (`budget`), a part of one (`documentPeriod.from`, `buyer.uscc`,
 * `location.county`), or a cell of a table (`lots.0.lotCode`). Kept as typed, so that a draft may be unfinished.
 */
export type FormValues = Readonly<Record<string, string>>;

/** One value as it was read: how it is shown, with its typed parts; or what is wrong with it. */
export type ReadValue = { value: FactValue; uscc?: string } | { fault: string; at?: string } | null;

/** Longest texts, in characters. */
const MOST_LINE = 300;
const MOST_TEXT = 20_000;
const AREA = /^(\d{1,12}(?:\.\d{1,6})?)(平方米|㎡|m²|m2|公顷|亩)?$/i;
const METRES: Readonly<Record<string, number>> = { 公顷: 10_000, 亩: 2000 / 3 };

/** A value of a kind as it stands in the inputs under a name; null where nothing is filled in. */
export function readValue(
  kind: FieldKind,
  values: FormValues,
  name: string,
  options: readonly string[] = [],
): ReadValue {
  switch (kind) {
    case 'period':
    case 'days':
      return readRange(kind, values, name);
    case 'organization':
      return readOrganization(values, name);
    case 'region':
      return readRegion(values, name);
    case 'rows':
      return null;
    default:
      return readText(kind, line(values[name] ?? '', kind), options);
  }
}

/** Parts of inputs that a kind has beside the one that bears its name. */
export function partsOf(kind: FieldKind): readonly string[] {
  if (kind === 'period' || kind === 'days') return ['.from', '.to'];
  if (kind === 'organization') return ['', '.uscc'];
  return kind === 'region' ? ['.county', ''] : [''];
}

function line(text: string, kind: FieldKind): string {
  const lines = text.split(/\r\n?|\n/).map((each) => each.replace(/[^\S\n]+/g, ' ').trim());
  return kind === 'long' ? lines.filter(Boolean).join('\n') : lines.filter(Boolean).join(' ');
}

function readText(kind: Exclude<FieldKind, 'rows'>, text: string, options: readonly string[]): ReadValue {
  if (text === '') return null;
  const most = kind === 'long' ? MOST_TEXT : MOST_LINE;
  if (text.length > most) return { fault: `不能超过 ${most} 个字` };
  if (kind === 'money') return readMoney(text);
  if (kind === 'area') return readArea(text);
  if (kind === 'day' || kind === 'instant') return readPoint(kind, text);
  if (kind === 'choice' && !options.includes(text)) return { fault: '请从列出的选项中选择' };
  return { value: { text } };
}

function readMoney(text: string): ReadValue {
  const fen = parseTypedAmount(text);
  if (fen === undefined) return { fault: '请写精确到分的金额，例如 1200000、1,200,000.50 元、500 万' };
  return { value: { text: formatYuan(fen), fen } };
}

function readArea(text: string): ReadValue {
  const match = AREA.exec(text.normalize('NFKC').replace(/[,\s]/g, ''));
  const squareMetres = Number(match?.[1]) * (METRES[match?.[2] ?? ''] ?? 1);
  if (!match || squareMetres <= 0) return { fault: '请写面积，例如 12000、12000 平方米、1.2 公顷、30 亩' };
  return { value: { text: match[2] ? text : `${text} 平方米`, squareMetres } };
}

/** A moment as an input of the browser gives it (`2026-12-01T09:30`), or as people write it. */
function momentOf(kind: 'day' | 'instant', text: string): Moment | string {
  const read = readMoment(text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?$/, '$1 $2'), 'only');
  if (!read || !('moment' in read))
    return kind === 'day' ? '请写日期，例如 2026-12-01' : '请写日期和时间，例如 2026-12-01 09:30';
  const { moment } = read;
  if (kind === 'instant' && moment.precision === 'day') return '请写到几时几分，例如 2026-12-01 09:30';
  if (kind === 'day' && moment.precision !== 'day') return '请只写日期，例如 2026-12-01';
  return moment;
}

function readPoint(kind: 'day' | 'instant', text: string): ReadValue {
  const moment = momentOf(kind, text);
  if (typeof moment === 'string') return { fault: moment };
  return { value: { text: formatMoment(moment), instant: moment.at, precision: moment.precision } };
}

function readRange(kind: 'period' | 'days', values: FormValues, name: string): ReadValue {
  const [from, to] = [values[`${name}.from`]?.trim() ?? '', values[`${name}.to`]?.trim() ?? ''];
  if (from === '' && to === '') return null;
  if (from === '') return { fault: '请填写开始时间', at: `${name}.from` };
  if (to === '') return { fault: '请填写结束时间', at: `${name}.to` };
  const point = kind === 'days' ? 'day' : 'instant';
  const [start, end] = [momentOf(point, from), momentOf(point, to)];
  if (typeof start === 'string') return { fault: start, at: `${name}.from` };
  if (typeof end === 'string') return { fault: end, at: `${name}.to` };
  if (end.at < start.at) return { fault: '结束时间早于开始时间', at: `${name}.to` };
  return { value: { text: `${formatMoment(start)} 至 ${formatMoment(end)}` } };
}

/** The moments of a range that was read without a fault. */
export function rangeOf(
  kind: 'period' | 'days',
  values: FormValues,
  name: string,
): { from: Moment; to: Moment } | null {
  const point = kind === 'days' ? 'day' : 'instant';
  const [from, to] = [momentOf(point, values[`${name}.from`] ?? ''), momentOf(point, values[`${name}.to`] ?? '')];
  return typeof from === 'string' || typeof to === 'string' ? null : { from, to };
}

function readOrganization(values: FormValues, name: string): ReadValue {
  const text = line(values[name] ?? '', 'text');
  const code = normaliseUscc(values[`${name}.uscc`] ?? '');
  if (text === '') return code === '' ? null : { fault: '填了代码，请再填单位名称' };
  if (text.length > MOST_LINE) return { fault: `不能超过 ${MOST_LINE} 个字` };
  if (text.length < 2) return { fault: '请填写单位全称' };
  if (code !== '' && !isUscc(code))
    return { fault: '统一社会信用代码不对：应为 18 位，请核对每一位', at: `${name}.uscc` };
  return { value: { text }, ...(code === '' ? {} : { uscc: code }) };
}

function readRegion(values: FormValues, name: string): ReadValue {
  const place = line(values[name] ?? '', 'text');
  const slug = values[`${name}.county`] ?? '';
  if (place === '' && slug === '') return null;
  const county = COUNTY_SLUGS.find((each) => each === slug);
  if (!county) return { fault: '请选择所在县区', at: `${name}.county` };
  if (place.length > MOST_LINE) return { fault: `不能超过 ${MOST_LINE} 个字` };
  const { label } = COUNTIES[county];
  return { value: { text: place.startsWith(label) ? place : `${label}${place}` } };
}
