import { randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import {
  attachmentCopies,
  drafts,
  noticeAliases,
  notices,
  projects,
  searchQuarantine,
  subscriptionDeliveries,
  uploads,
} from '#db/schema/index.ts';
import { noticeId, projectId } from '#src/domain/identifiers/ids.ts';
import { appendChange } from '../changes/append.ts';
import { READING_RULES } from '../facts/reading.ts';
import { ORIGIN } from '../notices/duplicates.ts';
import { refreshProject } from '../notices/projects.ts';
import { deletePublicRows } from '../notices/public-rows.ts';
import { dropStale, listLinks } from '../organizations/parties.ts';
import {
  destroyContents,
  destroyDecisions,
  emptyRawItems,
  forgetExample,
  listTitles,
  type SourceItem,
} from './contents.ts';
import { removeEchoes } from './echoes.ts';
import { findRemoval, markWords } from './guard.ts';
import { type RemovalOrder, recordRemoval } from './record.ts';

const ROW = {
  id: notices.id,
  title: notices.title,
  sourceKey: notices.sourceKey,
  sourceItemId: notices.sourceItemId,
  version: notices.version,
  projectId: notices.projectId,
  canonicalId: notices.canonicalId,
  removedAt: notices.removedAt,
  deduplicationKey: notices.deduplicationKey,
  fingerprint: notices.fingerprint,
};
export type NoticeToRemove = RowOf<typeof ROW>;

const FIND = defineQuery((db, p: Params<{ id: string }>) => db.select(ROW).from(notices).where(eq(notices.id, p.id)));
const FAMILY = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(ROW)
    .from(notices)
    .where(or(eq(notices.id, p.id), eq(notices.canonicalId, p.id)))
    .orderBy(asc(notices.id)),
);
const ALIASES = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ sourceKey: noticeAliases.sourceKey, sourceItemId: noticeAliases.sourceItemId })
    .from(noticeAliases)
    .where(and(eq(noticeAliases.noticeId, p.id), ne(noticeAliases.sourceKey, ORIGIN).inlineParams())),
);
const DROP_ORIGINS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .delete(noticeAliases)
    .where(and(eq(noticeAliases.noticeId, p.id), eq(noticeAliases.sourceKey, ORIGIN).inlineParams())),
);
const BLANK_ALIASES = defineQuery((db, p: Params<{ id: string }>) =>
  db.update(noticeAliases).set({ url: null }).where(eq(noticeAliases.noticeId, p.id)),
);
interface Blank {
  id: string;
  now: string;
  projectId: string;
  rules: number;
  removedAt: string | null;
}
const BLANK = defineQuery((db, p: Params<Blank>) =>
  db
    .update(notices)
    .set({
      ...{ title: '', projectCode: null, lotCode: null, buyer: null, agency: null, suppliers: [], facts: {} },
      ...{ amountFen: null, amountKind: null, deadlineAt: null, deadlinePrecision: null },
      ...{ closesAt: null, supersededBy: null, supersededHow: null },
      ...{ openingAt: null, openingPrecision: null, sourceUrl: null, deduplicationKey: '', fingerprint: '' },
      readingRules: sql`${p.rules}`,
      projectId: p.projectId,
      updatedAt: p.now,
      withdrawnAt: sql`coalesce(${notices.withdrawnAt}, ${p.now})`,
      removedAt: sql`coalesce(${notices.removedAt}, ${p.removedAt})`,
    })
    .where(eq(notices.id, p.id)),
);
// A project of its own, which says nothing: every notice has one.
const BLANK_PROJECT = defineQuery((db, p: Params<{ id: string; noticeId: string; now: string }>) =>
  db
    .insert(projects)
    .select(
      db
        .select({
          id: sql<string>`${p.id}`.as('id'),
          code: sql<null>`NULL`.as('code'),
          title: sql<string>`''`.as('title'),
          category: notices.category,
          county: notices.county,
          buyer: sql<null>`NULL`.as('buyer'),
          createdAt: sql<string>`${p.now}`.as('created_at'),
          updatedAt: sql<string>`${p.now}`.as('updated_at'),
        })
        .from(notices)
        .where(eq(notices.id, p.noticeId)),
    )
    .onConflictDoUpdate({ target: projects.id, set: { code: null, title: '', buyer: null } }),
);
const DROP_NEWS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .delete(subscriptionDeliveries)
    .where(and(eq(subscriptionDeliveries.noticeId, p.id), isNull(subscriptionDeliveries.messageId))),
);
const DROP_REFUSED = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(searchQuarantine).where(eq(searchQuarantine.noticeId, p.id)),
);

