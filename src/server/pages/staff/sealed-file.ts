import type { FileRow } from '#src/attachments/rows.ts';
import { FILE_TYPES } from '#src/domain/attachments/types.ts';
import { answerFile, attachmentAs } from '../../answer-file.ts';
import type { Asked } from '../asked.ts';

/** A file that is not public, as a download that nobody keeps. */
export function answerSealed(
  { request }: Asked,
  { path, file, name }: { path: string; file: FileRow; name: string },
): Response {
  const answer = answerFile(path, file.size, request.headers, {
    'content-type': FILE_TYPES[file.type].mediaType,
    'content-disposition': attachmentAs(name),
    etag: `"${file.sha256}"`,
  });
  answer.headers.set('cache-control', 'no-store');
  return answer;
}
