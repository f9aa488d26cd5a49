import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, caseMails, publicSubmissions } from '#db/schema/participation.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import { ConflictError, InputError } from '#src/domain/errors.ts';
import { type CaseEventKind, NEXT_EVENTS, standingOf } from '#src/domain/participation/case.ts';
import type { PauseCause } from '#src/domain/participation/clock.ts';
import { type SubmissionKind, submissionKind } from '#src/domain/participation/kinds.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { seal } from '#src/publish/participation/sealing.ts';
import type { Session } from '../sessions.ts';
import type { CaseKey } from './identity.ts';
import { type CaseRow, openFields } from './read.ts';

/** What is done to a submission. */
export interface CaseAction {
  kind: Exclude<CaseEventKind, 'replied'>;
  /** Words to the person, or a note of the house. */
  words: string;
  department: string;
  days: number | null;
  cause: PauseCause | null;
  decision: DisclosureDecision | null;
  /** Of `assigned`: whose it is from then on; the person who does it where nobody is named. */
  owner: string | null;
  /** Of a pause for a fee, in fen. */
  fee?: number | null;
}

/** What of these is told to the person. */
const FOR_PERSON: ReadonlySet<CaseEventKind> = new Set([
  ...([
    'accepted',
    'transferred',
    'outcome',
    'extended',
    'paused',
    'asked',
    'answered',
    'declined',
    'closed',
    'rerouted',
  ] as const),
]);

/** An action, sealed: all that takes time is done before the transaction. */
export interface SealedAction {
  action: CaseAction;
  sealed: Buffer | null;
  isForPerson: boolean;
  /** Whether the person gave an address to be told at that there is something new. */
  isMailed: boolean;
}

/** Seals the words of an action to whom they are for. */
export async function sealAction(row: CaseRow, key: CaseKey, action: CaseAction): Promise<SealedAction> {
  const isForPerson = FOR_PERSON.has(action.kind);
  const recipients = isForPerson ? [key.recipient, row.replyRecipient] : [key.recipient];
  const sealed = action.words === '' ? null : await seal(action.words, recipients);
  const isMailed = isForPerson && (await openFields(row, key.identity)).mail !== undefined;
  return { action, sealed, isForPerson, isMailed };
}

/** Writes the event down, and queues the mail that tells of it. Returns its number. The caller holds the transaction. */
export function insertEvent(db: Db, { officer, doer }: Session, row: CaseRow, done: SealedAction): number {
  const { action, sealed, isForPerson, isMailed } = done;
  const { seq } = db
    .insert(caseEvents)
    .values({
      ...{ submissionId: row.id, kind: action.kind, occurredOn: formatDate(doer.now), accountId: officer.accountId },
      ...{ sealed, isForPerson, fee: action.fee ?? null, days: action.days, cause: action.cause },
      ...{ ownerId: action.kind === 'assigned' ? (action.owner ?? officer.accountId) : null },
      ...{ department: action.department || null, decision: action.decision },
    })
    .returning({ seq: caseEvents.seq })
    .get();
  if (isMailed) db.insert(caseMails).values({ eventSeq: seq, dueAt: doer.now, state: 'pending' }).run();
  return seq;
}

/**
 * Lets a request for information be handled as what it is, with its receipt. Nobody may try out the words of a tip-off: what finds the
 * same words again goes. The caller holds the transaction, and has written the event down.
 */
export function moveCase(db: Db, id: string, kind: SubmissionKind): void {
  db.update(publicSubmissions)
    .set({ kind, ...(submissionKind(kind).isAnonymous ? { fingerprint: null } : {}) })
    .where(eq(publicSubmissions.id, id))
    .run();
}

/** What an action is held against. */
export interface Seen {
  id: string;
  /** The last event that the person had before them. */
  seq: number;
}

/** @throws ConflictError when something happened since, InputError for what may not follow */
export function assertNext(
  db: Db,
  { doer }: Session,
  row: CaseRow,
  { seq }: Seen,
  { kind, days }: Pick<CaseAction, 'kind' | 'days'>,
  calendar: WorkingCalendar,
): void {
  const events = listEvents(db, row.id);
  if ((events.at(-1)?.seq ?? 0) !== seq) throw new ConflictError('这件事项刚刚有了新的进展，请看过再操作');
  const { state, extendedBy, clock } = standingOf(row, events, calendar, formatDate(doer.now));
  const refuse = (message: string) => new InputError([{ name: 'kind', message }]);
  if (!NEXT_EVENTS[state].includes(kind)) throw refuse('这件事项现在不能这样办理');
  if (kind === 'resumed' && clock.waitsFor === null) throw refuse('现在没有暂停计时');
  const most = submissionKind(row.kind).extension;
  if ((kind === 'extended' || kind === 'proposed') && extendedBy + (days ?? 0) > most)
    throw refuse(most === 0 ? '这类事项的期限是法定的，不能延期' : `一共最多延期 ${most} 天`);
}
