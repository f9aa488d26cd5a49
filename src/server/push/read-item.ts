import type { z } from 'zod';
import { countyDefinition } from '#src/domain/counties/counties.ts';
import { type JsonFault, JsonFaultError, parseJson } from '#src/formats/json.ts';
import { cleanTitle } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { ItemRejectedError, type Reason } from '#src/publish/items/reasons.ts';
import { findBrokenTexts, shorten } from '#src/publish/prepare/broken-text.ts';
import {
  PUSH_SCHEMAS,
  type PushExposure,
  type PushKind,
  type PushNotice,
  type PushOrganization,
} from '../api/sync/schema.ts';
import { LONGEST_ITEM } from './split.ts';

/** Values that are listed; of more, none is. */
const MOST_VALUES = 20;

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
  record: '对象',
  null: 'null',
};

/** The reasons in a schema's issue, in the words of whoever sent the item. */
function toReasons(issue: z.core.$ZodIssue): Reason[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return bestForm(issue.errors).flatMap((inner) => toReasons({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => toReason('没有这个字段：', [...issue.path, key], shorten(key)));
  }
  const place = issue.path.length > 0 ? shorten(issue.path.join('.')) : '内容';
  return [toReason(place, issue.path, describeIssue(issue))];
}

/** A union hides the issues of its forms: those of the form that fits best tell what to mend. */
function bestForm(forms: readonly z.core.$ZodIssue[][]): readonly z.core.$ZodIssue[] {
  const [best = []] = [...forms].sort((one, other) => one.length - other.length);
  return forms.find((issues) => !issues.some(({ path }) => path[0] === 'withdrawn')) ?? best;
}

function toReason(subject: string, path: readonly PropertyKey[], rest: string): Reason {
  return { code: 'invalid', message: `${subject}${rest}`, field: shorten(path.map(String).join('.')) };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'array' ? `最多 ${issue.maximum} 项` : `最长 ${issue.maximum} 个字符`;
    case 'too_small':
      return Number(issue.minimum) > 1 ? `至少 ${issue.minimum} 个字符` : '不能为空';
    case 'invalid_type':
      return describeType(issue);
    case 'invalid_value':
      return issue.values.length <= MOST_VALUES ? `须为 ${issue.values.join('、')}` : '不是允许的值';
    case 'invalid_format':
      return issue.format === 'url' ? '须是 http 或 https 地址' : '格式不对';
    case 'invalid_key':
      return `的字段名不对：${issue.issues.map(describeIssue).join('，')}`;
    default:
      return '不是允许的值';
  }
}

/** What zod met is told in its message only. */
function describeType({ expected, message }: z.core.$ZodIssueInvalidType): string {
  const met = /received (\w+)/.exec(message)?.[1] ?? '';
  if (met === 'undefined') return '缺失';
  return `须为${TYPES[expected] ?? expected}，收到的是${TYPES[met.toLowerCase()] ?? '其他类型'}`;
}

const MOST_REASONS = 10;

/** What is wrong with an item's JSON, as its sender would say it. */
const FAULTS: Record<JsonFault, string> = {
  empty: '这一条是空的',
  markup: '这一条是网页或 XML，不是 JSON',
  several: '这一条中有多个 JSON，或其后还有内容',
  broken: 'JSON 不完整，或格式有误',
  deep: '嵌套过深：最多 64 层',
  repeated: '同一对象中的字段重复',
};

/** An item of each kind as its schema reads it. */
export interface PushItems {
  notices: PushNotice;
  exposures: PushExposure;
  organizations: PushOrganization;
}

/**
 * Reads one item's JSON value. @throws ItemRejectedError with a reason for each faulty field
 */
export function readItem<Kind extends PushKind>(kind: Kind, value: unknown): PushItems[Kind] {
  const broken = findBrokenTexts(value);
  if (broken.length > 0) throw new ItemRejectedError(broken.slice(0, MOST_REASONS));
  const result = PUSH_SCHEMAS[kind].safeParse(value);
  if (result.success) return result.data as PushItems[Kind];
  throw new ItemRejectedError(result.error.issues.flatMap(toReasons).slice(0, MOST_REASONS));
}

/** The sender's id of an item, as far as it can be told of one that may not be sound. */
export function findItemId(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' && id.trim() !== '' ? id.trim().slice(0, 300) : null;
}

/** The JSON value of an item's text. @throws ItemRejectedError */
export function parseItem(text: string): unknown {
  if (text.length > LONGEST_ITEM) {
    throw new ItemRejectedError([{ code: 'too-long', message: `这一条过长：最多 ${LONGEST_ITEM} 个字符` }]);
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonFaultError)) throw error;
    const name = error.fault === 'repeated' ? `：${shorten(error.excerpt)}` : '';
    throw new ItemRejectedError([{ code: 'unreadable', message: `${FAULTS[error.fault]}${name}` }]);
  }
}

/** A pushed notice as the drafts that feeds give. */
export function toNoticeDraft(item: PushNotice): NoticeDraft {
  const base = { sourceItemId: item.id, column: { code: 'push' }, attachments: [], fields: {}, extra: {} };
  if (item.withdrawn) {
    return { ...base, title: '', rawTitle: '', published: { raw: '', field: 'publishedAt' }, withdrawn: true };
  }
  const { category, stage, title, publishedAt, modifiedAt, county, withdrawn: _withdrawn, id: _id, ...same } = item;
  return {
    ...base,
    ...same,
    mapping: { category, stage },
    title: cleanTitle(title),
    rawTitle: title,
    published: { raw: publishedAt, field: 'publishedAt' },
    ...(modifiedAt ? { modified: { raw: modifiedAt, field: 'modifiedAt' } } : {}),
    ...(county ? { countyText: countyDefinition(county).label } : {}),
  };
}

/** A pushed entry of the exposure board or the blacklist as the drafts that feeds give. */
export function toExposureDraft(item: PushExposure): NoticeDraft {
  const { id, board, kind, list, subjectType, title, publishedAt, county, url, attachments, fields, withdrawn } = item;
  return {
    sourceItemId: id,
    column: { code: 'push' },
    exposure: { board, kind, list, subjectType },
    title: cleanTitle(title),
    rawTitle: title,
    published: { raw: publishedAt, field: 'publishedAt' },
    ...(county ? { countyText: countyDefinition(county).label } : {}),
    ...(url ? { url } : {}),
    attachments,
    fields,
    ...(withdrawn ? { withdrawn } : {}),
    extra: {},
  };
}
