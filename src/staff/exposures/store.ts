import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposureDraftEvents, exposureDrafts, staffAccounts } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import type { ExposureDraftFacts } from '#src/domain/exposures/drafts/decide.ts';
import { type ExposureForm, exposureFormFaults, isFormWithheld, maskForm } from '#src/domain/exposures/drafts/form.ts';
import { EXPOSURE_DRAFT_STATES } from '#src/domain/exposures/drafts/states.ts';
import { type ExposureDraftEvent, exposureTransitionOf } from '#src/domain/exposures/drafts/transitions.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { type Doer, recordAudit } from '../audit.ts';

export type ExposureDraftRow = typeof exposureDrafts.$inferSelect;
export type ExposureDraftEventRow = typeof exposureDraftEvents.$inferSelect & { who: string };

/** What an action starts from, so that nobody acts on what they have not seen. */
export interface SeenExposureDraft {
  id: string;
  revision: number;
}

/** @throws NotFoundError */
export function getExposureDraft(db: Db, id: string): ExposureDraftRow {
  const row = db.select().from(exposureDrafts).where(eq(exposureDrafts.id, id)).get();
  if (!row) throw new NotFoundError('没有这份曝光条目草稿');
  return row;
}

export const formOf = ({ content }: Pick<ExposureDraftRow, 'content'>): ExposureForm =>
  JSON.parse(content) as ExposureForm;

/** What of a form is stored: names of persons are masked before anything is. */
function columnsOf(given: ExposureForm) {
  const form = maskForm(given);
  const content = canonicalize(form) ?? '';
  const hash = createHash('sha256').update(content).digest('hex');
  const { partyName, decisionNo } = form;
  return { content, hash, partyName, decisionNo, decisionKey: normaliseDecisionNo(decisionNo) };
}

/** What happened to a draft, the first first. */
export function listDraftEvents(db: Db, draftId: string): ExposureDraftEventRow[] {
  const rows = db
    .select({ event: exposureDraftEvents, who: staffAccounts.displayName })
    .from(exposureDraftEvents)
    .innerJoin(staffAccounts, eq(staffAccounts.id, exposureDraftEvents.accountId))
    .where(eq(exposureDraftEvents.draftId, draftId))
    .orderBy(asc(exposureDraftEvents.revision))
    .all();
  return rows.map(({ event, who }) => ({ ...event, who }));
}

/** Everything that a decision about a draft looks at. */
export function exposureFactsOf(db: Db, row: ExposureDraftRow): ExposureDraftFacts {
  const form = formOf(row);
  const written = listDraftEvents(db, row.id).filter(({ event }) => event === 'create' || event === 'edit');
  return {
    state: row.state,
    county: row.county,
    authors: [...new Set([row.authorId, ...written.map(({ accountId }) => accountId)])],
    faults: exposureFormFaults(form).map(({ message }) => message),
    isWithheld: isFormWithheld(form),
  };
}

/** Begins a draft. The caller holds the transaction. */
export function insertExposureDraft(
  db: Db,
  doer: Doer,
  { county, form, authorId }: { county: County; form: ExposureForm; authorId: string },
): ExposureDraftRow {
  const id = randomUUID();
  const { now } = doer;
  const columns = columnsOf(form);
  db.insert(exposureDrafts)
    .values({ ...columns, id, county, authorId, state: 'drafting', revision: 1, createdAt: now, updatedAt: now })
    .run();
  const row = getExposureDraft(db, id);
  note(db, doer, { row, event: 'create', accountId: authorId, reason: '' });
  recordAudit(db, doer, {
    ...{ action: 'exposure.create', subject: `exposureDraft:${id}`, county, after: row.hash },
    details: { decisionNo: row.decisionNo },
  });
  return row;
}

/** What an event changes besides the state. */
export interface ExposureEffect {
  form?: ExposureForm;
  exposureId?: string;
}

/**
 * Moves a draft: state, event and audit together, guarded by what whoever acts has seen. The caller has asked `decideExposure`, and holds
 * the transaction. @throws ConflictError that says who moved it meanwhile, and when
 */
export function applyExposureEvent(
  db: Db,
  doer: Doer,
  step: {
    before: ExposureDraftRow;
    event: ExposureDraftEvent;
    accountId: string;
    reason: string;
    effect: ExposureEffect;
  },
): ExposureDraftRow {
  const { before, event, accountId, reason, effect } = step;
  const { to } = exposureTransitionOf(event);
  const released = effect.exposureId && {
    exposureId: effect.exposureId,
    releaserId: accountId,
    releasedHash: before.hash,
  };
  const { changes } = db
    .update(exposureDrafts)
    .set({
      ...(effect.form ? { ...columnsOf(effect.form), authorId: accountId } : {}),
      ...(released || {}),
      ...{ state: to, revision: before.revision + 1, updatedAt: doer.now },
    })
    .where(
      and(
        eq(exposureDrafts.id, before.id),
        eq(exposureDrafts.state, before.state),
        eq(exposureDrafts.revision, before.revision),
      ),
    )
    .run();
  if (changes !== 1) throw conflictOf(db, before.id);
  const row = getExposureDraft(db, before.id);
  note(db, doer, { row, event, accountId, reason });
  recordAudit(db, doer, {
    ...{ action: `exposure.${event}`, subject: `exposureDraft:${row.id}`, county: row.county },
    ...{ before: before.hash, after: row.hash, ...(reason === '' ? {} : { reason }) },
    details: {
      decisionNo: row.decisionNo,
      from: before.state,
      to,
      ...(released ? { entry: released.exposureId } : {}),
    },
  });
  return row;
}

/** @throws ConflictError when somebody has moved a draft since it was seen */
export function assertSeenExposure(db: Db, row: ExposureDraftRow, { revision }: SeenExposureDraft): void {
  if (row.revision !== revision) throw conflictOf(db, row.id);
}

function conflictOf(db: Db, id: string): ConflictError {
  const last = db
    .select({ event: exposureDraftEvents, who: staffAccounts.displayName })
    .from(exposureDraftEvents)
    .innerJoin(staffAccounts, eq(staffAccounts.id, exposureDraftEvents.accountId))
    .where(eq(exposureDraftEvents.draftId, id))
    .orderBy(desc(exposureDraftEvents.revision))
    .limit(1)
    .get();
  if (!last) return new ConflictError('这份草稿已有变动，请刷新后再操作');
  const { event, at, toState } = last.event;
  const what = event === 'create' ? '新建' : exposureTransitionOf(event).label;
  return new ConflictError(
    `这份草稿已由${last.who}于 ${formatDateTime(at, 'second')} ${what}，现在处于“${EXPOSURE_DRAFT_STATES[toState].label}”；请刷新看过再操作`,
  );
}

function note(
  db: Db,
  { now }: Doer,
  given: { row: ExposureDraftRow; event: ExposureDraftEvent | 'create'; accountId: string; reason: string },
): void {
  const { row, event, accountId, reason } = given;
  const { id: draftId, revision, state: toState, hash } = row;
  db.insert(exposureDraftEvents).values({ draftId, revision, at: now, accountId, event, toState, hash, reason }).run();
}

/** How many drafts of a county (null: all) are in each state. */
export function countExposureDrafts(db: Db, county: County | null): Record<string, number> {
  const rows = db
    .select({ state: exposureDrafts.state, total: sql<number>`count(*)` })
    .from(exposureDrafts)
    .where(county === null ? undefined : eq(exposureDrafts.county, county))
    .groupBy(exposureDrafts.state)
    .all();
  return Object.fromEntries(rows.map(({ state, total }) => [state, total]));
}
