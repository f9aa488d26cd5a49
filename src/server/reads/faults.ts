import { type FieldFault, InputError, NotFoundError, type PublicError, UnavailableError } from '#src/domain/errors.ts';

/** An error as it crosses from one thread to another, where errors lose their class. */
export type Fault =
  | { kind: 'input'; fields: FieldFault[] }
  | { kind: 'missing'; message: string }
  | { kind: 'unavailable'; message: string; retryAfter: number }
  | { kind: 'failure'; message: string; code: string | undefined };

/** The error as plain data. */
export function toFault(error: unknown): Fault {
  if (error instanceof InputError) return { kind: 'input', fields: error.fields };
  if (error instanceof NotFoundError) return { kind: 'missing', message: error.message };
  if (error instanceof UnavailableError)
    return { kind: 'unavailable', message: error.message, retryAfter: error.retryAfter };
  if (!(error instanceof Error)) return { kind: 'failure', message: String(error), code: undefined };
  return {
    kind: 'failure',
    message: error.stack ?? error.message,
    code: 'code' in error ? String(error.code) : undefined,
  };
}

/** The error again; the storage's keep their codes. */
export function fromFault(fault: Fault): PublicError | Error {
  switch (fault.kind) {
    case 'input':
      return new InputError(fault.fields);
    case 'missing':
      return new NotFoundError(fault.message);
    case 'unavailable':
      return new UnavailableError(fault.message, { retryAfter: fault.retryAfter });
    case 'failure':
      return Object.assign(new Error(fault.message), fault.code === undefined ? {} : { code: fault.code });
  }
}
