import { fieldText, otherFields, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { JsonObject } from '#src/formats/json.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { findColumn } from '../common/columns.ts';
import { placeInPlatform } from './places.ts';
import { EVERYWHERE, type Settings } from './settings.ts';

/** Fields that a draft holds elsewhere than in `extra`. */
const USED = [
  'id',
  'title',
  'url',
  'publishTime',
  'informationType',
  'informationTypeText',
  'tenderProjectCode',
  'cityText',
];

/** A keyword without a hit brings the unfiltered list: a row without the keyword is no hit. */
export function contains(record: JsonObject, keyword: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return plain(fieldText(record.title)).includes(plain(keyword));
}

/** Rows of another province than the one asked for: the filter was ignored. */
export function isForeign(record: JsonObject, { province }: Settings): boolean {
  const own = fieldText(record.province);
  return province !== EVERYWHERE && own !== '' && own !== province;
}

/** A record of the list. @throws FeedFormatError for what is missing, or for a place that was not asked for */
export function toDraft(record: JsonObject, settings: Settings): NoticeDraft {
  if (isForeign(record, settings)) throw new FeedFormatError('条目不属于所查的省份');
  const rawTitle = requireText(typeof record.title === 'string' ? record.title : '', '标题');
  const { title, district } = parseTitle(rawTitle);
  const { column, mapping } = findColumn(settings.columns, requireText(fieldText(record.informationType), '信息类型'));
  return {
    sourceItemId: requireText(fieldText(record.id), '编号'),
    column: { ...column, label: column.label ?? (fieldText(record.informationTypeText) || undefined) },
    mapping,
    title: requireText(title, '标题'),
    rawTitle,
    published: { raw: requireText(fieldText(record.publishTime), '发布时间'), field: 'publishTime' },
    countyText: district ?? placeOf(record, settings),
    url: requireText(toAbsoluteUrl(typeof record.url === 'string' ? record.url : '', settings.base), '链接'),
    attachments: [],
    projectCode: fieldText(record.tenderProjectCode) || undefined,
    fields: {},
    extra: otherFields(record, USED),
  };
}

/** City, or the place in the platform's name, else the province: without a city asked for, nothing narrower is known. */
function placeOf(record: JsonObject, { city }: Settings): string | undefined {
  const province = fieldText(record.provinceText);
  const named =
    fieldText(record.cityText) || placeInPlatform(fieldText(record.transactionSourcesPlatformText), province);
  return named || (city === EVERYWHERE ? province || undefined : undefined);
}
