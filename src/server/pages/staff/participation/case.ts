import { z } from 'zod';
import { CASE_EVENT_KEYS, type CaseEventKind } from '#src/domain/participation/case.ts';
import { PAUSE_CAUSE_KEYS } from '#src/domain/participation/clock.ts';
import { caseUrl, foiCaseUrl } from '#src/domain/staff/urls.ts';
import type { KeptEntry } from '#src/staff/exposures/entries.ts';
import type { OpenedCase } from '#src/staff/participation/read.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface CasePage {
  session: Session;
  opened: OpenedCase;
  /** Who may be handed it. */
  handlers: { id: string; name: string }[];
  form: SentForm;
  /** Entries of the exposure board that it is about, for whoever keeps them. */
  entries: KeptEntry[];
}

type Act = Exclude<CaseEventKind, 'replied'>;
const ACTS = CASE_EVENT_KEYS.filter((kind): kind is Act => kind !== 'replied') as [Act, ...Act[]];
const optional = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .union([z.literal(''), z.enum(values)], '没有这个选项')
    .optional()
    .transform((value) => (value ? (value as Value) : null));

const ACT = z.object({
  seq: z.coerce.number('请刷新后再操作').int(),
  kind: z.enum(ACTS, '请选择要做的操作'),
  words: z.string().trim().max(3_000, '最多 3000 个字').default(''),
  department: z.string().trim().max(60, '部门名称最多 60 个字').default(''),
  days: z
    .string()
    .trim()
    .regex(/^\d{0,2}$/, '延期天数有误')
    .default('')
    .transform((text) => (text === '' || Number(text) === 0 ? null : Number(text))),
  cause: optional(PAUSE_CAUSE_KEYS),
  owner: z
    .string()
    .default('')
    .transform((id) => id || null),
});
const ANSWER = z.object({
  question: z.string().trim().max(1_000, '最多 1000 个字'),
  answer: z.string().trim().max(3_000, '最多 3000 个字'),
  /** When what the person had before them was written; '' before there was any. */
  seen: z.string().default(''),
});

/** A submission, opened, and what may be done with it. @throws ForbiddenError, NotFoundError */
export function loadCase(asked: Asked): Promise<CasePage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async ({ cases, exposures, session }) => {
    if (cases.head(session, id).kind === 'disclosureRequest') return seeOther(foiCaseUrl(id));
    const toPage = async (form: SentForm): Promise<CasePage> => {
      const opened = await cases.open(session, id);
      const { decision } = opened.fields;
      const entries = decision === undefined ? [] : exposures.entries(session, toEntryKey(decision));
      return { session, form, opened, entries, handlers: cases.handlers(opened) };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      if ('question' in values) {
        const { seen, ...told } = parse(ANSWER, values);
        return cases.writeAnswer(session, id, told, seen || null);
      }
      const { seq, ...action } = parse(ACT, values);
      await cases.act(session, { id, seq }, { ...action, decision: null });
    });
    return 'form' in result ? toPage(result.form) : seeOther(caseUrl(id));
  });
}

/** The id in the address of an entry's page, else the decision's number as it was given. */
const toEntryKey = (decision: string): string => /\/exposure\/([^/?#\s]+)/.exec(decision)?.[1] ?? decision;

/** A file that came with a submission: only ever saved, never shown. @throws ForbiddenError, NotFoundError */
export function loadCaseFile(asked: Asked): Promise<Response | Moved> {
  const { id = '', file = '' } = asked.params;
  return visiting<Response>(asked, async ({ cases, session }) => {
    const { name, bytes } = await cases.file(session, id, file);
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      },
    });
  });
}
