import { z } from 'zod';
import { DISCLOSURE_DECISION_KEYS } from '#src/domain/disclosure/decisions.ts';
import { FEE_BASIS_KEYS } from '#src/domain/foi/fees.ts';
import { DELIVERY_KEYS } from '#src/domain/foi/letter-kinds.ts';
import { FOI_STEP_KEYS } from '#src/domain/foi/steps.ts';
import { caseUrl, foiCaseUrl, foiUrl } from '#src/domain/staff/urls.ts';
import type { OpenedRequest } from '#src/staff/foi/desk.ts';
import type { TopicRow } from '#src/staff/foi/ledgers.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { type Visit, visiting } from '../visit.ts';

export interface FoiCasePage {
  session: Session;
  request: OpenedRequest;
  topics: TopicRow[];
  handlers: { id: string; name: string }[];
  /** Whether the identity proof was asked for. */
  showsIdentity: boolean;
  form: SentForm;
}

const words = z.string().trim().max(3_000, '最多 3000 个字').default('');
const seq = z.coerce.number('请刷新后再操作').int();
const optional = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .union([z.literal(''), z.enum(values)], '没有这个选项')
    .optional()
    .transform((value) => (value ? (value as Value) : null));
const whole = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, message)
    .default('')
    .transform((text) => (text === '' ? null : Number(text)));

const STEP = z.object({
  ...{ seq, words, step: z.enum(FOI_STEP_KEYS, '请选择要做的操作') },
  days: whole('天数有误'),
  addressee: z.string().trim().max(80, '名称最多 80 个字').default(''),
  decision: optional(DISCLOSURE_DECISION_KEYS),
  basis: optional(FEE_BASIS_KEYS),
  count: whole('数量有误'),
  isChecked: z
    .literal('yes')
    .optional()
    .transform((value) => value === 'yes'),
});
const DELIVERY = z.object({
  letter: z.string(),
  method: z.enum(DELIVERY_KEYS, '请选择送达方式'),
  deliveredOn: z.iso.date('请填写送达日期'),
  words,
});
const NOTE = z.object({ seq, words: words.pipe(z.string().min(2, '请写明内容')) });
const OWNER = z.object({ seq, owner: z.string().default('') });
const TOPIC = z.object({ topic: z.string().trim().min(2, '请写明主题').max(60, '最多 60 个字') });

/** A request, opened, and what may be done with it. @throws ForbiddenError, NotFoundError */
export function loadFoiCase(asked: Asked): Promise<FoiCasePage | Moved> {
  const id = asked.params.id ?? '';
  const showsIdentity = asked.url.searchParams.get('identity') === 'show';
  return visiting(asked, async (visit) => {
    const { foi, foiLedgers, cases, session } = visit;
    if (!cases.isRequest(id)) return seeOther(caseUrl(id));
    const toPage = async (form: SentForm): Promise<FoiCasePage> => {
      const request = await foi.open(session, id, showsIdentity);
      const handlers = cases.handlers(request.opened);
      return { session, request, form, showsIdentity, handlers, topics: foiLedgers.topics(session) };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, (values, files) => act(visit, id, values, files.files ?? []));
    if ('form' in result) return toPage(result.form);
    // What was moved is handled elsewhere, by others perhaps.
    return seeOther(cases.isRequest(id) ? foiCaseUrl(id) : foiUrl());
  });
}

const NOTHING = { words: '', department: '', days: null, cause: null, decision: null, owner: null };

async function act(
  { foi, foiLedgers, cases, session }: Visit,
  id: string,
  values: Record<string, string>,
  given: readonly File[],
) {
  if (values.act === 'deliver') {
    const { letter, ...told } = parse(DELIVERY, values);
    return foi.deliver(session, letter, told);
  }
  if (values.act === 'topic') return foiLedgers.assign(session, id, parse(TOPIC, values).topic);
  if (values.act === 'note') {
    const note = parse(NOTE, values);
    return cases.act(session, { id, seq: note.seq }, { ...NOTHING, kind: 'noted', words: note.words });
  }
  if (values.act === 'assign') {
    const { seq: seen, owner } = parse(OWNER, values);
    return cases.act(session, { id, seq: seen }, { ...NOTHING, kind: 'assigned', owner: owner || null });
  }
  const { seq: seen, ...step } = parse(STEP, values);
  const chosen = given.filter(({ size }) => size > 0);
  const files = await Promise.all(
    chosen.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return foi.step(session, { id, seq: seen }, { ...step, files });
}
