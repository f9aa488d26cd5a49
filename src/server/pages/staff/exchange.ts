import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import { EXCHANGE_DIRECTION_KEYS, EXCHANGE_RESULT_KEYS } from '#src/domain/exchange/exchange.ts';
import { toPushed } from '#src/domain/exposures/to-pushed.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { ExchangeRow } from '#src/publish/exchange/record.ts';
import type { FileRecord } from '#src/staff/exchange/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { pushExposureSchema } from '../../api/sync/schema.ts';
import type { Asked, Moved } from '../asked.ts';
import { parse } from './accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { visiting } from './visit.ts';

export interface ExchangePage {
  session: Session;
  rows: ExchangeRow[];
  query: Record<string, string>;
  /** The query of the next page; null on the last. */
  older: Record<string, string> | null;
  form: SentForm;
  /** Departments that take entries by their interface. */
  departments: string[];
  /** After a file was taken in, or entries were sent: how many records met which end. */
  taken?: Record<string, number>;
}

const QUERY = z.object({
  direction: z.enum(['', ...EXCHANGE_DIRECTION_KEYS], '没有这种方向').default(''),
  result: z.enum(['', ...EXCHANGE_RESULT_KEYS], '没有这种结果').default(''),
  partner: z.string().trim().max(100, '名称太长').default(''),
  number: z.string().trim().max(200, '文号太长').default(''),
  before: z.coerce.number('页码有误').int().min(1).optional(),
});
const PARTNER = z.object({
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
  partner: z.string().trim().min(2, '请填写部门名称').max(100, '部门名称不能超过 100 个字'),
});
/** Records of a file at most. */
const MOST_RECORDS = 500;

/** The log of what was exchanged, and the form that takes a department's file in. @throws ForbiddenError, InputError */
export function loadExchange(asked: Asked): Promise<ExchangePage | Moved> {
  return visiting(asked, async ({ exchange, session }) => {
    const given = Object.fromEntries(asked.url.searchParams);
    const { direction, result, partner, number, before } = parse(QUERY, given);
    const { before: _before, ...query } = given;
    const toPage = (form: SentForm): ExchangePage => {
      const filter = {
        direction: direction || undefined,
        result: result || undefined,
        partner: partner || undefined,
        decisionNo: number || undefined,
      };
      const { rows, hasMore } = exchange.log(session, filter, before);
      const last = rows.at(-1)?.seq;
      const departments = exchange.departments();
      return { session, rows, query, form, departments, older: hasMore ? { ...query, before: String(last) } : null };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const text = await readFile(asked.request);
    const taken = await takeForm(asked.request, (values) => {
      const partner = parse(PARTNER, values);
      return 'send' in values ? exchange.send(session, partner) : exchange.take(session, partner, readRecords(text));
    });
    return 'form' in taken ? toPage(taken.form) : { ...toPage(EMPTY_FORM), taken: taken.made };
  });
}

/** Entries of a county that are public, in the form in which departments push them: a line of JSON each. @throws ForbiddenError, InputError */
export function giveExchange(asked: Asked): Promise<Response | Moved> {
  return visiting<Response>(asked, async ({ exchange, session }) => {
    exchange.assertMayGive(session);
    const { county, partner } = parse(PARTNER, Object.fromEntries(asked.url.searchParams));
    const entries = await exchange.give(session, { county, partner });
    const name = encodeURIComponent(`曝光条目-${county}-${formatDate(session.doer.now)}.jsonl`);
    return new Response(entries.map((entry) => `${JSON.stringify(toPushed(entry))}\n`).join(''), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="exposures.jsonl"; filename*=UTF-8''${name}`,
      },
    });
  });
}

/** The text of the file in a form. @throws InputError for none, and for one that is no text */
async function readFile(request: Request): Promise<string> {
  try {
    const file = (await request.clone().formData()).get('file');
    if (!(file instanceof File) || file.size === 0) return '';
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError([{ name: 'file', message: '文件不是 UTF-8 文本' }]);
  }
}

/** Records of a file: a JSON list, or a line of JSON each, as pushes are. @throws InputError when it is neither */
function readRecords(text: string): FileRecord[] {
  const values = toValues(text.replace(/^\uFEFF/, '').trim());
  if (values.length > MOST_RECORDS)
    throw new InputError([{ name: 'file', message: `一个文件最多 ${MOST_RECORDS} 条` }]);
  return values.map((value): FileRecord => {
    const result = pushExposureSchema.safeParse(value);
    if (result.success) return { record: result.data };
    return {
      reasons: result.error.issues.slice(0, 10).map(({ path, message }) => `${path.join('.') || '内容'}：${message}`),
    };
  });
}

function toValues(text: string): unknown[] {
  if (text === '') throw new InputError([{ name: 'file', message: '请选择文件' }]);
  try {
    if (!text.startsWith('['))
      return text
        .split(/\r?\n/)
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    return JSON.parse(text) as unknown[];
  } catch {
    throw new InputError([{ name: 'file', message: '文件不是 JSON 列表，也不是每行一条 JSON' }]);
  }
}
