import { z } from 'zod';
import { staffTasksUrl } from '#src/domain/staff/urls.ts';
import type { TaskRow } from '#src/staff/disclosure/tasks.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface TasksPage {
  session: Session;
  tasks: TaskRow[];
  form: SentForm;
}

const words = (most: number) => z.string().trim().min(2, '请填写').max(most, `最多 ${most} 个字`);
const ACT = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('add'),
    name: words(120),
    owner: words(60),
    dueOn: z.iso.date('请填写日期'),
    basis: words(120),
  }),
  z.object({ act: z.literal('finish'), id: z.string(), doneOn: z.iso.date('请填写日期'), result: words(200) }),
]);

/** The task list, and the forms that enter and finish tasks. @throws ForbiddenError */
export function loadStaffTasks(asked: Asked): Promise<TasksPage | Moved> {
  return visiting(asked, async ({ tasks, session }) => {
    const toPage = (form: SentForm): TasksPage => ({ session, tasks: tasks.list(session), form });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const act = parse(ACT, values);
      if (act.act === 'finish') return tasks.finish(session, act.id, act);
      const { act: _act, ...task } = act;
      return tasks.add(session, task);
    });
    return 'form' in result ? toPage(result.form) : seeOther(staffTasksUrl());
  });
}
