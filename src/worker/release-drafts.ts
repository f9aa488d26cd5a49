import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { listDue, type ReleaseParts, releaseDraft } from '#src/staff/drafts/release.ts';
import { releaseItems } from './release-items.ts';

/** How often it is looked whether a draft is due: they are published to the second. */
const TICK_MS = 200;
/** After a release that failed because the machine did. */
const PAUSE_MS = 2_000;

/** Publishes drafts when their time has come, until it is told to stop. */
export async function followReleases(
  { db, log, ...parts }: { db: Db; log: Logger } & ReleaseParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const isWell = releaseDue(db, log, parts);
    await sleep(isWell ? TICK_MS : PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** One that fails holds up no other. Returns whether all went well. */
function releaseDue(db: Db, log: Logger, parts: ReleaseParts): boolean {
  let isWell = true;
  try {
    const items = releaseItems(db, new Date().toISOString());
    if (items > 0) log.info({ items }, 'reviewed items released');
  } catch (error) {
    isWell = false;
    log.error({ error }, 'release of reviewed items failed');
  }
  for (const id of dueOrNone(db, log)) {
    try {
      const outcome = releaseDraft(db, id, new Date().toISOString(), parts);
      log.info({ draft: id, outcome }, 'draft released');
    } catch (error) {
      isWell = false;
      log.error({ draft: id, error }, 'release failed');
    }
  }
  return isWell;
}

function dueOrNone(db: Db, log: Logger): string[] {
  try {
    return listDue(db, new Date().toISOString());
  } catch (error) {
    log.error({ error }, 'drafts cannot be listed');
    return [];
  }
}
