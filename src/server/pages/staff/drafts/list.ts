import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { DRAFT_STATE_KEYS, type DraftState } from '#src/domain/drafts/states.ts';
import { DRAFT_VIEW_KEYS } from '#src/domain/drafts/views.ts';
import type { DraftSummary } from '#src/staff/drafts/list.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

export interface DraftsPage {
  session: Session;
  drafts: DraftSummary[];
  /** States that the filter finds something in, in the order of a draft's life. */
  counts: [state: DraftState, total: number][];
  /** The filter as it stands in the address. */
  query: Record<string, string>;
  /** The query of the next page; null on the last. */
  next: Record<string, string> | null;
}

const QUERY = z.object({
  view: z.enum(DRAFT_VIEW_KEYS, '没有这种列表').default('queue'),
  state: z.enum(['', ...DRAFT_STATE_KEYS], '没有这个环节').default(''),
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
  category: z.enum(['', ...CATEGORY_SLUGS], '没有这种交易类别').default(''),
  q: z.string().trim().max(100, '搜索的字太多').default(''),
  overdue: z.enum(['', 'yes'], '只能是 yes').default(''),
  page: z.coerce.number('页码有误').int().min(1).max(10_000).default(1),
});

/** Drafts: what waits for the person first. @throws ForbiddenError, InputError for a filter that is none */
export function loadDrafts(asked: Asked): Promise<DraftsPage | Moved> {
  return visiting(asked, ({ drafts, session }) => {
    const query = Object.fromEntries(asked.url.searchParams);
    const { view, state, county, category, q, overdue, page } = parse(QUERY, query);
    const filter = {
      view,
      state: state || undefined,
      county: county || undefined,
      category: category || undefined,
      text: q || undefined,
      overdue: overdue === 'yes',
    };
    const found = drafts.list(session, filter, page);
    const counts = DRAFT_STATE_KEYS.flatMap((key): [DraftState, number][] => {
      const total = found.counts[key];
      return total ? [[key, total]] : [];
    });
    const { page: _page, ...rest } = query;
    const next = found.hasMore ? { ...rest, page: String(page + 1) } : null;
    return { session, drafts: found.drafts, counts, query: { view, ...rest }, next };
  });
}
