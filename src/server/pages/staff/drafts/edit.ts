import { z } from 'zod';
import { type AnyContent, isArticle } from '#src/domain/drafts/any-content.ts';
import type { DraftContent } from '#src/domain/drafts/content.ts';
import { type Difference, differences } from '#src/domain/drafts/difference.ts';
import { contentFaults } from '#src/domain/drafts/faults.ts';
import { fillForm } from '#src/domain/drafts/form/check.ts';
import { formOf, type NoticeForm } from '#src/domain/drafts/form/forms.ts';
import { checkLimits, type DraftLimit } from '#src/domain/drafts/form/limits.ts';
import { toValues } from '#src/domain/drafts/form/values.ts';
import type { FieldFault } from '#src/domain/errors.ts';
import { draftUrl, editDraftUrl, previewDraftUrl } from '#src/domain/staff/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { WholeDraft } from '#src/staff/drafts/view.ts';
import type { Session } from '#src/staff/sessions.ts';
import { getWorkingCalendar } from '../../../calendar.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, takeForm } from '../form.ts';
import { type Visit, visiting } from '../visit.ts';
import { FIELD_PREFIX, readTyped, toPlainText } from './typed.ts';

export interface EditPage {
  session: Session;
  draft: WholeDraft;
  /** Of a notice. */
  notice: { form: NoticeForm; limits: DraftLimit[] } | null;
  /** What stands in the inputs. */
  content: AnyContent;
  /** Of the form of a notice. */
  values: Record<string, string>;
  /** The body as text; null for one that text alone cannot hold. */
  plainBody: string | null;
  /** What is wrong with what was sent; nothing was saved then. */
  refused: readonly FieldFault[];
  /** What the page answers, and the revision that the form starts from: after a conflict the old one, so that nothing is overwritten unseen. */
  status: number;
  revision: number;
  /** What is missing or wrong before it can be sent on. */
  open: FieldFault[];
  /** What was kept by itself and not saved: whether it is shown, and what differs from the draft. */
  copy: { at: Instant; isShown: boolean; isStale: boolean; differences: Difference[] } | null;
  /** When the shown copy was kept; '' for none: keeping on starts from it. */
  since: Instant | '';
  /** What was done just now. */
  done: string | null;
}

const CONFLICT = 409;
const SENT = z.object({ revision: z.coerce.number('请刷新后再操作').int() });
const TEMPLATE = z.object({
  template: z.string().trim().min(2, '请给模板起个名字').max(60, '模板的名字不能超过 60 个字'),
});
const DONE: Readonly<Record<string, string>> = {
  saved: '已保存为新的一稿。',
  template: '已存为模板，新建同类公告时可以选用。',
  dropped: '已丢弃自动保存的内容。',
};

/** The page on which a draft is written. @throws ForbiddenError, NotFoundError */
export function loadEdit(asked: Asked): Promise<EditPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async (visit) => {
    const { drafts, session } = visit;
    drafts.assertEditable(session, id);
    if (asked.request.method !== 'POST') return toPage(visit, id, asked.url.searchParams);
    const result = await takeForm(asked.request, (values) => act(visit, id, values));
    if ('made' in result) return seeOther(result.made);
    return toPage(visit, id, asked.url.searchParams, result.form);
  });
}

/** Does what the pressed button says, and gives the address to go on to. */
async function act(visit: Visit, id: string, values: Record<string, string>): Promise<string> {
  const { drafts, articles, session, beginnings } = visit;
  const { row, content } = drafts.draft(session, id);
  const { revision } = parse(SENT, values);
  if (values.act === 'drop') {
    await drafts.dropWorkingCopy(session, id);
    return editDraftUrl(id, { done: 'dropped' });
  }
  const read = readTyped(values, content);
  const typed = isArticle(read) ? articles.withTranscript(read) : read;
  if (values.act === 'preview') {
    await drafts.keepWorkingCopy(session, { id, revision }, typed, values.since || null);
    return previewDraftUrl(id);
  }
  await drafts.save(session, { id, revision }, typed);
  if (values.act === 'template' && !isArticle(typed)) {
    await beginnings.saveTemplate(session, row.county, parse(TEMPLATE, values).template, typed);
    return editDraftUrl(id, { done: 'template' });
  }
  return values.act === 'finish' ? draftUrl(id) : editDraftUrl(id, { done: 'saved' });
}

function toPage({ drafts, session }: Visit, id: string, query: URLSearchParams, sent = EMPTY_FORM): EditPage {
  const draft = drafts.draft(session, id);
  const copy = drafts.workingCopy(session, id);
  const isStale = copy !== null && copy.revision !== draft.row.revision;
  const isShown = copy !== null && (!isStale || query.get('copy') === 'old');
  const stored = copy && isShown ? copy.content : draft.content;
  const { content, values } = typedOr(sent.values, stored);
  return {
    ...{ session, draft, content, values },
    notice: isArticle(content) ? null : noticePart(content, values, content.publishAt ?? session.doer.now),
    plainBody: toPlainText(content.bodyHtml),
    ...{ refused: sent.faults, status: sent.status },
    revision: sent.status === CONFLICT ? Number(sent.values.revision) : draft.row.revision,
    open: contentFaults(content),
    copy: copy && { at: copy.at, isShown, isStale, differences: differences(draft.content, copy.content) },
    since: copy?.at ?? '',
    done: DONE[query.get('done') ?? ''] ?? null,
  };
}

function noticePart(
  { category, stage }: DraftContent,
  values: Record<string, string>,
  publishedAt: Instant,
): EditPage['notice'] {
  const form = formOf(category, stage);
  const filled = fillForm(form, values);
  return { form, limits: checkLimits({ form, filled, values, publishedAt, calendar: getWorkingCalendar() }) };
}

/** What was sent and not saved stays in the inputs as it was typed. */
function typedOr(
  sent: Readonly<Record<string, string>>,
  stored: AnyContent,
): { content: AnyContent; values: Record<string, string> } {
  const kept = isArticle(stored) ? {} : toValues(stored.fields);
  if (sent.revision === undefined) return { content: stored, values: kept };
  const values = Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) =>
      name.startsWith(FIELD_PREFIX) && value !== '' ? [[name.slice(FIELD_PREFIX.length), value]] : [],
    ),
  );
  const { publishAt: _time, original: _original, ...rest } = sent;
  try {
    return { content: readTyped(rest, stored), values };
  } catch {
    return { content: stored, values };
  }
}
