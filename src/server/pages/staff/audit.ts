import { z } from 'zod';
import { AUDIT_ACTIONS } from '#src/domain/staff/audit.ts';
import { addDays, startOfDay } from '#src/domain/time/time.ts';
import type { AuditRow } from '#src/staff/audit.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../asked.ts';
import { parse } from './accounts.ts';
import { visiting } from './visit.ts';

export interface AuditPage {
  session: Session;
  rows: AuditRow[];
  /** The filter as it stands in the address. */
  query: Record<string, string>;
  /** The query of the next page; null on the last. */
  older: Record<string, string> | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = z.union([z.literal(''), z.string().regex(DAY, '日期须写成 2026-01-31')]).default('');
const QUERY = z.object({
  action: z.enum(['', ...AUDIT_ACTIONS], '没有这种操作').default(''),
  by: z.string().trim().max(32, '账号名太长').default(''),
  from: day,
  to: day,
  before: z.coerce.number('页码有误').int().min(1).optional(),
});

/** The audit, the latest first. @throws ForbiddenError, InputError for a filter that is none */
export function loadAudit(asked: Asked): Promise<AuditPage | Moved> {
  return visiting(asked, ({ desk, session }) => {
    const query = Object.fromEntries(asked.url.searchParams);
    const { action, by, from, to, before } = parse(QUERY, query);
    const filter = {
      action: action === '' ? undefined : action,
      loginName: by === '' ? undefined : by,
      from: from === '' ? undefined : startOfDay(from),
      to: to === '' ? undefined : addDays(startOfDay(to), 1),
    };
    const { rows, hasMore } = desk.audit(session, filter, before);
    const last = rows.at(-1)?.seq;
    const { before: _before, ...rest } = query;
    return { session, rows, query: rest, older: hasMore ? { ...rest, before: String(last) } : null };
  });
}
