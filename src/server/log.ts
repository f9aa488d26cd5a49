import pino, { type Logger } from 'pino';
import { getConfig } from './config.ts';

let current: Logger | undefined;

/** Log of the pages and the API. */
export function pageLog(): Logger {
  current ??= pino({ level: getConfig().LOG_LEVEL, name: 'pages' });
  return current;
}
