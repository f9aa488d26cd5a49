import {
  ConflictError,
  type FieldFault,
  ForbiddenError,
  InputError,
  NotFoundError,
  TooManyRequestsError,
  UnavailableError,
} from '#src/domain/errors.ts';
import type { Console } from '#src/staff/console.ts';

let current: Console | undefined;

/** What the console does, where this process is the staff role's. @throws NotFoundError in every other */
export function currentConsole(): Console {
  if (!current) throw new NotFoundError('没有这个页面');
  return current;
}

/** The part that knows accounts and sessions. @throws NotFoundError as `currentConsole` */
export const currentDesk = (): Console['desk'] => currentConsole().desk;

/**
 * Called once, before the first request, by the staff role alone. The process and its pages are two bundles with classes of their own:
 * what a part of the console throws comes to the pages as theirs.
 */
export function useConsole(given: Console): void {
  const parts = Object.entries(given).map(([name, part]) => [name, translated(part)]);
  current = Object.fromEntries(parts) as Console;
}

const translated = <Part extends object>(part: Part): Part =>
  new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        try {
          const made: unknown = value.apply(target, given);
          return made instanceof Promise ? made.catch((error: unknown) => Promise.reject(toOwn(error))) : made;
        } catch (error) {
          throw toOwn(error);
        }
      };
    },
  });

interface Told extends Error {
  fields: FieldFault[];
  reason: string;
  retryAfter: number | undefined;
}

const OWN: Readonly<Record<string, (told: Told) => Error>> = {
  InputError: ({ fields }) => new InputError(fields),
  ForbiddenError: ({ message, reason }) => new ForbiddenError(message, reason),
  ConflictError: ({ message }) => new ConflictError(message),
  NotFoundError: ({ message }) => new NotFoundError(message),
  TooManyRequestsError: ({ retryAfter = 1 }) => new TooManyRequestsError(retryAfter),
  UnavailableError: ({ message, retryAfter = 5 }) => new UnavailableError(message, { retryAfter }),
};

function toOwn(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return OWN[error.name]?.(error as Told) ?? error;
}
