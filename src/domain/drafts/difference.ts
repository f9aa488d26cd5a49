import { CATEGORIES } from '../categories.ts';
import { FACT_KEYS, FACTS, type FactKey } from '../facts/facts.ts';
import { formatYuan } from '../money/money.ts';
import { stageLabel } from '../notices/stage-label.ts';
import { formatDateTime } from '../time/time.ts';
import type { DraftContent, FieldValue, SingleValue } from './content.ts';

/** One thing that differs between two contents. */
export interface Difference {
  /** Where, as remarks name places. */
  place: string;
  label: string;
  /** '' where it was not there. */
  before: string;
  after: string;
}

/** What a field is called, where its form does not say otherwise. */
export const fieldLabel = (name: string): string =>
  (FACT_KEYS as readonly string[]).includes(name) ? FACTS[name as FactKey].label : name;

/** A value in words. */
export function fieldText(value: FieldValue): string {
  if (value.kind !== 'entries') return singleText(value);
  return value.rows
    .map((row) =>
      Object.entries(row)
        .map(([name, cell]) => `${fieldLabel(name)}：${singleText(cell)}`)
        .join('，'),
    )
    .join('\n');
}

function singleText(value: SingleValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'money':
      return formatYuan(value.fen);
    case 'instant':
      return formatDateTime(value.instant, value.precision === 'endOfDay' ? 'minute' : value.precision);
    case 'area':
      return `${value.squareMetres} 平方米`;
  }
}

/** What stands at each place of a content, in words, in the order in which it is read. */
export function placesOf(content: DraftContent): { place: string; label: string; text: string }[] {
  const { category, stage, title, projectCode, lotCode, fields, bodyHtml, attachments, original, changes, reason } =
    content;
  return [
    { place: 'category', label: '交易类别', text: CATEGORIES[category].label },
    { place: 'stage', label: '环节', text: stageLabel(stage, category) },
    { place: 'title', label: '标题', text: title },
    { place: 'projectCode', label: '项目编号', text: projectCode },
    { place: 'lotCode', label: '标段（包）编号', text: lotCode },
    { place: 'original', label: '原公告', text: original ?? '' },
    { place: 'reason', label: '原因', text: reason },
    ...Object.entries(fields).map(([name, value]) => ({
      ...{ place: `fields.${name}`, label: fieldLabel(name), text: fieldText(value) },
    })),
    ...changes.map(({ label, before, after }, index) => ({
      ...{ place: `changes.${index}`, label: `更正：${label}`, text: `${before} → ${after}` },
    })),
    { place: 'body', label: '正文', text: plainText(bodyHtml) },
    ...attachments.map(({ name, sha256 }, index) => ({
      ...{ place: `attachments.${index}`, label: `附件 ${index + 1}`, text: `${name}（${sha256.slice(0, 12)}）` },
    })),
    {
      place: 'publishAt',
      label: '定时发布',
      text: content.publishAt === null ? '' : formatDateTime(content.publishAt, 'second'),
    },
  ];
}

/** What differs between two contents, place by place. */
export function differences(before: DraftContent, after: DraftContent): Difference[] {
  const [old, present] = [before, after].map((content) => new Map(placesOf(content).map((each) => [each.place, each])));
  const places = [...new Set([...(present?.keys() ?? []), ...(old?.keys() ?? [])])];
  return places.flatMap((place): Difference[] => {
    const [was, is] = [old?.get(place), present?.get(place)];
    const label = is?.label ?? was?.label ?? place;
    return (was?.text ?? '') === (is?.text ?? '')
      ? []
      : [{ place, label, before: was?.text ?? '', after: is?.text ?? '' }];
  });
}

const BLOCK_END = /<\/(?:p|div|li|tr|h[1-6]|blockquote|pre)>|<br\s*\/?>/gi;

/** Words of a body for comparing and lists; what readers see is made by the sanitizer. */
export const plainText = (html: string): string =>
  html
    .replace(BLOCK_END, '\n')
    .replace(/<\/t[dh]>/gi, '\t')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
