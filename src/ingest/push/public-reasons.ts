import { randomUUID } from 'node:crypto';
import pino, { type Logger } from 'pino';
import { getConfig } from '#src/server/config.ts';
import { toReasons } from '../quarantine.ts';
import { ItemRejectedError, type Reason } from '../reasons.ts';
import { FeedFormatError } from '../types.ts';

let current: Logger | undefined;

function pushLog(): Logger {
  current ??= pino({ level: getConfig().LOG_LEVEL, name: 'push' });
  return current;
}

/**
 * Why an item is refused, for whoever sent it. What nobody foresaw says nothing of how this site works inside: it is logged
 * under a number that the sender gets too.
 */
export function toPublicReasons(error: unknown): Reason[] {
  if (error instanceof ItemRejectedError) return error.reasons;
  if (error instanceof FeedFormatError) return toReasons(error);
  const requestId = randomUUID();
  pushLog().error({ err: error, requestId }, 'a pushed item could not be judged');
  return [{ code: 'internal', message: `本站没能处理这一条，原因已经记录；请向本站反映，编号 ${requestId}` }];
}
