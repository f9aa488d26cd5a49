/** The thread that keeps the checkpoint up to the leaves, with a loop of its own. See `start-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ONCE_THROUGH, openReadOnly } from '#db/client.ts';
import { followLog, type LogPlace, openLog } from './publication-log.ts';

/** How the thread is started. */
export interface LogThreadSetup extends LogPlace {
  /** Path of the database, of which it only reads the leaves. */
  database: string;
}

/** What it says: that it could not go on, and with which witness. */
export interface LogFailure {
  message: string;
  witness: string | null;
}

const { database, ...place } = workerData as LogThreadSetup;
const db = openReadOnly(database, ONCE_THROUGH);
const follower = followLog(
  await openLog(db, place),
  (error, witness) => {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    parentPort?.postMessage({ message, witness: witness ?? null } satisfies LogFailure);
  },
  place.witnesses,
);
// The one thing that it is told is to stop.
parentPort?.once('message', async () => {
  await follower.stop();
  db.$client.close();
  parentPort?.close();
});
