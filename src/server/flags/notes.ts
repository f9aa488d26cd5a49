import { asc, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { flagDecisions, flagReplies } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import type { FlagReplyView } from '#src/domain/flags/views.ts';

const REPLIES = defineQuery((db, p: Params<{ subjects: string }>) =>
  db
    .select({
      subject: flagReplies.subject,
      code: flagReplies.code,
      party: flagReplies.party,
      text: flagReplies.text,
      source: flagReplies.source,
      receivedOn: flagReplies.receivedOn,
    })
    .from(flagReplies)
    .where(inArray(flagReplies.subject, valuesOf(p.subjects)))
    .orderBy(asc(flagReplies.id)),
);
const DECIDED = defineQuery((db, p: Params<{ subjects: string }>) =>
  db
    .selectDistinct({ key: sql<string>`${flagDecisions.code} || ' ' || ${flagDecisions.subject}` })
    .from(flagDecisions)
    .where(inArray(flagDecisions.subject, valuesOf(p.subjects))),
);

/** What the public reads beside an indicator of a subject. */
export interface FlagNotes {
  isChecked(code: string, subject: string): boolean;
  replies(code: string, subject: string): FlagReplyView[];
}

/** Replies to, and whether somebody has looked into, the indicators of some subjects. */
export function readNotes(db: Db, subjects: readonly string[]): FlagNotes {
  const given = { subjects: JSON.stringify([...new Set(subjects)]) };
  const decided = new Set(DECIDED.all(db, given).map(({ key }) => key));
  const replies = Map.groupBy(REPLIES.all(db, given), ({ code, subject }) => `${code} ${subject}`);
  return {
    isChecked: (code, subject) => decided.has(`${code} ${subject}`),
    replies: (code, subject) =>
      (replies.get(`${code} ${subject}`) ?? []).map(({ party, text, source, receivedOn }) => ({
        party,
        text,
        source,
        receivedOn,
      })),
  };
}
