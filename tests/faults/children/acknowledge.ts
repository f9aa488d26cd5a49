import { and, asc, eq, gt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { changes } from '#db/schema/index.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import { endOfChanges } from '#tests/support/rows.ts';

const SINCE = defineQuery((db, p: Params<{ seq: number }>) =>
  db
    .select({ seq: changes.seq, noticeId: changes.subjectId, version: changes.version })
    .from(changes)
    .where(and(eq(changes.subject, 'notice'), gt(changes.seq, p.seq)))
    .orderBy(asc(changes.seq)),
);
const INDEX_INTERVAL_MS = 15;

/**
 * Says `ack SEQ NOTICE VERSION` on standard output for every public change, as soon as the transaction that made it has
 * committed: from then on it may not be lost. A pipe is written at once, so what was said has left the process.
 */
export function acknowledgeChanges(db: Db): void {
  const { $client: client } = db;
  let last = endOfChanges(db);
  const tell = () => {
    const rows = SINCE.all(db, { seq: last });
    last = rows.at(-1)?.seq ?? last;
    const lines = rows.map(({ seq, noticeId, version }) => `ack ${seq} ${noticeId} ${version}\n`);
    if (lines.length > 0) process.stdout.write(lines.join(''));
  };
  const make = client.transaction.bind(client);
  const transaction = (work: (...values: unknown[]) => unknown) => {
    const whole = make(work);
    const immediate = (...values: unknown[]) => {
      const result = whole.immediate(...values);
      if (!client.inTransaction) tell();
      return result;
    };
    return Object.assign(immediate, { immediate });
  };
  Object.assign(client, { transaction });
}

/** Says `indexed SEQ` whenever the engine's index has taken the changes up to there. Returns the function that ends it. */
export function acknowledgeIndex(db: Db): () => void {
  let last = readPosition(db, 'engineIndex');
  const timer = setInterval(() => {
    const cursor = readPosition(db, 'engineIndex');
    if (cursor !== last) process.stdout.write(`indexed ${cursor}\n`);
    last = cursor;
  }, INDEX_INTERVAL_MS);
  return () => clearInterval(timer);
}
