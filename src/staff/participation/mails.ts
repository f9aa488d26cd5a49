import { and, asc, eq, lte } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, caseMails, publicSubmissions } from '#db/schema/participation.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import type { Write } from '../sign-in.ts';
import type { CaseKey } from './identity.ts';
import { openFields } from './read.ts';

/** Sends one mail that says that there is something new, and nothing of what. @throws Error when the server did not take it */
export type SendNews = (id: string, to: string) => Promise<void>;

interface Parts {
  db: Db;
  write: Write;
  caseKey: CaseKey;
  send: SendNews;
}

const MOST_AT_ONCE = 20;
/** Days from one attempt to the next: a quarter of an hour, then ever longer. */
const WAITS = [1 / 96, 1 / 24, 1 / 4, 1] as const;

/**
 * Sends the mails that are due. The address is opened here and nowhere kept: the staff role alone has the key. The outcome is recorded
 * after the server's answer: a process that dies between the two sends the same mail again. Returns how many were sent.
 */
export async function sendCaseMails({ db, write, caseKey, send }: Parts, now: Instant): Promise<number> {
  const due = db
    .select({ eventSeq: caseMails.eventSeq, attempts: caseMails.attempts, sealed: publicSubmissions.sealed })
    .from(caseMails)
    .innerJoin(caseEvents, eq(caseEvents.seq, caseMails.eventSeq))
    .innerJoin(publicSubmissions, eq(publicSubmissions.id, caseEvents.submissionId))
    .where(and(eq(caseMails.state, 'pending'), lte(caseMails.dueAt, now)))
    .orderBy(asc(caseMails.dueAt))
    .limit(MOST_AT_ONCE)
    .all();
  let sent = 0;
  for (const { eventSeq, attempts, sealed } of due) {
    const { mail } = await openFields({ sealed }, caseKey.identity);
    const isSent = mail === undefined ? false : await tryToSend(send, `case-${eventSeq}`, mail);
    const wait = WAITS[attempts];
    const isDead = !isSent && (mail === undefined || wait === undefined);
    await write((inside) =>
      inside
        .update(caseMails)
        .set({
          ...{ state: isSent ? 'sent' : isDead ? 'dead' : 'pending', attempts: attempts + 1 },
          dueAt: addDays(now, wait ?? 0),
        })
        .where(eq(caseMails.eventSeq, eventSeq))
        .run(),
    );
    if (isSent) sent++;
  }
  return sent;
}

/** The server's words may hold the address: nothing of them is kept. */
async function tryToSend(send: SendNews, id: string, to: string): Promise<boolean> {
  try {
    await send(id, to);
    return true;
  } catch {
    return false;
  }
}
