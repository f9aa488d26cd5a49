import type { z } from 'zod';
import type { Reason } from '#src/publish/items/reasons.ts';
import { shorten } from '#src/publish/prepare/broken-text.ts';

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
export function toReasons(issue: z.core.$ZodIssue): Reason[] {
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
