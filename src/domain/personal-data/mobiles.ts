import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { type DigitGroup, type DigitSpan, endsInCode } from './spans.ts';

const MOBILE = /^1[3-9]\d{9}$/;
const PHONE_LABEL = /电话|手机|联系|传真|热线|座机|咨询|监督|投诉|方式|Tel|phone|mob/i;
const CODE_LABEL =
  /(?:编号|编码|代码|单号|文号|账号|帐号|账户|卡号|合同号|流水号|备案号|注册号|许可证号?|证书号?|批号|项目号)\s*[)\]]?\s*[:：]?\s*$/;
/** Certificates of builders and engineers are numbered behind the short name of their province: 鲁1372014201600000. */
const CERTIFICATE = /(?:^|[^\p{L}\p{N}])[京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘陇晋蒙陕秦吉闽贵黔粤青藏川蜀宁琼]$/u;
const AMOUNT_BEFORE = /(?:[¥￥$]|\d\.)\s*$/;
/** The number of an item in a list: no decimal has a whole part that stands alone and eleven digits behind it. */
const ITEM_BEFORE = /(?:^|[^\d.¥￥$-])[1-9]\d?\.\s*$/;
const ITEM_AFTER = /^[.、)]\s?(?:\p{Script=Han}|1[3-9]\d{9})/u;
const AMOUNT_AFTER = /^(?:\s*(?:元|万|亿|平方|㎡)|\.\d|,\d{3}(?!\d))/;
/** Ways in which people group the eleven digits. */
const GROUPINGS = new Set(['11', '3-4-4', '3-8', '7-4']);
const LOOSE_GROUPINGS = new Set([...GROUPINGS, '4-4-3', '4-7', '3-3-5', '1-10', '2-9', '5-6', '6-5', '3-2-2-2-2']);

/**
 * Mobile numbers in a span, as `[start, end)` in the projected text: alone, with a country or trunk prefix, in
 * groups, and glued to other telephone numbers (docs/feeds.md#traps, 23). Codes, accounts and amounts are left alone.
 */
export function findMobiles(asRead: DigitSpan): [number, number][] {
  const span = withoutNextItem(asRead);
  if (CODE_LABEL.test(span.before) || endsInCode(span.before) || /^[A-Za-z_]/.test(span.after)) return [];
  const isAmount = AMOUNT_BEFORE.test(span.before) && !ITEM_BEFORE.test(span.before);
  if (isAmount || AMOUNT_AFTER.test(span.after)) return [];
  const telephones = PHONE_LABEL.test(span.before);
  if (!telephones && CERTIFICATE.test(span.before)) return [];
  if (span.isSpread) return telephones ? spreadMobile(span) : [];
  const found: [number, number][] = [];
  for (let index = 0; index < span.groups.length; index += 1) {
    const own = inGroup(span, index, telephones);
    found.push(...own);
    if (own.length > 0) continue;
    const count = groupedMobile(span.groups.slice(index), telephones);
    const whole = index === 0 && count === span.groups.length;
    if (count === 0 || !(telephones || whole || followsPhone(span.groups, index, count))) continue;
    const last = span.groups[index + count - 1] as DigitGroup;
    found.push([(span.groups[index] as DigitGroup).start, last.start + last.digits.length]);
    index += count - 1;
  }
  return found;
}

/** A span without the number of the item that comes next: `13800138000 2.某某`. */
function withoutNextItem(span: DigitSpan): DigitSpan {
  const { groups, after } = span;
  const endsInItem = groups.length > 1 && /^[1-9]\d?$/.test(groups.at(-1)?.digits ?? '') && ITEM_AFTER.test(after);
  return endsInItem ? { ...span, groups: groups.slice(0, -1), after: '' } : span;
}

/** Are the other groups of the span themselves parts of telephone numbers? */
function followsPhone(groups: readonly DigitGroup[], index: number, count: number): boolean {
  const next = groups[index + count];
  const isStart = (group: DigitGroup | undefined) => group === undefined || /^(?:0\d{2,3}$|1[3-9])/.test(group.digits);
  return isStart(next) && (index === 0 || /^(?:0?86|\d{7,8}|\d{4})$/.test(groups[index - 1]?.digits ?? ''));
}

