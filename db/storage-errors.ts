import { type PublicError, StorageFullError, UnavailableError } from '#src/domain/errors.ts';

/** What a file system or SQLite says when there is no room: nothing is wrong with what was to be stored. */
const FULL = /^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/;
/** What passes, or what an operator has to mend: a lock, a disk that fails or may not be written. */
const FAILING = /^(?:EROFS|EIO|EMFILE|ENFILE|SQLITE_(?:BUSY|LOCKED|IOERR|READONLY|CANTOPEN|PROTOCOL)(?:_\w+)?)$/;

/** The code of an error of Node or SQLite; '' when it has none. Errors from other threads keep theirs. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** True when a writer only has to wait its turn. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)(?:_\w+)?$/.test(codeOf(error));
}

/**
 * What whoever asked is told when the storage has failed: 507 without room, 503 in every other case, both to be tried again.
 * Undefined for an error that is none of the storage's.
 */
export function toStorageError(error: unknown): PublicError | undefined {
  const code = codeOf(error);
  if (FULL.test(code)) return new StorageFullError({ cause: error });
  if (isBusy(error)) return new UnavailableError('系统繁忙，请稍后再试', { cause: error });
  if (FAILING.test(code)) return new UnavailableError('暂时无法读写数据，请稍后再试', { cause: error });
  return undefined;
}

/** Disk full, I/O error, lock: nothing about the item, everything about the machine. */
export function isStorageFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}
