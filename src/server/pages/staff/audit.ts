import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { AUDIT_ACTIONS } from '#src/domain/staff/audit.ts';
import { addDays, startOfDay } from '#src/domain/time/time.ts';
import type { AuditFilter, AuditRow } from '#src/staff/audit.ts';
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
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县（市、区）').default(''),
  subject: z.string().trim().max(100, '对象太长').default(''),
  words: z.string().trim().max(100, '最多 100 个字').default(''),
  from: day,
  to: day,
  before: z.coerce.number('页码有误').int().min(1).optional(),
});

/** What of the audit an address asks for: the filter, and its words without the page. @throws InputError */
export function readAuditQuery(url: URL): { filter: AuditFilter; query: Record<string, string>; before?: number } {
  const { before: _before, ...query } = Object.fromEntries(url.searchParams);
  const { action, by, county, subject, words, from, to, before } = parse(QUERY, Object.fromEntries(url.searchParams));
  const filter = {
    action: action || undefined,
    loginName: by || undefined,
    county: county || undefined,
    subject: subject || undefined,
    words: words || undefined,
    from: from === '' ? undefined : startOfDay(from),
    to: to === '' ? undefined : addDays(startOfDay(to), 1),
  };
  return { filter, query, ...(before === undefined ? {} : { before }) };
}

/** The audit, the latest first. @throws ForbiddenError, InputError for a filter that is none */
export function loadAudit(asked: Asked): Promise<AuditPage | Moved> {
  return visiting(asked, ({ desk, session }) => {
    const { filter, query, before } = readAuditQuery(asked.url);
    const { rows, hasMore } = desk.audit(session, filter, before);
    const last = rows.at(-1)?.seq;
    return { session, rows, query, older: hasMore ? { ...query, before: String(last) } : null };
  });
}
