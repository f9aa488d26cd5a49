import { UnfitFileError } from '#src/attachments/errors.ts';
import { FileTooLargeError } from '#src/attachments/store.ts';
import { ForbiddenError, NotFoundError } from '#src/domain/errors.ts';

/** Whether what went wrong is a fault of the file, not of ours. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof UnfitFileError || error instanceof FileTooLargeError;

/** Why a file was not taken, in words for whoever sent it. */
export function reasonOf(error: unknown): string {
  if (isAnswer(error)) return (error as Error).message;
  return error instanceof ForbiddenError || error instanceof NotFoundError ? error.message : '上传中断';
}
