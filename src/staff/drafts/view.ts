import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftEvents, draftRemarks, draftVersions } from '#db/schema/drafts.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import { ACTOR_KINDS, actorKind } from '#src/domain/actors.ts';
import type { AnyContent } from '#src/domain/drafts/any-content.ts';
import { type Decision, decide } from '#src/domain/drafts/decide.ts';
import { PERSON_EVENTS, type PersonEvent, transitionOf } from '#src/domain/drafts/transitions.ts';
import type { Officer } from '#src/domain/staff/roles.ts';
import { factsOf } from './facts.ts';
import { findOriginal, type Original } from './originals.ts';
import { contentOf, type DraftRow } from './store.ts';

/** A button: what somebody may do, or why they may not yet. */
export interface Choice {
  event: PersonEvent;
  label: string;
  help: string;
  reason: 'required' | 'optional' | 'none';
  refused: string | null;
}

export type DraftEventRow = typeof draftEvents.$inferSelect & { who: string };
export type DraftRemarkRow = typeof draftRemarks.$inferSelect & { who: string };

/** A draft as its page shows it. */
export interface WholeDraft {
  row: DraftRow;
  content: AnyContent;
  /** What it said before the present version; null of a first one. */
  previous: AnyContent | null;
  author: string;
  firstReviewer: string | null;
  finalReviewer: string | null;
  events: DraftEventRow[];
  remarks: DraftRemarkRow[];
  choices: Choice[];
  /** The notice that it is about. */
  original: Original | null;
}

/** Refusals that can be mended: the button stays, with the reason beside it. Of others nobody need know that there is one. */
const MENDABLE: ReadonlySet<Extract<Decision, { ok: false }>['refusal']> = new Set([
  'isComplete',
  'hasOriginal',
  'isScreened',
  'isNotAuthor',
  'isNotFirstReviewer',
  'stepUp',
]);

/** Events that have forms of their own elsewhere. */
const ELSEWHERE: ReadonlySet<PersonEvent> = new Set(['edit']);

/** What somebody may do with a draft at the moment. */
export function choicesOf(db: Db, row: DraftRow, officer: Officer): Choice[] {
  const facts = factsOf(db, row);
  return PERSON_EVENTS.filter((event) => !ELSEWHERE.has(event)).flatMap((event): Choice[] => {
    const decision = decide(facts, event, { officer });
    if (!decision.ok && !MENDABLE.has(decision.refusal)) return [];
    const { label, help, reason } = transitionOf(event);
    return [{ event, label, help, reason, refused: decision.ok ? null : decision.message }];
  });
}

export function readWholeDraft(db: Db, row: DraftRow, officer: Officer): WholeDraft {
  const events = db
    .select({ event: draftEvents, who: staffAccounts.displayName })
    .from(draftEvents)
    .leftJoin(staffAccounts, eq(sql`'account:' || ${staffAccounts.id}`, draftEvents.actor))
    .where(eq(draftEvents.draftId, row.id))
    .orderBy(asc(draftEvents.revision))
    .all();
  const remarks = db
    .select({ remark: draftRemarks, who: staffAccounts.displayName })
    .from(draftRemarks)
    .innerJoin(staffAccounts, eq(staffAccounts.id, draftRemarks.authorId))
    .where(eq(draftRemarks.draftId, row.id))
    .orderBy(asc(draftRemarks.id))
    .all();
  const names = namesOf(db, [row.authorId, row.firstReviewerId, row.finalReviewerId]);
  return {
    row,
    content: contentOf(row),
    previous: readVersion(db, row.id, row.version - 1),
    author: names.get(row.authorId) ?? '',
    firstReviewer: names.get(row.firstReviewerId ?? '') ?? null,
    finalReviewer: names.get(row.finalReviewerId ?? '') ?? null,
    events: events.map(({ event, who }) => ({ ...event, who: who ?? nameOf(event.actor) })),
    remarks: remarks.map(({ remark, who }) => ({ ...remark, who })),
    choices: choicesOf(db, row, officer),
    original: findOriginal(db, row.county, contentOf(row)) ?? null,
  };
}

/** A version of a draft; null when there is none. */
export function readVersion(db: Db, draftId: string, version: number): AnyContent | null {
  const row = db
    .select({ content: draftVersions.content })
    .from(draftVersions)
    .where(and(eq(draftVersions.draftId, draftId), eq(draftVersions.version, version)))
    .get();
  return row ? contentOf(row) : null;
}

function nameOf(actor: string): string {
  const kind = actorKind(actor);
  return kind ? ACTOR_KINDS[kind] : actor;
}

function namesOf(db: Db, ids: readonly (string | null)[]): Map<string, string> {
  const known = ids.filter((id) => id !== null);
  const rows = db
    .select({ id: staffAccounts.id, name: staffAccounts.displayName })
    .from(staffAccounts)
    .where(inArray(staffAccounts.id, known))
    .all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
