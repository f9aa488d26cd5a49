import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import {
  caseErasures,
  caseEvents,
  foiDeliveries,
  foiLetters,
  publicAdditions,
  publicSubmissionFiles,
  publicSubmissions,
} from '#db/schema/index.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { standingOf } from '#src/domain/participation/case.ts';
import { filedKind } from '#src/domain/participation/kinds.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { recordAudit } from '../audit/record.ts';
import { listAllEvents } from './cases.ts';

const NOTHING = Buffer.alloc(0);

/** A day so many years later; the 29th of February becomes the 1st of March. */
function yearsLater(day: string, years: number): string {
  const [year = '', month, date] = day.split('-');
  return new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(date))).toISOString().slice(0, 10);
}

/**
 * Destroys the content of what ended so many years ago as its kind is kept: what was sent, files, additions, words of answers, letters.
 * Kind, county, days, decisions and the commitment stay: figures and proofs need them. Each in one transaction with its audit row.
 * Returns how many.
 */
export function eraseSubmissions(
  db: Db,
  { actor, now, calendar }: { actor: Actor; now: Instant; calendar: WorkingCalendar },
): number {
  const today = formatDate(now);
  const events = listAllEvents(db);
  const { id, kind, county, receivedOn, applicantType } = publicSubmissions;
  const due = db
    .select({ id, kind, county, receivedOn, applicantType, erasedOn: caseErasures.erasedOn })
    .from(publicSubmissions)
    .leftJoin(caseErasures, eq(caseErasures.submissionId, id))
    .all()
    .filter((row) => {
      const { endedOn } = standingOf(row, events.get(row.id) ?? [], calendar, today);
      const years = filedKind(row).keptYears;
      return row.erasedOn === null && endedOn !== null && yearsLater(endedOn, years) <= today;
    });
  for (const row of due) {
    db.$client
      .transaction(() => {
        const years = filedKind(row).keptYears;
        eraseOne(db, row.id, today, years);
        recordAudit(
          db,
          { actor, roles: [], address: '', now },
          { action: 'sealed.erase', subject: `case:${row.id}`, county: row.county, details: { years } },
        );
      })
      .immediate();
  }
  return due.length;
}

function eraseOne(db: Db, submissionId: string, erasedOn: string, years: number): void {
  db.insert(caseErasures).values({ submissionId, erasedOn, years }).run();
  db.delete(publicSubmissionFiles).where(eq(publicSubmissionFiles.submissionId, submissionId)).run();
  db.delete(publicAdditions).where(eq(publicAdditions.submissionId, submissionId)).run();
  db.update(publicSubmissions)
    .set({ sealed: NOTHING, replyIdentity: NOTHING, fingerprint: null })
    .where(eq(publicSubmissions.id, submissionId))
    .run();
  db.update(caseEvents).set({ sealed: null }).where(eq(caseEvents.submissionId, submissionId)).run();
  db.update(foiLetters).set({ sealed: NOTHING }).where(eq(foiLetters.submissionId, submissionId)).run();
  db.update(foiDeliveries).set({ sealed: null }).where(eq(foiDeliveries.submissionId, submissionId)).run();
}
