import { and, count, desc, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { foiRequestTopics, foiTopics } from '#db/schema/index.ts';
import type { TopicDecision } from '#src/domain/foi/topics.ts';

/** A line of the public ledger: what was asked for, what was decided, where it is published. Nothing of who asked. */
export interface PublicTopic {
  name: string;
  requests: number;
  decision: TopicDecision;
  reason: string;
  decidedOn: string;
  publishedPath: string | null;
  publishedOn: string | null;
}

/** The topics that were released to the public, the latest decision first. */
export function listPublicTopics(db: Db): PublicTopic[] {
  const { id, name, decision, reason, decidedOn, publishedPath, publishedOn, releasedAt } = foiTopics;
  return db
    .select({
      name,
      decision,
      reason,
      decidedOn,
      publishedPath,
      publishedOn,
      requests: count(foiRequestTopics.topicId),
    })
    .from(foiTopics)
    .leftJoin(foiRequestTopics, eq(foiRequestTopics.topicId, id))
    .where(and(isNotNull(releasedAt), isNotNull(decision)))
    .groupBy(id)
    .orderBy(desc(decidedOn), name)
    .limit(300)
    .all()
    .flatMap((row) =>
      row.decision === null || row.reason === null || row.decidedOn === null
        ? []
        : [{ ...row, decision: row.decision, reason: row.reason, decidedOn: row.decidedOn }],
    );
}
