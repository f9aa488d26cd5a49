import { randomUUID } from 'node:crypto';
import pino, { type Logger } from 'pino';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { toReasons } from '#src/publish/items/quarantine.ts';
import { ItemRejectedError, type Reason } from '#src/publish/items/reasons.ts';
import { getConfig } from '../config.ts';

let current: Logger | undefined;

function pushLog(): Logger {
  current ??= pino({ level: getConfig().LOG_LEVEL, name: 'push' });
  return current;
}

/**
 * The error as it may be told to whoever sent the item, and to the public. What nobody foresaw says nothing of how this site
 * works inside: it is logged under a number that the sender gets too.
 */
export function toPublicError(error: unknown): ItemRejectedError | FeedFormatError {
  if (error instanceof ItemRejectedError || error instanceof FeedFormatError) return error;
  const requestId = randomUUID();
  pushLog().error({ err: error, requestId }, 'a pushed item could not be judged');
  const message = `本站没能处理这一条，原因已经记录；请向本站反映，编号 ${requestId}`;
  return new ItemRejectedError([{ code: 'internal', message }]);
}

/** Why an item is refused, for whoever sent it. @see toPublicError */
export function toPublicReasons(error: unknown): Reason[] {
  const told = toPublicError(error);
  return told instanceof ItemRejectedError ? told.reasons : toReasons(told);
}
