import type { Reason } from '../items/reasons.ts';

/** What of a notice tells whether it says anything. */
export interface Substance {
  title: string;
  /** Plain text of the body: one line for each block, tabs between cells. */
  text: string;
  attachments: readonly unknown[];
  /** Facts that the feed gave as labelled values. */
  fields: Readonly<Record<string, string>>;
}

/** Lines that say something of the page, not of the notice. */
const PAGE_LINE =
  /^(?:(?:公告|公示|信息)?(?:正文|内容|详情|标题)|(?:发布|公告|公示|更新)(?:时间|日期)[:：].*|(?:信息)?来源[:：].*|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]?.*|【?字[体号].*|打印.*|关闭.*|返回.*|分享.*|上一[篇条].*|下一[篇条].*|(?:当前)?位置[:：].*)$/;
/** What stands where a script has not put the text yet. */
const UNFILLED =
  /\{\{[^{}]*\}\}|\$\{[^{}]*\}|<%[^%]*%>|(?:正在|数据|页面)?(?:加载|载入)中?[.…。]*|loading[.…]*|请稍[候等][.…。]*|(?:请|您的浏览器)[^。\n]{0,20}javascript[^。\n]*/gi;
const NUMBERED = /^(?:第?[（(]?[一二三四五六七八九十百\d]{1,3}[)）、.．章节]\s*)+/;
const POINTER =
  /^(?:公告|具体|详细|正文)?(?:内容|信息|详情)?(?:请)?(?:详?见|参见|查看|点击(?:下载|查看)?|下载)附件[。.]?$/;

/** Digits that a font of the site's own shows stand in the private-use area. */
const PRIVATE = '[\\uE000-\\uF8FF]';
const DIGIT = '[\\d\\uE000-\\uF8FF]';
const UNIT = '(?:元|万|亿|年|月|日|时|分|%|％|㎡|平方|公顷|亩|吨|米|天|个|号|栋|户)';
/** Bullets of word processors stand there too, at the head of a line; digits stand beside digits, behind a label, or before a unit. */
const PRIVATE_DIGITS = new RegExp(
  [
    `\\d[.,:/-]?${PRIVATE}[.,:/-]?(?:${DIGIT}|${UNIT})`,
    `${PRIVATE}{2,}[.,]?(?:\\d|${UNIT})`,
    `(?:\\d|[：:￥¥约共为计])${PRIVATE}{2,}`,
    `[：:￥¥约共为计]\\s*${PRIVATE}[.,]?(?:${DIGIT}|${UNIT})`,
    `${PRIVATE}[.,]${DIGIT}*${PRIVATE}`,
  ].join('|'),
  'u',
);

/** Why a notice says nothing, or nothing that can be read; undefined when it does. */
export function judgeSubstance(notice: Substance): Reason | undefined {
  const values = Object.values(notice.fields);
  if ([notice.title, notice.text, ...values].some((text) => PRIVATE_DIGITS.test(text))) {
    return { code: 'private-digits', message: '数字由来源网站自带的字体显示，无法读取', field: 'bodyHtml' };
  }
  if (notice.attachments.length > 0 || values.some((value) => value.trim() !== '')) return undefined;
  const lines = notice.text.replace(UNFILLED, '').split('\n').map(squeeze);
  const filled = lines.filter((line) => /[\p{L}\p{N}]/u.test(line));
  const empty = (message: string): Reason => ({ code: 'near-empty', message, field: 'bodyHtml' });
  if (filled.length === 0) return empty(notice.text === '' ? '没有正文' : '正文没有内容，可能由网页脚本填入');
  if (filled.every((line) => isHeading(line, notice.title))) return empty('正文只有标题，没有内容');
  return undefined;
}

function isHeading(line: string, title: string): boolean {
  if (squeeze(title).includes(line) || PAGE_LINE.test(line) || POINTER.test(line)) return true;
  if (line.includes('\t'))
    return line.split('\t').every((cell) => /^[^:：]{0,20}[:：]?$/.test(cell) && /[:：]$/.test(cell));
  // A label without its value; a numbered heading that is no sentence.
  return (
    /^[^:：]{1,30}[:：]$/.test(line) ||
    (NUMBERED.test(line) && !/[。；:：，,\d]/.test(line.replace(NUMBERED, '')) && line.length <= 30)
  );
}

function squeeze(line: string): string {
  return line.replace(/[^\S\t]/g, '').trim();
}
