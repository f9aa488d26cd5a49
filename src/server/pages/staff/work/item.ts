import { workItemUrl, workListUrl } from '#src/domain/staff/urls.ts';
import type { WorkListKey } from '#src/domain/work/lists.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { WorkItem } from '#src/staff/work/desk.ts';
import type { Original } from '#src/staff/work/lists/corrections.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { type Visit, visiting } from '../visit.ts';
import { listOf } from './list.ts';

export interface WorkItemPage {
  session: Session;
  item: WorkItem;
  /** Whether the person may decide about it. */
  mayAct: boolean;
  form: SentForm;
  /** What was received, byte for byte, when it was asked for. */
  raw?: string;
  /** Notices that a correction may correct, when they were looked for. */
  search: { words: string; found: Original[] } | null;
}

/** Lists in which a thing stays after a decision about a part of it. */
const STAYS: ReadonlySet<WorkListKey> = new Set(['facts', 'organizations', 'holds', 'mirrors']);

/** One of a work list, and what can be decided. @throws ForbiddenError, NotFoundError */
export function loadWorkItem(asked: Asked): Promise<WorkItemPage | Moved> {
  return visiting(asked, async (visit) => {
    const list = listOf(asked);
    const id = asked.params.id ?? '';
    if (asked.request.method !== 'POST') return toPage(visit, { list, id, asked }, EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      if (list === 'rejected' && values.act === 'raw') return visit.work.rawText(visit.session, id);
      await visit.work.act(visit.session, list, id, values);
      return null;
    });
    if ('form' in result) return toPage(visit, { list, id, asked }, result.form);
    if (result.made !== null) return { ...toPage(visit, { list, id, asked }, EMPTY_FORM), raw: result.made };
    return seeOther(STAYS.has(list) ? workItemUrl(list, id) : workListUrl(list));
  });
}

function toPage(
  { work, session }: Visit,
  { list, id, asked }: { list: WorkListKey; id: string; asked: Asked },
  form: SentForm,
): WorkItemPage {
  const item = work.item(session, list, id);
  const words = asked.url.searchParams.get('find') ?? '';
  const found = list === 'corrections' && words !== '' ? work.originals(session, id, words) : [];
  return {
    session,
    item,
    mayAct: work.mayAct(session, item),
    form,
    search: list === 'corrections' ? { words, found } : null,
  };
}
