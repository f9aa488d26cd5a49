import { toStorageError } from '#db/storage-errors.ts';
import { PublicError } from '#src/domain/errors.ts';

/** What whoever asked is told of an error; undefined for one that says nothing to the public. */
export const toPublicError = (error: unknown): PublicError | undefined =>
  error instanceof PublicError ? error : toStorageError(error);
