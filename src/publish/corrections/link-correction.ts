import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import { saveLink } from '../notices/links.ts';
import { rereadNotice } from '../notices/reextract.ts';

const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ id: publishedNotices.id, stage: publishedNotices.stage, publishedAt: publishedNotices.publishedAt })
    .from(publishedNotices)
    .where(eq(publishedNotices.id, p.id)),
);

/**
 * Says which notice a correction corrects, or that there is none here (null). The correction stands in the project of its original from
 * then on, whose deal follows. The caller holds the transaction. @throws NotFoundError, InputError
 */
export function linkCorrection(
  db: Db,
  { noticeId, originalId, reason }: { noticeId: string; originalId: string | null; reason: string },
  context: WriteContext,
): void {
  const correction = FIND.first(db, { id: noticeId });
  if (!correction || !CORRECTIONS.has(correction.stage)) throw new NotFoundError('没有这条更正公告');
  if (originalId !== null) {
    const original = FIND.first(db, { id: originalId });
    if (!original) throw fault('没有这条公告，或者它没有公开');
    if (CORRECTIONS.has(original.stage)) throw fault('选中的也是更正公告，请选被更正的原公告');
    if (original.publishedAt > correction.publishedAt) throw fault('原公告不会晚于更正公告发布');
  }
  saveLink(db, { noticeId, originalId, reason, actor: context.actor, at: context.now });
  rereadNotice(db, noticeId, context, 'always');
}

const fault = (message: string) => new InputError([{ name: 'originalId', message }]);
