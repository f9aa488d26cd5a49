import type { TextFind } from './rules.ts';

/**
 * Marks of state secrets as files bear them: 秘密★10年, 机密★长期, 密级：绝密, 【机密】. The words alone are ordinary ones (商业秘密,
 * 不得泄露国家秘密), so that they count only in such a form.
 */
const SECRECY: readonly RegExp[] = [
  /(?:绝密|机密|秘密)\s*[★☆✯✩*＊]\s*(?:\d{1,2}\s*年|长期|[一二三四五六七八九十]{1,3}年)?/gu,
  /(?:绝密|机密|秘密)\s*(?:\d{1,2}\s*年|[一二三四五六七八九十]{1,3}年|长期)/gu,
  /(?:密级|保密等级|秘密等级|定密)\s*[:：]\s*(?:绝密|机密|秘密)/gu,
  /[【[［〔(（]\s*(?:绝密|机密|秘密)\s*[】\]］〕)）]/gu,
  /^\s*(?:绝密|机密|秘密)\s*$/gmu,
];

/** Marks of what is for one's own house 内部资料. */
const INTERNAL: readonly RegExp[] = [
  /内部(?:文件|资料|材料|刊物|掌握|传阅|使用|参考|工作秘密)/gu,
  /(?:仅供|仅限|限于?)\s*(?:内部|本单位|系统内)/gu,
  /(?:注意保存|妥善保管|阅后(?:收回|销毁|即焚))/gu,
  /(?:不得|禁止|严禁|请勿|切勿)\s*(?:外传|外泄|对外(?:公开|提供|发布))/gu,
  /工作秘密/gu,
  /【\s*内部\s*】/gu,
];

/** Marks in a text as it is read. */
export function findMarks(text: string): TextFind[] {
  return [
    ...SECRECY.flatMap((pattern) => all(text, pattern, 'secrecyMark')),
    ...INTERNAL.flatMap((pattern) => all(text, pattern, 'internalMark')),
  ];
}

function all(text: string, pattern: RegExp, rule: TextFind['rule']): TextFind[] {
  return [...text.matchAll(pattern)].map((match) => {
    const word = match[0];
    const start = match.index + (word.length - word.trimStart().length);
    return { rule, start, end: start + word.trim().length };
  });
}
