import type { z } from 'zod';
import { countyDefinition } from '#src/domain/counties.ts';
import {
  PUSH_SCHEMAS,
  type PushExposure,
  type PushKind,
  type PushNotice,
  type PushOrganization,
} from '#src/server/api/schemas/sync.ts';
import { parseJson } from '../formats/json.ts';
import { cleanTitle } from '../formats/text.ts';
import { ItemRejectedError } from '../reasons.ts';
import { FeedFormatError, type NoticeDraft } from '../types.ts';

const MOST_REASONS = 10;

/** An item of each kind as its schema reads it. */
export interface PushItems {
  notices: PushNotice;
  exposures: PushExposure;
  organizations: PushOrganization;
}

/**
 * Reads one item's JSON text. @throws ItemRejectedError with a reason for each faulty field
 */
export function readItem<Kind extends PushKind>(kind: Kind, text: string): PushItems[Kind] {
  const result = PUSH_SCHEMAS[kind].safeParse(parseText(text));
  if (result.success) return result.data as PushItems[Kind];
  throw new ItemRejectedError(result.error.issues.flatMap(toReasons).slice(0, MOST_REASONS));
}

/** The sender's id of an item, as far as it can be told of one that may not be sound. */
export function findItemId(text: string): string | null {
  try {
    const value = parseText(text);
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
    return typeof id === 'string' && id.trim() !== '' ? id.trim().slice(0, 300) : null;
  } catch {
    return null;
  }
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof FeedFormatError)) throw error;
    throw new ItemRejectedError([{ code: 'unreadable', message: error.message }]);
  }
}

/** A union's issue hides those of its forms: those of the form that fits best tell what to mend. */
function toReasons(issue: z.core.$ZodIssue): { code: string; message: string; field: string }[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [best = []] = [...issue.errors].sort((one, other) => one.length - other.length);
    const form = issue.errors.find((issues) => !issues.some(({ path }) => path[0] === 'withdrawn')) ?? best;
    return form.flatMap((inner) => toReasons({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  if (unknown.length > 0)
    return unknown.map((key) => ({ code: 'invalid', message: `没有这个字段：${key}`, field: key }));
  const field = issue.path.join('.');
  return [{ code: 'invalid', message: `${field || '内容'}${describeIssue(issue)}`, field }];
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return '过长或过多';
  if (issue.code === 'too_small') return '不能为空，或过短';
  return issue.code === 'invalid_type' && issue.message.includes('undefined') ? '缺失' : '不合格式，或不是允许的值';
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
