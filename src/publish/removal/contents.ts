import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import {
  exposureContents,
  exposureRevisions,
  factCorrections,
  itemFixes,
  noticeContents,
  noticeRevisions,
  rawItems,
  unknownCodes,
} from '#db/schema/index.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { recordRedaction } from '../redaction/record.ts';
import { SANITIZER_VERSION } from '../sanitize/sanitize.ts';
import type { VersionedSubject } from './guard.ts';
import type { RemovalOrder } from './record.ts';

interface Key {
  id: string;
  version: number;
}

const ofNotice = (p: Params<Key>) => and(eq(noticeContents.noticeId, p.id), eq(noticeContents.version, p.version));
const ofEntry = (p: Params<Key>) => and(eq(exposureContents.exposureId, p.id), eq(exposureContents.version, p.version));

/** What a version says. */
export interface StoredContent {
  version: number;
  content: string;
  hash: string;
}

const LIST: Record<VersionedSubject, { all(db: Db, values: { id: string }): StoredContent[] }> = {
  notice: defineQuery((db, p: Params<{ id: string }>) => {
    const { version, content, hash } = noticeContents;
    return db.select({ version, content, hash }).from(noticeContents).where(eq(noticeContents.noticeId, p.id));
  }),
  exposure: defineQuery((db, p: Params<{ id: string }>) => {
    const { version, content, hash } = exposureContents;
    return db.select({ version, content, hash }).from(exposureContents).where(eq(exposureContents.exposureId, p.id));
  }),
};
const DESTROY = {
  notice: defineQuery((db, p: Params<Key>) => db.delete(noticeContents).where(ofNotice(p))),
  exposure: defineQuery((db, p: Params<Key>) => db.delete(exposureContents).where(ofEntry(p))),
};

/** Versions of which the content is still there, with it. */
export const listContents = (db: Db, subject: VersionedSubject, id: string): StoredContent[] =>
  LIST[subject].all(db, { id });

/** What the versions of a notice are called. */
export function listTitles(db: Db, id: string): string[] {
  const titles = listContents(db, 'notice', id).map(({ content }) => (JSON.parse(content) as NoticeContent).title);
  return [...new Set(titles)];
}

/** Destroys content and salt of all versions, each after it is written down. What is destroyed already stays so. */
export function destroyContents(db: Db, subject: VersionedSubject, id: string, order: RemovalOrder): void {
  for (const { version } of listContents(db, subject, id))
    destroyContent(db, { subject, id, version, change: 0 }, order);
}

/** Destroys content and salt of one version after it is written down. `change` is the one that tells of it. */
export function destroyContent(
  db: Db,
  { subject, id, version, change }: { subject: VersionedSubject; change: number } & Key,
  { reason, ...context }: RemovalOrder,
): void {
  const removed = { kind: 'removed', sanitizerVersion: SANITIZER_VERSION, hash: null, seal: null, masked: 0 } as const;
  recordRedaction(db, { subject, id, version, change, reason, ...removed }, context);
  DESTROY[subject].run(db, { id, version });
}

const DESTROY_CORRECTIONS = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(factCorrections).where(eq(factCorrections.noticeId, p.id)),
);
const DESTROY_FIXES = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(itemFixes).where(eq(itemFixes.noticeId, p.id)),
);

/** Destroys what staff put right in a notice that was removed: it quotes the notice. */
export function destroyDecisions(db: Db, id: string): void {
  for (const query of [DESTROY_CORRECTIONS, DESTROY_FIXES]) query.run(db, { id });
}

/** An item of a source. */
export interface SourceItem {
  sourceKey: string;
  sourceItemId: string;
}

/** Of raw items that were emptied. */
const EMPTY_ITEM = '{}';

/** What a raw item is emptied to. */
export const EMPTY = {
  listItem: EMPTY_ITEM,
  body: null,
  bodyUrl: null,
  reasons: [],
  state: 'accepted' as const,
  contentHash: sql`'removed ' || ${rawItems.id}`,
};
const isKept = or(ne(rawItems.listItem, EMPTY_ITEM).inlineParams(), isNotNull(rawItems.body));
const ofItem = (p: Params<SourceItem>) =>
  and(eq(rawItems.sourceKey, p.sourceKey), eq(rawItems.sourceItemId, p.sourceItemId));
const EMPTY_ITEMS = defineQuery((db, p: Params<SourceItem>) => db.update(rawItems).set(EMPTY).where(ofItem(p)));
const EMPTY_OF_NOTICE = defineQuery((db, p: Params<{ id: string }>) =>
  db.update(rawItems).set(EMPTY).where(eq(rawItems.noticeId, p.id)),
);
const EMPTY_OF_ENTRY = defineQuery((db, p: Params<{ id: string }>) =>
  db.update(rawItems).set(EMPTY).where(eq(rawItems.exposureId, p.id)),
);
const ofVersion = (p: Params<Key>) =>
  or(
    // Forms of the item that were refused have no version: they need nobody's attention, and may say the same.
    and(eq(rawItems.noticeId, p.id), or(isNull(rawItems.noticeVersion), eq(rawItems.noticeVersion, p.version))),
    inArray(
      rawItems.id,
      sql`(SELECT ${noticeRevisions.rawItemId} FROM ${noticeRevisions} WHERE ${noticeRevisions.noticeId} = ${p.id}
        AND ${noticeRevisions.version} = ${p.version}
        UNION SELECT ${exposureRevisions.rawItemId} FROM ${exposureRevisions} WHERE ${exposureRevisions.exposureId} = ${p.id}
        AND ${exposureRevisions.version} = ${p.version})`,
    ),
  );
const EMPTY_OF_VERSION = defineQuery((db, p: Params<Key>) => db.update(rawItems).set(EMPTY).where(ofVersion(p)));
const LIST_OF_VERSION = defineQuery((db, p: Params<Key>) =>
  db
    .select({ id: rawItems.id })
    .from(rawItems)
    .where(and(ofVersion(p), isKept)),
);
const LIST_ITEMS = defineQuery((db, p: Params<SourceItem>) =>
  db
    .select({ id: rawItems.id })
    .from(rawItems)
    .where(and(ofItem(p), isKept)),
);
const FORGET_EXAMPLE = defineQuery((db, p: Params<{ sourceKey: string; title: string }>) =>
  db
    .update(unknownCodes)
    .set({ example: '' })
    .where(and(eq(unknownCodes.sourceKey, p.sourceKey), eq(unknownCodes.example, p.title))),
);

/** How many raw forms of an item are kept. */
export const countRawItems = (db: Db, item: SourceItem): number => LIST_ITEMS.all(db, item).length;

/** Empties every raw form in which something was received: under its own ids and whatever became of it. The rows stay. */
export function emptyRawItems(db: Db, subject: VersionedSubject, id: string, items: readonly SourceItem[]): void {
  const { run } = subject === 'notice' ? EMPTY_OF_NOTICE : EMPTY_OF_ENTRY;
  run(db, { id });
  for (const { sourceKey, sourceItemId } of items) EMPTY_ITEMS.run(db, { sourceKey, sourceItemId });
}

/** How many raw forms of one version are kept. */
export const countRawForms = (db: Db, version: Key): number => LIST_OF_VERSION.all(db, version).length;

/** Empties the raw forms in which one version was received. The rows stay. */
export function emptyRawForms(db: Db, version: Key): void {
  EMPTY_OF_VERSION.run(db, version);
}

/** Unknown codes are shown with the title of an item that has them. */
export function forgetExample(db: Db, sourceKey: string, title: string): void {
  FORGET_EXAMPLE.run(db, { sourceKey, title: title.slice(0, 200) });
}
