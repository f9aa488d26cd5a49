import { z } from 'zod';
import { EXPOSURE_DRAFT_STATE_KEYS } from '#src/domain/exposures/drafts/states.ts';
import type { ExposureCaseRow } from '#src/staff/exposures/cases.ts';
import type { KeptEntry } from '#src/staff/exposures/entries.ts';
import type { ExposureDraftRow } from '#src/staff/exposures/store.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

export interface ExposureDeskPage {
  session: Session;
  drafts: ExposureDraftRow[];
  counts: Record<string, number>;
  cases: ExposureCaseRow[];
  /** Entries that were looked for; null where none were. */
  found: KeptEntry[] | null;
  query: { state: string; find: string };
}

const QUERY = z.object({
  state: z.enum(['', ...EXPOSURE_DRAFT_STATE_KEYS], '没有这种状态').default(''),
  find: z.string().trim().max(200, '文号太长').default(''),
});

/** Drafts of entries, cases that are open, and entries by number. @throws ForbiddenError, InputError */
export function loadExposureDesk(asked: Asked): Promise<ExposureDeskPage | Moved> {
  return visiting(asked, ({ exposures, session }) => {
    const query = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    const found = query.find === '' ? null : exposures.entries(session, query.find);
    return { session, ...exposures.list(session, query.state || undefined), found, query };
  });
}
