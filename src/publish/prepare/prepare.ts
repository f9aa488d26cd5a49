import canonicalize from 'canonicalize';
import type { County } from '#src/domain/counties/counties.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { mapFactTexts } from '#src/domain/facts/given-facts.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseProjectCode } from '#src/domain/projects/project-code.ts';
import type { NoticeDraft } from '../draft.ts';
import { readNotice } from '../facts/reading.ts';
import { ItemRejectedError, type Reason } from '../items/reasons.ts';
import { SANITIZER_VERSION, sanitizeBody } from '../sanitize/sanitize.ts';
import { deduplicationKey, sha256, textFingerprint } from './fingerprints.ts';
import { legibleDraft } from './legible-draft.ts';
import { type NormalisedDraft, normaliseDraft, type UnknownCode } from './normalise.ts';
import { validateDraft } from './validate.ts';

/** What of a notice tells whether it says anything. */
interface NoticeText {
  title: string;
  /** Plain text of the body: one line for each block, tabs between cells. */
  text: string;
  attachments: readonly unknown[];
  /** Facts that the feed gave as labelled values. */
  fields: Readonly<Record<string, string>>;
  /** Facts that were given as such. */
  facts: Facts | undefined;
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
function findEmptiness(notice: NoticeText): Reason | undefined {
  const values = Object.values(notice.fields);
  if ([notice.title, notice.text, ...values].some((text) => PRIVATE_DIGITS.test(text))) {
    return { code: 'private-digits', message: '数字由来源网站自带的字体显示，无法读取', field: 'bodyHtml' };
  }
  const says = values.some((value) => value.trim() !== '') || Object.keys(notice.facts ?? {}).length > 0;
  if (notice.attachments.length > 0 || says) return undefined;
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

/** A notice ready to be stored: everything in `content` is public. */
export interface PreparedNotice {
  content: NoticeContent;
  /** What was read out of `content`. */
  reading: NoticeReading;
  /** Canonical JSON of `content` and its SHA-256. */
  json: string;
  hash: string;
  /** Plain text of the body. */
  text: string;
  deduplicationKey: string;
  fingerprint: string;
  originUrl: string | null;
  aliases: string[];
  sanitizerVersion: number;
  remarks: Reason[];
  /** Taken over from another portal, which has judged whose it is and what it repeats: neither is judged again. */
  isMirrored?: true;
}

/** Rejection with the codes that nobody has mapped yet. */
export class UnmappedError extends ItemRejectedError {
  readonly unknown: UnknownCode[];

  constructor(reasons: Reason[], unknown: UnknownCode[]) {
    super(reasons);
    this.unknown = unknown;
  }
}

/** Whose notice it is: the source, and the id under which an already known notice is kept. */
export interface NoticeIdentity {
  sourceKey: string;
  publishedBy: County;
  /** Item id under which the notice was first stored; differs from the draft's when the feed changed its ids. */
  sourceItemId?: string | undefined;
}

/** First half of preparing, on the list part: enough to know what kind of notice it is. @throws ItemRejectedError */
export function normalise(draft: NoticeDraft, publishedBy: County, now: number): NormalisedDraft {
  const faults = validateDraft(draft);
  if (faults.length > 0) throw new ItemRejectedError(faults);
  const result = normaliseDraft(draft, publishedBy, now);
  if ('notice' in result) return result.notice;
  throw new UnmappedError(result.reasons, result.unknown);
}

/**
 * Turns a complete draft into what is published: normalise, sanitize, screen, read. Pure but for the clock.
 * @throws ItemRejectedError when the item may not be published.
 */
export function prepareNotice(raw: NoticeDraft, identity: NoticeIdentity, now = Date.now()): PreparedNotice {
  const draft = legibleDraft(raw);
  const normal = normalise(draft, identity.publishedBy, now);
  const mask = new Mask();
  const body = sanitizeBody(draft.bodyHtml ?? '', draft.url);
  const title = mask.apply(draft.title);
  const { category, stage } = normal;
  const attachments = draft.attachments
    .filter(({ url }) => isWebAddress(url))
    .map(({ name, url }) => ({ name: mask.apply(name).slice(0, 300), url }));
  const fields = Object.entries(draft.fields).map((field) => field.map((text) => mask.apply(text)));
  const bodyHtml = mask.apply(body.html);
  const text = mask.apply(body.text);
  const facts = draft.facts && mapFactTexts(draft.facts, (words) => mask.apply(words));
  const emptiness = findEmptiness({ title, text, attachments, fields: Object.fromEntries(fields), facts });
  if (emptiness) throw new ItemRejectedError([emptiness]);
  const sourceItemId = identity.sourceItemId ?? draft.sourceItemId;
  const content: NoticeContent = {
    id: noticeId(identity.sourceKey, sourceItemId),
    sourceKey: identity.sourceKey,
    sourceItemId,
    title,
    category,
    stage,
    county: normal.county,
    publishedBy: identity.publishedBy,
    publishedAt: normal.publishedAt,
    publishedPrecision: normal.publishedPrecision,
    projectCode: normaliseProjectCode(draft.projectCode ?? '') || null,
    lotCode: normaliseProjectCode(draft.lotCode ?? '') || null,
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...(facts ? { facts } : {}),
    sourceUrl: draft.url && isWebAddress(draft.url) ? draft.url : null,
    bodyHtml,
    attachments,
    redacted: mask.count > 0,
    withdrawn: false,
  };
  return {
    ...seal(content),
    reading: readNotice(content),
    text,
    deduplicationKey: deduplicationKey(content),
    fingerprint: textFingerprint(text, attachments),
    originUrl: draft.originUrl && isWebAddress(draft.originUrl) ? draft.originUrl : null,
    aliases: [draft.sourceItemId, ...(draft.aliases ?? [])].filter((alias) => alias !== sourceItemId),
    sanitizerVersion: SANITIZER_VERSION,
    remarks: normal.remarks,
  };
}

/** Canonical JSON (RFC 8785) and hash of a version's content. */
export function seal(content: NoticeContent): { content: NoticeContent; json: string; hash: string } {
  const json = canonicalize(content);
  if (json === undefined) throw new Error('content has no canonical form');
  return { content, json, hash: sha256(json) };
}

/** Applies the personal-data screen and remembers whether it ever had to mask anything. */
class Mask {
  count = 0;

  apply(value: string): string {
    const screened = redactPersonalData(value);
    this.count += screened.masked;
    return screened.value;
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
