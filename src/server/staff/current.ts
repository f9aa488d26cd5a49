import {
  ConflictError,
  type FieldFault,
  ForbiddenError,
  InputError,
  NotFoundError,
  TooManyRequestsError,
  UnavailableError,
} from '#src/domain/errors.ts';
import type { StaffDesk } from '#src/staff/desk.ts';

let current: StaffDesk | undefined;

/** What the console does, where this process is the staff role's. @throws NotFoundError in every other */
export function currentDesk(): StaffDesk {
  if (!current) throw new NotFoundError('没有这个页面');
  return current;
}

/**
 * Called once, before the first request, by the staff role alone. The process and its pages are two bundles with classes of their own:
 * what the desk throws comes to the pages as theirs.
 */
export function useDesk(desk: StaffDesk): void {
  current = guarded(desk);
}

/** The same with errors of this bundle; the desks of single subjects that it has too. */
function guarded<Desk extends object>(desk: Desk): Desk {
  return new Proxy(desk, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'object' && value !== null) return guarded(value);
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
}

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
