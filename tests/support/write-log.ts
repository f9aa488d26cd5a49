import { dirname } from 'node:path';
import type { Db } from '#db/client.ts';
import { logExisting } from '#src/publish/log/versions.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { openLog } from '#src/tlog/publication-log.ts';
import { PORTAL_SITE } from './test-portal.ts';

/** Takes everything that is stored into the publication log beside a test's database, as the worker does. */
export async function writeLog(db: Db): Promise<void> {
  await logExisting(db);
  const parts = await openLog(db, { dataDirectory: dirname(db.$client.name), siteUrl: PORTAL_SITE });
  await publishLeaves(parts);
  parts.guard.close();
}
