import { ForbiddenError, InputError } from '#src/domain/errors.ts';

const PERSONAL: ReadonlySet<string> = new Set(['role', 'county', 'secondFactor', 'stepUp', 'isAuthor', 'isNotAuthor']);

/** Who one is cannot be mended in the form; what the draft lacks can. */
export function refusalError(refusal: string, message: string): Error {
  if (PERSONAL.has(refusal)) return new ForbiddenError(message, refusal);
  return new InputError([{ name: refusal === 'reason' ? 'reason' : 'form', message }]);
}
