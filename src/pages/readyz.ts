import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { readinessSchema } from '#src/server/api/schemas/health.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { checkReadiness } from '#src/server/readiness.ts';

/** Readiness: 503 with reasons while answers would be wrong or writes would fail. */
export const GET: APIRoute = () => {
  const options = { openDb: webDb, dataDirectory: getConfig().DATA_DIR, now: new Date().toISOString() };
  return answer(readinessSchema, { status: 'ready', checks: checkReadiness(options) });
};
