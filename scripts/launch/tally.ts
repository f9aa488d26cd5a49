import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** The outcome of one step: how many tests passed, and each failure by name with the beginning of what it said. */
export const tallySchema = z.object({ passed: z.number(), failures: z.array(z.string()) });
export type Tally = z.output<typeof tallySchema>;

const MESSAGE_LINES = 12;

/** A failure's name, and below it how its message begins, without colours. */
export function describeFailure(name: string, message = ''): string {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, MESSAGE_LINES);
  return [name, ...lines].join('\n  ').trimEnd();
}
