import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { auditEvents, logLeaves, publicSubmissions } from '#db/schema/index.ts';
import { formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { logCommitment, logContent } from './contents.ts';

const [a, s, l] = [auditEvents, publicSubmissions, logLeaves];
/** Last event of every day in Shanghai that is over and whose end the log does not tell of. */
const ENDS = defineSelect((p: Params<{ today: Instant }>) => ({
  fields: { day: sql<string>`day`, seq: sql<number>`seq`, chain: sql<string>`chain` },
  rest: sql`FROM (SELECT date(${a.at}, '+8 hours') AS day, max(${a.seq}) AS seq, ${a.chain} AS chain FROM ${a}
    WHERE ${a.at} < ${p.today} AND ${a.chain} IS NOT NULL AND ${a.at} >= coalesce(
      (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(${l.subjectId}), '+1 day', '-8 hours') FROM ${l} WHERE ${l.type} = 'audit'), '')
    GROUP BY 1) ORDER BY day`,
}));
/** Commitments of days that are over which the log does not tell of, in an order that says nothing of when they came. */
const COMMITMENTS = defineSelect((p: Params<{ today: string }>) => ({
  fields: { commitment: s.commitment },
  rest: sql`FROM ${s} WHERE ${s.receivedOn} < ${p.today} AND NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = 'submission' AND ${l.subjectId} = ${s.commitment}) ORDER BY ${s.commitment}`,
}));

/**
 * Tells the log how far the record of what staff did had come at the end of each day that is over, and of the commitments of what the
 * public sent in on such days. Called as often as one likes: each is told once. All in one transaction.
 * @returns how many leaves were appended
 */
export function logDayEnds(db: Db, now: Instant): number {
  const today = formatDate(now);
  const at = startOfDay(today);
  const append = () => {
    const ends = ENDS.all(db, { today: at });
    for (const { day, seq, chain } of ends) {
      logContent(db, { type: 'audit', id: day, version: 1, at }, { day, lastEvent: seq, chain });
    }
    const commitments = COMMITMENTS.all(db, { today });
    for (const { commitment } of commitments) logCommitment(db, { commitment, at });
    return ends.length + commitments.length;
  };
  return db.$client.transaction(append).immediate();
}
