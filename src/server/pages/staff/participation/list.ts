import { z } from 'zod';
import { CASE_VIEW_KEYS, type CaseView } from '#src/domain/participation/case.ts';
import type { CaseSummary } from '#src/staff/participation/read.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

export interface CasesPage {
  session: Session;
  view: CaseView;
  cases: CaseSummary[];
  /** How many there are beyond those that are shown. */
  more: number;
}

/** Rows of a list: beyond that the oldest have to be handled first. */
const MOST_ROWS = 200;
const QUERY = z.object({ view: z.enum(CASE_VIEW_KEYS, '没有这种列表').default('open') });

/** What the public sent in, the most urgent first. @throws ForbiddenError, InputError */
export function loadCases(asked: Asked): Promise<CasesPage | Moved> {
  return visiting(asked, ({ cases, session }) => {
    const { view } = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    const all = cases.list(session, view);
    return { session, view, cases: all.slice(0, MOST_ROWS), more: Math.max(0, all.length - MOST_ROWS) };
  });
}
