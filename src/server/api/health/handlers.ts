import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { checkReadiness as runChecks } from '../../readiness.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { healthSchema, readinessSchema } from './schema.ts';

/** Liveness: the process answers. Asks nothing of database, index or disk. */
export const checkHealth: Handler = () => answer(healthSchema, { status: 'ok' });

/** Readiness: 503 with reasons while answers would be wrong or writes would fail. */
export const checkReadiness: Handler = () => {
  const options = { openDb: webDb, dataDirectory: getConfig().DATA_DIR, now: new Date().toISOString() };
  return answer(readinessSchema, { status: 'ready', checks: runChecks(options) });
};