/** A notice and those that repeat it at other sites, which say the same; none when it is unknown. */
export function listFamily(db: Db, id: string): NoticeToRemove[] {
  const found = FIND.first(db, { id });
  return found ? FAMILY.all(db, { id: found.canonicalId ?? found.id }) : [];
}

/** Under which items of sources a notice was received. */
export function listItems(db: Db, { id, sourceKey, sourceItemId }: NoticeToRemove): SourceItem[] {
  return [{ sourceKey, sourceItemId }, ...ALIASES.all(db, { id })];
}

/**
 * Destroys what a notice says, in all its versions and wherever this database has it or something made of it, together with those that
 * repeat it. What stays: the rows of its versions with seal, date and who made them, why it was removed, and its id, which answers
 * that. One transaction; what was removed before is done again without any effect. Returns the ids of what is gone.
 */
export function removeNotice(db: Db, id: string, order: RemovalOrder): string[] {
  return db.$client
    .transaction(() => {
      const family = listFamily(db, id);
      for (const row of family) removeOne(db, row, order);
      return family.map((row) => row.id);
    })
    .immediate();
}

function removeOne(db: Db, row: NoticeToRemove, order: RemovalOrder): void {
  const { id } = row;
  const items = listItems(db, row);
  if (!findRemoval(db, 'notice', id)) {
    const salt = randomBytes(32).toString('hex');
    recordRemoval(db, { subject: 'notice', id, salt, mark: markWords(salt, row) }, order);
  }
  for (const item of items) {
    const earlier = noticeId(item.sourceKey, item.sourceItemId);
    recordRemoval(db, { subject: 'notice', id: earlier, salt: null, mark: null }, order);
  }
  const titles = [row.title, ...listTitles(db, id)];
  destroyContents(db, 'notice', id, order);
  destroyDecisions(db, id);
  emptyRawItems(db, 'notice', id, items);
  removeEchoes(db, items, titles);
  for (const title of titles) forgetExample(db, row.sourceKey, title);
  if (row.removedAt === null) removeDerived(db, row, { ...order, removedAt: order.now });
}

/**
 * Everything that was made of a notice's current version, in the order in which it hangs together. Without `removedAt` the notice is
 * only taken down, until its source has other words for it. Tells of it, and returns the number of that change.
 */
export function removeDerived(
  db: Db,
  { id, version, projectId: before }: NoticeToRemove,
  { removedAt, ...order }: RemovalOrder & { removedAt: string | null },
): number {
  const { now } = order;
  const own = projectId(id);
  BLANK_PROJECT.run(db, { id: own, noticeId: id, now });
  BLANK.run(db, { id, now, projectId: own, rules: READING_RULES, removedAt });
  const links = listLinks(db, id);
  deletePublicRows(db, id);
  db.delete(attachmentCopies).where(eq(attachmentCopies.noticeId, id)).run();
  // What staff sent for it goes with it.
  db.delete(uploads)
    .where(inArray(uploads.draftId, db.select({ id: drafts.id }).from(drafts).where(eq(drafts.noticeId, id))))
    .run();
  dropStale(db, id, links, order);
  for (const project of new Set([before, own])) refreshProject(db, project, order);
  DROP_ORIGINS.run(db, { id });
  BLANK_ALIASES.run(db, { id });
  DROP_NEWS.run(db, { id });
  DROP_REFUSED.run(db, { id });
  return appendChange(db, { subject: 'notice', id, version, kind: 'remove' }, order);
}
