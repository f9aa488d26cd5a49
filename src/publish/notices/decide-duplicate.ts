import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices, noticeVersions, possibleDuplicates } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { appendChange } from '../changes/append.ts';
import { correctReading } from '../corrections/layer.ts';
import { refreshDeal } from '../deals/derive.ts';
import { readNotice } from '../facts/reading.ts';
import { dropStale, listLinks } from '../organizations/parties.ts';
import { sanitizeBody } from '../sanitize/sanitize.ts';
import { deletePublicRows, insertPublicRows } from './public-rows.ts';

/** Two notices that may be the same one: the later, and the one before it. */
export interface Pair {
  noticeId: string;
  otherId: string;
}

type State = (typeof possibleDuplicates.$inferSelect)['state'];
const isPair = (p: Params<Pair>) =>
  and(eq(possibleDuplicates.noticeId, p.noticeId), eq(possibleDuplicates.otherId, p.otherId));
const FIND = defineQuery((db, p: Params<Pair>) => db.select().from(possibleDuplicates).where(isPair(p)));
const SETTLE = defineQuery((db, p: Params<Pair & { state: State; now: string }>) =>
  db.update(possibleDuplicates).set({ state: p.state, decidedAt: p.now }).where(isPair(p)),
);
const NOTICE = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: notices.id,
      version: notices.version,
      projectId: notices.projectId,
      canonicalId: notices.canonicalId,
      withdrawnAt: notices.withdrawnAt,
      isPublic: notices.isPublic,
      content: noticeVersions.content,
    })
    .from(notices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
    )
    .where(eq(notices.id, p.id)),
);
const SET_CANONICAL = defineQuery((db, p: Params<{ id: string; canonicalId: string | null }>) =>
  db.update(notices).set({ canonicalId: p.canonicalId }).where(eq(notices.id, p.id)),
);
const MOVE_REPEATS = defineQuery((db, p: Params<{ id: string; canonicalId: string }>) =>
  db.update(notices).set({ canonicalId: p.canonicalId }).where(eq(notices.canonicalId, p.id)),
);

/** The pair, with where it stands. @throws NotFoundError */
export function getPair(db: Db, pair: Pair): typeof possibleDuplicates.$inferSelect {
  const row = FIND.first(db, pair);
  if (!row) throw new NotFoundError('没有这对公告');
  return row;
}

/**
 * Says that a notice repeats another: it is shown under the other's address and nowhere else. The caller holds the transaction.
 * @throws NotFoundError, ConflictError when either is public no more
 */
export function mergeNotices(db: Db, pair: Pair, context: WriteContext): void {
  getPair(db, pair);
  const [repeat, canonical] = [NOTICE.first(db, { id: pair.noticeId }), NOTICE.first(db, { id: pair.otherId })];
  if (repeat?.isPublic !== 1 || canonical?.isPublic !== 1) throw new ConflictError('其中一条已不再公开，请看过再决定');
  const { id, version, projectId } = repeat;
  SET_CANONICAL.run(db, { id, canonicalId: canonical.id });
  MOVE_REPEATS.run(db, { id, canonicalId: canonical.id });
  const links = listLinks(db, id);
  deletePublicRows(db, id);
  dropStale(db, id, links, context);
  refreshDeal(db, projectId, context, id);
  appendChange(db, { subject: 'notice', id, version, kind: 'remove' }, context);
  SETTLE.run(db, { ...pair, state: 'merged', now: context.now });
}

/**
 * Says that two notices are two: they are never taken for one again, and one that was shown under the other's address has its own again.
 * The caller holds the transaction. @throws NotFoundError
 */
export function keepApart(db: Db, pair: Pair, context: WriteContext): void {
  getPair(db, pair);
  SETTLE.run(db, { ...pair, state: 'apart', now: context.now });
  const repeat = NOTICE.first(db, { id: pair.noticeId });
  if (!repeat || repeat.canonicalId !== pair.otherId) return;
  const { id, version, projectId } = repeat;
  SET_CANONICAL.run(db, { id, canonicalId: null });
  if (repeat.withdrawnAt !== null) return;
  const content = JSON.parse(repeat.content) as NoticeContent;
  const read = { ...content, ...correctReading(db, content, readNotice(content)) };
  insertPublicRows(db, read, sanitizeBody(content.bodyHtml).text, context);
  refreshDeal(db, projectId, context, id);
  appendChange(db, { subject: 'notice', id, version, kind: 'upsert' }, context);
}
