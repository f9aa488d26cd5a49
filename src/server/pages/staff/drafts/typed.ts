import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import { DRAFT_CONTENT, type DraftContent } from '#src/domain/drafts/content.ts';
import { needsOriginal } from '#src/domain/drafts/faults.ts';
import { formOf } from '#src/domain/drafts/form/forms.ts';
import { toFields } from '#src/domain/drafts/form/values.ts';
import { InputError } from '#src/domain/errors.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { formatMoment } from '#src/domain/time/moment.ts';
import { readMoment } from '#src/domain/time/moment-text/read.ts';
import { readTypedArticle } from './typed-article.ts';

/** Before the names of the inputs of a form: its fields may be called what the page has inputs of its own for. */
export const FIELD_PREFIX = 'f.';

/** What was typed into the page of a draft, over what the draft said: what the page has no input for stays. @throws InputError */
export function readTyped(values: Readonly<Record<string, string>>, before: AnyContent): AnyContent {
  const common = {
    bodyHtml: values.bodyHtml ?? toParagraphs(values.bodyText) ?? before.bodyHtml,
    publishAt: readPublishAt(values.publishAt ?? '', before.publishAt),
  };
  return isArticle(before) ? readTypedArticle(values, before, common) : readTypedNotice(values, before, common);
}

/** What the pages of notices and articles have alike. */
export type Common = Pick<AnyContent, 'bodyHtml' | 'publishAt'>;

function readTypedNotice(values: Readonly<Record<string, string>>, before: DraftContent, common: Common): DraftContent {
  const { category, stage } = before;
  const typed = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(FIELD_PREFIX) ? [[name.slice(FIELD_PREFIX.length), value]] : [],
    ),
  );
  const fields = before.action === 'withdraw' ? before.fields : toFields(formOf(category, stage), typed);
  const { projectCode, lotCode } = typed;
  const parsed = DRAFT_CONTENT.safeParse({
    ...before,
    title: values.title ?? before.title,
    reason: values.reason ?? before.reason,
    ...(projectCode === undefined ? {} : { projectCode }),
    ...(lotCode === undefined ? {} : { lotCode }),
    fields,
    ...common,
    original: readOriginal(values.original, before),
  });
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message })));
}

/** The body as it was typed without script: a paragraph a line. */
function toParagraphs(text: string | undefined): string | undefined {
  return text
    ?.split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`)
    .join('');
}

/** The text of a body of plain paragraphs; null for one that text alone cannot hold. */
export function toPlainText(html: string): string | null {
  const paragraphs = html.replace(/<\/p>\s*/g, '\n').replace(/<p>/g, '');
  if (/<[a-z/]/i.test(paragraphs)) return null;
  return paragraphs
    .replace(/&(?:lt|#x3C);/gi, '<')
    .replace(/&gt;/g, '>')
    .replace(/&(?:amp|#x26);/g, '&')
    .trim();
}

function readOriginal(typed: string | undefined, before: DraftContent): string | null {
  if (typed === undefined || !needsOriginal(before)) return before.original;
  const id = /([a-z2-7]{12})\/?$/.exec(typed.trim())?.[1] ?? '';
  if (typed.trim() === '') return null;
  if (!ID_PATTERN.test(id)) throw new InputError([{ name: 'original', message: '请填原公告的编号或网址' }]);
  return id;
}

/** When it is to be published, to the minute; what was set to the second stays while it is not touched. */
function readPublishAt(text: string, before: string | null): string | null {
  const typed = text.trim().replace('T', ' ');
  if (typed === '') return null;
  if (before !== null && formatMoment({ at: before, precision: 'minute' }) === typed) return before;
  const read = readMoment(typed, 'only');
  if (read && 'moment' in read && read.moment.precision !== 'day') return read.moment.at;
  throw new InputError([{ name: 'publishAt', message: '请写到几时几分，例如 2026-12-01 09:00' }]);
}
