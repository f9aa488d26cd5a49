import { z } from 'zod';
import { FOI_VIEW_KEYS, type FoiView } from '#src/domain/foi/steps.ts';
import type { CaseSummary } from '#src/staff/participation/read.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

export interface FoiListPage {
  session: Session;
  view: FoiView;
  requests: CaseSummary[];
  /** How many there are beyond those that are shown. */
  more: number;
}

const MOST_ROWS = 200;
const QUERY = z.object({ view: z.enum(FOI_VIEW_KEYS, '没有这种列表').default('open') });

/** Requests for information, the most urgent first. @throws ForbiddenError, InputError */
export function loadFoiList(asked: Asked): Promise<FoiListPage | Moved> {
  return visiting(asked, ({ foi, session }) => {
    const { view } = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    const all = foi.list(session, view);
    return { session, view, requests: all.slice(0, MOST_ROWS), more: Math.max(0, all.length - MOST_ROWS) };
  });
}
