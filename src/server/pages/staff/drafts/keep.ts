import { z } from 'zod';
import { contentFaults } from '#src/domain/drafts/faults.ts';
import { ConflictError, InputError } from '#src/domain/errors.ts';
import type { Asked } from '../../asked.ts';
import { visiting } from '../visit.ts';
import { readTyped } from './typed.ts';

const KEPT = z.object({
  revision: z.number().int(),
  since: z.string().max(40),
  values: z.record(z.string().max(100), z.string().max(1_600_000)),
});

/**
 * Keeps what is typed on the page of a draft, every few seconds: JSON in and out. 409 with who moved it when the draft, or what was kept, is not
 * what the page began on; nothing is overwritten then. @throws ForbiddenError, NotFoundError, InputError
 */
export async function keepTyped(asked: Asked): Promise<Response> {
  const id = asked.params.id ?? '';
  const answer = await visiting(asked, async ({ drafts, session }) => {
    const { revision, since, values } = readBody(await asked.request.clone().text());
    const content = readTyped(values, drafts.draft(session, id).content);
    try {
      const at = await drafts.keepWorkingCopy(session, { id, revision }, content, since || null);
      return { status: 200, body: { at, open: contentFaults(content).length } };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return { status: 409, body: { message: error.message } };
    }
  });
  if ('movedTo' in answer) return Response.json({ message: '登录已经结束，请在另一个窗口重新登录' }, { status: 401 });
  return Response.json(answer.body, { status: answer.status });
}

function readBody(text: string): z.output<typeof KEPT> {
  try {
    return KEPT.parse(JSON.parse(text));
  } catch {
    throw new InputError([{ name: '内容', message: '不是要保存的内容' }]);
  }
}
