import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposureDrafts } from '#db/schema/index.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { decideExposure } from '#src/domain/exposures/drafts/decide.ts';
import { type ExposureForm, formPeriod } from '#src/domain/exposures/drafts/form.ts';
import type { ExposureDraftState } from '#src/domain/exposures/drafts/states.ts';
import {
  EXPOSURE_DRAFT_EVENTS,
  type ExposureDraftEvent,
  exposureTransitionOf,
} from '#src/domain/exposures/drafts/transitions.ts';
import type { PublicationPeriod } from '#src/domain/exposures/period.ts';
import { refusalOf } from '#src/domain/staff/permissions.ts';
import { assertMay } from '../assert-may.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { closeCase, type ExposureCaseRow, extendCase, getCase, listCases, type NewCase, openCase } from './cases.ts';
import { findEntries, getEntry, type KeptEntry } from './entries.ts';
import { type Evidence, listEvidence } from './evidence.ts';
import { prepareForm, publishForm } from './publish.ts';
import { refusalError } from './refusal.ts';
import {
  applyExposureEvent,
  assertSeenExposure,
  countExposureDrafts,
  type ExposureDraftEventRow,
  type ExposureDraftRow,
  type ExposureEffect,
  exposureFactsOf,
  formOf,
  getExposureDraft,
  insertExposureDraft,
  listDraftEvents,
  type SeenExposureDraft,
} from './store.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
}

/** A button: what somebody may do, or why they may not yet. */
export interface ExposureChoice {
  event: Exclude<ExposureDraftEvent, 'edit'>;
  label: string;
  help: string;
  reason: 'required' | 'optional' | 'none';
  refused: string | null;
}

/** A draft as its page shows it. */
export interface WholeExposureDraft {
  row: ExposureDraftRow;
  form: ExposureForm;
  /** Until when it would be public, by which rule. */
  period: PublicationPeriod | null;
  events: ExposureDraftEventRow[];
  evidence: Evidence[];
  mayEdit: boolean;
  choices: ExposureChoice[];
}

/** Refusals that can be mended, or that people should know of: the button stays, with the reason beside it. */
const MENDABLE: ReadonlySet<string> = new Set(['isComplete', 'isPublishable', 'isNotAuthor']);
/** Drafts that a list shows. */
const LIST = 100;

