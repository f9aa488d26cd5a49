import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { articleFiles, articles, attachmentCopies, attachments, files, notices } from '#db/schema/index.ts';
import { FileStore } from '#src/attachments/store.ts';
import { FILE_TYPES, type FileType, fitsName, toFileName } from '#src/domain/attachments/types.ts';
import { GoneError, NotFoundError, UnavailableError } from '#src/domain/errors.ts';
import { answerFile, attachmentAs } from '../answer-file.ts';

/** A file is public as an attachment of a public notice, and only so long. */
const PUBLIC = defineQuery((db, p: Params<{ sha256: string }>) =>
  db
    .select({ name: attachments.name, size: files.size, type: files.type })
    .from(attachmentCopies)
    .innerJoin(files, eq(files.sha256, attachmentCopies.sha256))
    .innerJoin(
      attachments,
      and(eq(attachments.noticeId, attachmentCopies.noticeId), eq(attachments.url, attachmentCopies.url)),
    )
    .innerJoin(notices, and(eq(notices.id, attachmentCopies.noticeId), eq(notices.isPublic, 1).inlineParams()))
    .where(eq(attachmentCopies.sha256, p.sha256))
    .orderBy(asc(notices.publishedAt), asc(notices.id))
    .limit(1),
);
/** Or as a file of an article, as long as the article's present version names it. */
const OF_ARTICLE = defineQuery((db, p: Params<{ sha256: string }>) =>
  db
    .select({ name: articleFiles.name, size: files.size, type: files.type })
    .from(articleFiles)
    .innerJoin(files, eq(files.sha256, articleFiles.sha256))
    .innerJoin(
      articles,
      and(
        eq(articles.id, articleFiles.articleId),
        eq(articles.version, articleFiles.version),
        isNull(articles.withdrawnAt),
      ),
    )
    .where(eq(articleFiles.sha256, p.sha256))
    .limit(1),
);
const ONCE_OF_ARTICLE = defineQuery((db, p: Params<{ sha256: string }>) =>
  db.select({ id: articleFiles.articleId }).from(articleFiles).where(eq(articleFiles.sha256, p.sha256)).limit(1),
);
const ONCE_PUBLIC = defineQuery((db, p: Params<{ sha256: string }>) =>
  db
    .select({ id: attachmentCopies.noticeId })
    .from(attachmentCopies)
    .where(eq(attachmentCopies.sha256, p.sha256))
    .limit(1),
);
/** Feeds call files what they like: the ending says what it is. */
const nameOf = ({ name, type }: { name: string; type: FileType }): string => {
  const plain = toFileName(name) || '附件';
  return fitsName(type, plain) ? plain : `${plain}.${FILE_TYPES[type].extensions[0]}`;
};

const HASH = /^[0-9a-f]{64}$/;

/**
 * An attachment of a public notice, whole or in part: always a download, whatever it is.
 * @throws NotFoundError for what is none, GoneError for one whose notices are no longer public, UnavailableError when it is not on the disk
 */
export async function answerPublicFile(
  db: Db,
  dataDirectory: string,
  sha256: string,
  headers: Headers,
): Promise<Response> {
  const found = HASH.test(sha256) ? (PUBLIC.first(db, { sha256 }) ?? OF_ARTICLE.first(db, { sha256 })) : undefined;
  if (!found) {
    const wasPublic = HASH.test(sha256) && (ONCE_PUBLIC.first(db, { sha256 }) ?? ONCE_OF_ARTICLE.first(db, { sha256 }));
    if (wasPublic) throw new GoneError();
    throw new NotFoundError('没有这个附件');
  }
  const store = new FileStore(dataDirectory);
  if (!(await store.has(sha256))) throw new UnavailableError('附件暂时无法读取，请稍后再试');
  return answerFile(store.pathOf(sha256), found.size, headers, {
    'content-type': FILE_TYPES[found.type].mediaType,
    'content-disposition': attachmentAs(nameOf(found)),
    etag: `"${sha256}"`,
  });
}
