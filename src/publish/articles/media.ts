import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { files } from '#db/schema/files.ts';
import { parseCaptions, transcriptFault } from '#src/domain/articles/captions.ts';
import type { ArticleContent } from '#src/domain/articles/content.ts';
import { FILE_TYPES } from '#src/domain/attachments/types.ts';

/** What is wrong of a film or recording: its files have to be there and be what they are for, and what is read what is heard. */
export function mediaFaults(db: Db, { media, attachments }: ArticleContent): string[] {
  if (media === null) return [];
  const { sha256, captions, poster, transcript } = media;
  const named = [sha256, captions, ...(poster === null ? [] : [poster])];
  if (named.some((hash) => !attachments.some((file) => file.sha256 === hash)))
    return ['音视频、字幕和封面要先作为附件上传'];
  const rows = new Map(
    db
      .select({ sha256: files.sha256, type: files.type, text: files.text })
      .from(files)
      .where(inArray(files.sha256, named))
      .all()
      .map((row) => [row.sha256, row]),
  );
  const [film, words, picture] = [rows.get(sha256), rows.get(captions), rows.get(poster ?? '')];
  if (!film || FILE_TYPES[film.type].family !== 'media') return ['请选择视频或音频文件'];
  if (words?.type !== 'vtt') return ['请选择 WebVTT 字幕文件（.vtt）'];
  if (poster !== null && (!picture || FILE_TYPES[picture.type].family !== 'picture')) return ['封面应是图片'];
  try {
    const fault = transcriptFault(transcript, parseCaptions(words.text));
    return fault === null ? [] : [fault];
  } catch (error) {
    if (error instanceof SyntaxError) return [error.message];
    throw error;
  }
}
