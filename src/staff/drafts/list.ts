import { and, asc, count, desc, eq, inArray, lt, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { drafts, draftVersions } from '#db/schema/drafts.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DraftState } from '#src/domain/drafts/states.ts';
import { PERSON_EVENTS, transitionOf } from '#src/domain/drafts/transitions.ts';
import type { DraftListView } from '#src/domain/drafts/views.ts';
import type { Officer } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';

export interface DraftFilter {
  view: DraftListView;
  state?: DraftState | undefined;
  county?: County | undefined;
  category?: Category | undefined;
  /** Part of a title. */
  text?: string | undefined;
  overdue?: boolean | undefined;
}

const FIELDS = {
  id: drafts.id,
  county: drafts.county,
  state: drafts.state,
  title: drafts.title,
  category: drafts.category,
  stage: drafts.stage,
  articleKind: drafts.articleKind,
  urgent: drafts.urgent,
  dueAt: drafts.dueAt,
  scheduledAt: drafts.scheduledAt,
  updatedAt: drafts.updatedAt,
  author: staffAccounts.displayName,
};

export interface DraftSummary {
  id: string;
  county: County;
  state: DraftState;
  title: string;
  category: Category | null;
  /** Of a notice. */
  stage: typeof drafts.$inferSelect.stage;
  /** Of an article. */
  articleKind: typeof drafts.$inferSelect.articleKind;
  urgent: boolean;
  dueAt: Instant | null;
  scheduledAt: Instant | null;
  updatedAt: Instant;
  author: string | null;
}

/** Rows of a page. */
export const DRAFT_PAGE = 50;

/** A page of drafts: urgent ones first, then those that are due first, so that what is overdue stands at the top. */
export function listDrafts(
  db: Db,
  officer: Officer,
  filter: DraftFilter,
  { now, page }: { now: Instant; page: number },
): DraftSummary[] {
  return db
    .select(FIELDS)
    .from(drafts)
    .leftJoin(staffAccounts, eq(staffAccounts.id, drafts.authorId))
    .where(conditionOf(db, officer, filter, now))
    .orderBy(
      ...(filter.view === 'queue'
        ? [desc(drafts.urgent), sql`${drafts.dueAt} IS NULL`, asc(drafts.dueAt)]
        : [desc(drafts.updatedAt)]),
      asc(drafts.id),
    )
    .limit(DRAFT_PAGE)
    .offset((page - 1) * DRAFT_PAGE)
    .all();
}

/** How many drafts of a filter are in each state; the filter's own state does not count. */
export function countDrafts(
  db: Db,
  officer: Officer,
  { state: _state, ...filter }: DraftFilter,
  now: Instant,
): Partial<Record<DraftState, number>> {
  const rows = db
    .select({ state: drafts.state, total: count() })
    .from(drafts)
    .where(conditionOf(db, officer, filter, now))
    .groupBy(drafts.state)
    .all();
  return Object.fromEntries(rows.map(({ state, total }) => [state, total]));
}

function conditionOf(db: Db, officer: Officer, filter: DraftFilter, now: Instant): SQL | undefined {
  const { view, state, county, category, text, overdue } = filter;
  const own = officer.county ?? county;
  return and(
    own ? eq(drafts.county, own) : undefined,
    officer.county !== null && county !== undefined && county !== officer.county ? sql`0` : undefined,
    view === 'own' ? eq(drafts.authorId, officer.accountId) : undefined,
    view === 'queue' ? waitsFor(db, officer) : undefined,
    state ? eq(drafts.state, state) : undefined,
    category ? eq(drafts.category, category) : undefined,
    text ? sql`instr(${drafts.title}, ${text}) > 0` : undefined,
    overdue ? lt(drafts.dueAt, now) : undefined,
  );
}

/** States in which somebody has to do something, and the events with which that is done. */
const WORK: readonly DraftState[] = ['drafting', 'attributeReview', 'firstReview', 'finalReview'];

/** Drafts that wait for a person: their own that are not handed on, and those of others that their posts are to decide about. */
function waitsFor(db: Db, { accountId, roles }: Officer): SQL | undefined {
  const states = WORK.filter((state) => state !== 'drafting' && hasWork(state, roles));
  const isAuthor = db
    .select({ one: sql`1` })
    .from(draftVersions)
    .where(and(eq(draftVersions.draftId, drafts.id), eq(draftVersions.authorId, accountId)));
  return or(
    and(eq(drafts.state, 'drafting'), eq(drafts.authorId, accountId)),
    states.length === 0
      ? sql`0`
      : and(
          inArray(drafts.state, states),
          notExists(isAuthor),
          or(ne(drafts.state, 'finalReview'), ne(drafts.firstReviewerId, accountId)),
        ),
  );
}

const hasWork = (state: DraftState, roles: Officer['roles']): boolean =>
  PERSON_EVENTS.some((event) => {
    const { from, roles: who, guards } = transitionOf(event);
    return from.includes(state) && guards.includes('isNotAuthor') && who.some((role) => roles.includes(role));
  });