/** Everything the console does with entries of the exposure board. Each method asks the tables of rights and of transitions itself. */
export class ExposureDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #calendar: WorkingCalendar;

  constructor({ db, write, calendar }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#calendar = calendar;
  }

  /** Drafts of the person's county or of all, how many are in each state, and the cases that are open. @throws ForbiddenError */
  list(
    session: Session,
    state: ExposureDraftState | undefined,
  ): { drafts: ExposureDraftRow[]; counts: Record<string, number>; cases: ExposureCaseRow[] } {
    const { county } = session.officer;
    assertMay(session, 'exposure.list', county);
    const drafts = this.#db
      .select()
      .from(exposureDrafts)
      .where(
        and(county === null ? undefined : eq(exposureDrafts.county, county), state && eq(exposureDrafts.state, state)),
      )
      .orderBy(desc(exposureDrafts.updatedAt))
      .limit(LIST)
      .all();
    return {
      drafts,
      counts: countExposureDrafts(this.#db, county),
      cases: listCases(this.#db, { county, isOpen: true }),
    };
  }

  /** How many drafts wait to be released and cases to be closed by the person, and whether a case is overdue. */
  waiting({ officer, doer }: Session): { total: number; isOverdue: boolean } {
    const { county } = officer;
    const may = (permitted: 'exposure.release' | 'exposure.closeCase') => {
      const refusal = refusalOf(officer, permitted, county);
      return refusal === null || refusal === 'stepUp';
    };
    const cases = may('exposure.closeCase') ? listCases(this.#db, { county, isOpen: true }) : [];
    const drafts = may('exposure.release') ? (countExposureDrafts(this.#db, county).review ?? 0) : 0;
    return { total: cases.length + drafts, isOverdue: cases.some(({ dueAt }) => dueAt < doer.now) };
  }

  /** @throws ForbiddenError, NotFoundError */
  draft(session: Session, id: string): WholeExposureDraft {
    const row = this.#readable(session, id);
    const facts = exposureFactsOf(this.#db, row);
    const form = formOf(row);
    const choices = EXPOSURE_DRAFT_EVENTS.flatMap((event): ExposureChoice[] => {
      if (event === 'edit') return [];
      const decision = decideExposure(facts, event, session.officer);
      if (!decision.ok && decision.refusal !== 'stepUp' && !MENDABLE.has(decision.refusal)) return [];
      const { label, help, reason } = exposureTransitionOf(event);
      const refused = decision.ok || decision.refusal === 'stepUp' ? null : decision.message;
      return [{ event, label, help, reason, refused }];
    });
    const mayEdit = decideExposure(facts, 'edit', session.officer).ok;
    const evidence = listEvidence(this.#db, { draftId: id });
    return { row, form, period: formPeriod(form), events: listDraftEvents(this.#db, id), evidence, mayEdit, choices };
  }

  /** @throws ForbiddenError for whoever may begin none */
  assertMayCreate(session: Session): void {
    assertMay(session, 'exposure.create', session.officer.county);
  }

  /** Begins a draft. @throws ForbiddenError */
  async create(session: Session, county: County, form: ExposureForm): Promise<string> {
    assertMay(session, 'exposure.create', county);
    const authorId = session.officer.accountId;
    return this.#write((db) => insertExposureDraft(db, session.doer, { county, form, authorId }).id);
  }

  /** @throws ForbiddenError, ConflictError, InputError for what does not hold of the draft */
  async save(session: Session, seen: SeenExposureDraft, form: ExposureForm): Promise<void> {
    await this.#write((db) => this.#move(db, session, { seen, event: 'edit', reason: '' }, () => ({ form })));
  }

  /**
   * Does what a button says; what is released goes through the pipeline of feeds in the same transaction.
   * @throws ForbiddenError, ConflictError, InputError for what does not hold of the draft, and for what the pipeline refuses
   */
  async act(
    session: Session,
    seen: SeenExposureDraft,
    { event, reason }: { event: Exclude<ExposureDraftEvent, 'edit'>; reason: string },
  ): Promise<void> {
    const { now } = session.doer;
    await this.#write((db) =>
      this.#move(db, session, { seen, event, reason }, (before) => {
        if (event === 'submit') prepareForm(before.id, before.county, formOf(before), now);
        if (event !== 'release') return {};
        return { exposureId: publishForm(db, before, formOf(before), session.doer) };
      }),
    );
  }

  /** Entries with a decision's number or an id. @throws ForbiddenError */
  entries(session: Session, text: string): KeptEntry[] {
    const { county } = session.officer;
    assertMay(session, 'exposure.list', county);
    return findEntries(this.#db, text, county, session.doer.now);
  }

  /** An entry with what proves it and its cases. @throws ForbiddenError, NotFoundError */
  entry(session: Session, id: string): { entry: KeptEntry; evidence: Evidence[]; cases: ExposureCaseRow[] } {
    const entry = getEntry(this.#db, id, session.doer.now);
    assertMay(session, 'exposure.list', entry.content.county);
    const evidence = listEvidence(this.#db, { exposureId: id });
    return { entry, evidence, cases: listCases(this.#db, { county: null, exposureId: id }) };
  }

  /** @throws ForbiddenError, NotFoundError, InputError */
  async openCase(session: Session, given: Omit<NewCase, 'county'>): Promise<void> {
    const { doer, officer } = session;
    await this.#write((db) => {
      const { county } = getEntry(db, given.exposureId, doer.now).content;
      assertMay(session, 'exposure.openCase', county);
      openCase(db, doer, { ...given, county }, officer.accountId, this.#calendar);
    });
  }

  /** @throws ForbiddenError, NotFoundError, InputError, ConflictError */
  async extendCase(session: Session, seen: SeenExposureDraft, reason: string): Promise<void> {
    await this.#write((db) => {
      assertMay(session, 'exposure.extendCase', getCase(db, seen.id).county);
      extendCase(db, session.doer, seen, reason, this.#calendar);
    });
  }

  /** @throws ForbiddenError, NotFoundError, InputError, ConflictError */
  async closeCase(session: Session, seen: SeenExposureDraft, outcome: string, basis: string): Promise<void> {
    const { accountId } = session.officer;
    await this.#write((db) => {
      assertMay(session, 'exposure.closeCase', getCase(db, seen.id).county);
      closeCase(db, session.doer, seen, { outcome, basis, accountId });
    });
  }

  #readable(session: Session, id: string, db = this.#db): ExposureDraftRow {
    const row = getExposureDraft(db, id);
    assertMay(session, 'exposure.list', row.county);
    return row;
  }

  #move(
    db: Db,
    session: Session,
    { seen, event, reason }: { seen: SeenExposureDraft; event: ExposureDraftEvent; reason: string },
    toEffect: (before: ExposureDraftRow) => ExposureEffect,
  ): void {
    const { officer, doer } = session;
    const before = this.#readable(session, seen.id, db);
    assertSeenExposure(db, before, seen);
    const decision = decideExposure(exposureFactsOf(db, before), event, officer, reason);
    if (!decision.ok) throw refusalError(decision.refusal, decision.message);
    applyExposureEvent(db, doer, { before, event, accountId: officer.accountId, reason, effect: toEffect(before) });
  }
}
