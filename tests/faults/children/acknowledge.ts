import type { Db } from '#db/client.ts';
import { readPosition } from '#src/publish/changes/follow.ts';

const SINCE = `SELECT seq, subject_id AS notice_id, version FROM changes WHERE subject = 'notice' AND seq > ? ORDER BY seq`;
const LAST = `SELECT coalesce(max(seq), 0) FROM changes WHERE subject = 'notice'`;
const INDEX_INTERVAL_MS = 15;

/**
 * Says `ack SEQ NOTICE VERSION` on standard output for every public change, as soon as the transaction that made it has
 * committed: from then on it may not be lost. A pipe is written at once, so what was said has left the process.
 */
export function acknowledgeChanges(db: Db): void {
  const { $client: client } = db;
  const since = client.prepare(SINCE).raw();
  let last = client.prepare(LAST).pluck().get() as number;
  const tell = () => {
    const rows = since.all(last) as [number, string, number][];
    last = rows.at(-1)?.[0] ?? last;
    if (rows.length > 0) process.stdout.write(rows.map((row) => `ack ${row.join(' ')}\n`).join(''));
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
