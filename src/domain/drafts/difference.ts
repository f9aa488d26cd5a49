import { articlePlaces } from '../articles/places.ts';
import { CATEGORIES } from '../categories.ts';
import { stageLabel } from '../notices/stage-label.ts';
import { stageDefinition } from '../stages.ts';
import { formatDateTime } from '../time/time.ts';
import { type AnyContent, isArticle } from './any-content.ts';
import type { DraftContent } from './content.ts';
import type { FilledRow } from './form/check.ts';
import { fillDraft } from './form/notice.ts';

/** One thing that differs between two contents. */
export interface Difference {
  /** Where, as remarks name places. */
  place: string;
  label: string;
  /** '' where it was not there. */
  before: string;
  after: string;
}

interface Place {
  place: string;
  label: string;
  text: string;
}

/** What stands at each place of a content, in words, in the order in which it is read. */
export function placesOf(content: AnyContent): Place[] {
  const { bodyHtml, attachments, publishAt } = content;
  return [
    ...(isArticle(content) ? articlePlaces(content) : noticePlaces(content)),
    { place: 'body', label: '正文', text: plainText(bodyHtml) },
    ...attachments.map(({ name, sha256 }, index) => ({
      ...{ place: `attachments.${index}`, label: `附件 ${index + 1}`, text: `${name}（${sha256.slice(0, 12)}）` },
    })),
    { place: 'publishAt', label: '定时发布', text: publishAt === null ? '' : formatDateTime(publishAt, 'second') },
  ];
}

function noticePlaces(content: DraftContent): Place[] {
  const { category, stage, title, projectCode, lotCode, original, reason } = content;
  const fields = fieldsOf(content);
  /** What the form asks for stands among its fields. */
  const beside = (key: string, label: string, text: string): Place[] =>
    fields.some(({ place }) => place === `fields.${key}`) ? [] : [{ place: key, label, text }];
  return [
    { place: 'category', label: '交易类别', text: CATEGORIES[category].label },
    { place: 'stage', label: '环节', text: stageLabel(stage, category) },
    { place: 'title', label: '标题', text: title },
    ...beside('projectCode', '项目编号', projectCode),
    ...beside('lotCode', '标段（包）编号', lotCode),
    { place: 'original', label: '原公告', text: original ?? '' },
    { place: 'reason', label: '原因', text: reason },
    ...fields,
  ];
}

/** What is filled in of its form, in the words of its category and stage. */
function fieldsOf(content: DraftContent): Place[] {
  if (!stageDefinition(content.stage).categories.includes(content.category)) return [];
  return fillDraft(content).fields.map(({ field, value, rows }) => ({
    ...{ place: `fields.${field.key}`, label: field.label, text: rows ? rowsText(rows) : (value?.text ?? '') },
  }));
}

const rowsText = (rows: readonly FilledRow[]): string =>
  rows
    .map((row) =>
      Object.values(row)
        .map(({ column, value }) => `${column.label}：${value.text}`)
        .join('，'),
    )
    .join('\n');

/** What differs between two contents, place by place. */
export function differences(before: AnyContent, after: AnyContent): Difference[] {
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
