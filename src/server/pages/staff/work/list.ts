import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { isWorkList, type WorkListKey } from '#src/domain/work/lists.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { WorkRow } from '#src/staff/work/list.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

export interface WorkListPage {
  session: Session;
  list: WorkListKey;
  rows: WorkRow[];
  /** The filter as it stands in the address. */
  query: Record<string, string>;
  /** The query of the next page; null on the last. */
  next: Record<string, string> | null;
  /** Organizations that were looked for. */
  found: { id: string; name: string; uscc: string | null }[];
}

const AFTER = /^([\dTZ:.-]{24})\|(.{1,300})$/;
const QUERY = z.object({
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
  after: z.union([z.literal(''), z.string().regex(AFTER, '翻页标记有误')]).default(''),
  find: z.string().trim().max(100, '找的内容太长').default(''),
});

/** The list that an address names. @throws NotFoundError */
export function listOf({ params }: Asked): WorkListKey {
  const name = params.list ?? '';
  if (!isWorkList(name)) throw new NotFoundError('没有这个清单');
  return name;
}

/** A page of a work list, the oldest first. @throws ForbiddenError, NotFoundError, InputError for a filter that is none */
export function loadWorkList(asked: Asked): Promise<WorkListPage | Moved> {
  return visiting(asked, ({ work, session }) => {
    const list = listOf(asked);
    const query = Object.fromEntries(asked.url.searchParams);
    const { county, after, find } = parse(QUERY, query);
    const [, since, id] = AFTER.exec(after) ?? [];
    const { rows, next } = work.rows(session, list, {
      county: county === '' ? null : county,
      after: since && id ? { since, id } : null,
    });
    const { after: _after, ...rest } = query;
    return {
      ...{ session, list, rows, query: rest },
      next: next && { ...rest, after: `${next.since}|${next.id}` },
      found: list === 'organizations' && find !== '' ? work.organizations(session, find) : [],
    };
  });
}