/** Number of groups from the first that together are one mobile number in a usual grouping; 0 when they are none. */
function groupedMobile(groups: readonly DigitGroup[], loose: boolean): number {
  let digits = '';
  for (const [index, group] of groups.entries()) {
    digits += group.digits;
    if (digits.length < 11) continue;
    const shape = groups
      .slice(0, index + 1)
      .map((part) => part.digits.length)
      .join('-');
    const usual = (loose ? LOOSE_GROUPINGS : GROUPINGS).has(shape) || shape === Array(11).fill(1).join('-');
    return MOBILE.test(digits) && usual ? index + 1 : 0;
  }
  return 0;
}

/** A number with a cell for each digit, or broken over lines: the first that stands behind a label for telephones. */
function spreadMobile({ groups }: DigitSpan): [number, number][] {
  const count = groupedMobile(groups, true);
  const last = groups[count - 1];
  return last && followsPhone(groups, 0, count)
    ? [[(groups[0] as DigitGroup).start, last.start + last.digits.length]]
    : [];
}

/** Mobile numbers inside one run of digits. */
function inGroup(span: DigitSpan, index: number, telephones: boolean): [number, number][] {
  const { start, digits } = span.groups[index] as DigitGroup;
  if (digits.length < 11 || digits.length > 66 || isCreditCode(digits)) return [];
  const beforeLandline = /^\d{7,8}$/.test(span.groups[index + 1]?.digits ?? '');
  const afterArea = /^0\d{2,3}$/.test(span.groups[index - 1]?.digits ?? '');
  const parts = split(digits, { beforeLandline, afterArea, anyPhone: telephones || beforeLandline || afterArea });
  if (!parts) return gluedToItem(span, index, telephones);
  const found: [number, number][] = [];
  let at = start;
  for (const part of parts) {
    if (/^(?:0|86|086|0086)?1[3-9]\d{9}$/.test(part)) {
      found.push([at + part.length - 11, at + part.length]);
    }
    at += part.length;
  }
  return found;
}

/** A credit code of digits alone, also behind the number of its row. None of a mobile's first two digits begins one in use. */
function isCreditCode(digits: string): boolean {
  return digits.length >= 18 && digits.length <= 21 && !/^1[3-9]/.test(digits) && isUscc(digits.slice(-18));
}

/** A mobile number behind the number of its item (`213800138000`) or before that of the next (`138001380002.李某`). */
function gluedToItem(span: DigitSpan, index: number, telephones: boolean): [number, number][] {
  const { start, digits } = span.groups[index] as DigitGroup;
  if (telephones && /^[1-9]\d?1[3-9]\d{9}$/.test(digits)) return [[start + digits.length - 11, start + digits.length]];
  const isLast = index === span.groups.length - 1;
  const beforeItem = isLast && ITEM_AFTER.test(span.after) && /^1[3-9]\d{9}[1-9]\d?$/.test(digits);
  return beforeItem && (telephones || /(?:^|[^\d])[1-9]\d?[.、)]/.test(span.before)) ? [[start, start + 11]] : [];
}

interface Neighbours {
  /** A landline's local number follows, so its area code may end the run. */
  beforeLandline: boolean;
  /** An area code precedes, so its local number may begin the run. */
  afterArea: boolean;
  /** Other telephone numbers are likely here. */
  anyPhone: boolean;
}

/** Cuts a run of digits into telephone numbers without remainder; undefined when it is none. */
function split(digits: string, near: Neighbours, first = true): string[] | undefined {
  if (digits === '') return [];
  const shapes: RegExp[] = [/^(?:0|86|086|0086)?1[3-9]\d{9}/];
  if (first && near.afterArea) shapes.push(/^[1-9]\d{7}/, /^[1-9]\d{6}/);
  if (!first || near.anyPhone) shapes.push(/^0[2-9]\d{10}/, /^0[2-9]\d{9}/, /^0[12]\d[2-8]\d{7}/);
  if (near.beforeLandline) shapes.push(/^0\d{2,3}$/);
  if (near.anyPhone) shapes.push(/^[2-8]\d{7}/, /^[2-8]\d{6}/);
  for (const shape of shapes) {
    const part = shape.exec(digits)?.[0];
    const rest = part && split(digits.slice(part.length), near, false);
    if (rest) return [part, ...rest];
  }
  return undefined;
}
