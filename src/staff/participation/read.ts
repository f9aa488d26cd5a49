import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { publicAnswers, publicSubmissionFiles, publicSubmissions } from '#db/schema/participation.ts';
import { staffAccounts } from '#db/schema/staff.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { type CaseStanding, standingOf } from '#src/domain/participation/case.ts';
import { filedKind, type SubmissionKind } from '#src/domain/participation/kinds.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { listAllEvents, listEvents, type StoredEvent } from '#src/publish/participation/cases.ts';
import { submittedSchema } from '#src/publish/participation/content.ts';
import { open } from '#src/publish/participation/sealing.ts';

/** A submission in a list: nothing of what was sent. */
export interface CaseSummary {
  id: string;
  kind: SubmissionKind;
  county: County;
  receivedOn: string;
  standing: CaseStanding;
  ownerName: string | null;
}

export type CaseRow = typeof publicSubmissions.$inferSelect;

/** An event with its words opened. */
export interface OpenedEvent extends Omit<StoredEvent, 'sealed'> {
  words: string | null;
  doer: string | null;
}

/** A submission, opened. */
export interface OpenedCase extends CaseSummary {
  /** The number of its last event: what is done to it has to be done to this. */
  seen: number;
  noticeId: string | null;
  fields: Record<string, string>;
  /** Whether its content was destroyed when its time was over. */
  isErased: boolean;
  /** What came in, and what was given with an answer. */
  files: { id: string; name: string; size: number; isGiven: boolean }[];
  events: OpenedEvent[];
  /** Others that say the same. */
  duplicates: { id: string; receivedOn: string }[];
  answer: typeof publicAnswers.$inferSelect | null;
  /** Whether what is answered may be made public, as the form said when it was sent. */
  isAnswerPublic: boolean;
}

/** @throws NotFoundError */
export function getCaseRow(db: Db, id: string): CaseRow {
  const row = db.select().from(publicSubmissions).where(eq(publicSubmissions.id, id)).get();
  if (!row) throw new NotFoundError('没有这件事项');
  return row;
}

/** Submissions of some kinds (and one county), the oldest due day first. */
export function listCases(
  db: Db,
  { kinds, county }: { kinds: readonly SubmissionKind[]; county: County | null },
  calendar: WorkingCalendar,
  now: Instant,
): CaseSummary[] {
  const { id, kind, county: place, receivedOn } = publicSubmissions;
  const rows = db
    .select({ id, kind, county: place, receivedOn })
    .from(publicSubmissions)
    .where(and(inArray(kind, [...kinds]), county === null ? undefined : eq(place, county)))
    .orderBy(asc(receivedOn), asc(id))
    .all();
  const events = listAllEvents(db);
  const names = listNames(db);
  return rows
    .map((row) => toSummary(row, events.get(row.id) ?? [], names, calendar, now))
    .toSorted((a, b) => ((a.standing.clock.due ?? '9') < (b.standing.clock.due ?? '9') ? -1 : 1));
}

function toSummary(
  { id, kind, county, receivedOn }: Pick<CaseRow, 'id' | 'kind' | 'county' | 'receivedOn'>,
  events: readonly StoredEvent[],
  names: ReadonlyMap<string, string>,
  calendar: WorkingCalendar,
  now: Instant,
): CaseSummary {
  const standing = standingOf({ kind, receivedOn }, events, calendar, formatDate(now));
  const ownerName = standing.owner === null ? null : (names.get(standing.owner) ?? null);
  return { id, kind, county, receivedOn, standing, ownerName };
}

/** What people are called, by account. */
export const listNames = (db: Db): Map<string, string> =>
  new Map(
    db
      .select({ id: staffAccounts.id, name: staffAccounts.displayName })
      .from(staffAccounts)
      .all()
      .map(({ id, name }) => [id, name]),
  );

/** Whether its content was destroyed when its time was over. */
export const isErased = ({ sealed }: Pick<CaseRow, 'sealed'>): boolean => sealed.length === 0;

/** What was filled in; nothing once it was destroyed. */
export async function openFields(row: Pick<CaseRow, 'sealed'>, identity: string): Promise<Record<string, string>> {
  if (isErased(row)) return {};
  return submittedSchema.parse(JSON.parse((await open(row.sealed, identity)).toString())).fields;
}

/** Opens a submission with all that was said about it. */
export async function openCase(
  db: Db,
  row: CaseRow,
  identity: string,
  calendar: WorkingCalendar,
  now: Instant,
): Promise<OpenedCase> {
  const events = listEvents(db, row.id);
  const names = listNames(db);
  const { id, size, sealedName, submissionId, eventSeq } = publicSubmissionFiles;
  const files = db
    .select({ id, size, sealedName, eventSeq })
    .from(publicSubmissionFiles)
    .where(eq(submissionId, row.id))
    .all();
  return {
    ...toSummary(row, events, names, calendar, now),
    ...{ seen: events.at(-1)?.seq ?? 0, noticeId: row.noticeId },
    ...{ fields: await openFields(row, identity), isErased: isErased(row) },
    files: await Promise.all(
      files.map(async (file) => ({
        ...{ id: file.id, size: file.size, isGiven: file.eventSeq !== null },
        name: (await open(file.sealedName, identity)).toString(),
      })),
    ),
    events: await Promise.all(events.map((event) => openEvent(event, identity, names))),
    duplicates: listDuplicates(db, row),
    answer: db.select().from(publicAnswers).where(eq(publicAnswers.submissionId, row.id)).get() ?? null,
    isAnswerPublic: filedKind(row).isAnswerPublic,
  };
}

async function openEvent(
  { sealed, ...event }: StoredEvent,
  identity: string,
  names: ReadonlyMap<string, string>,
): Promise<OpenedEvent> {
  const words = sealed ? (await open(sealed, identity)).toString() : null;
  return { ...event, words, doer: event.accountId === null ? null : (names.get(event.accountId) ?? null) };
}

function listDuplicates(db: Db, { id, fingerprint }: CaseRow): { id: string; receivedOn: string }[] {
  if (fingerprint === null) return [];
  return db
    .select({ id: publicSubmissions.id, receivedOn: publicSubmissions.receivedOn })
    .from(publicSubmissions)
    .where(and(eq(publicSubmissions.fingerprint, fingerprint), ne(publicSubmissions.id, id)))
    .limit(20)
    .all();
}

/** A file of a submission, opened. @throws NotFoundError */
export async function openFile(
  db: Db,
  { id }: CaseRow,
  fileId: string,
  identity: string,
): Promise<{ name: string; bytes: Buffer }> {
  const file = db
    .select()
    .from(publicSubmissionFiles)
    .where(and(eq(publicSubmissionFiles.id, fileId), eq(publicSubmissionFiles.submissionId, id)))
    .get();
  if (!file) throw new NotFoundError('没有这个文件');
  return { name: (await open(file.sealedName, identity)).toString(), bytes: await open(file.sealed, identity) };
}
