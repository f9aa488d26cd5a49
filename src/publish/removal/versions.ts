import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeRevisions, notices } from '#db/schema/index.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { appendChange } from '../changes/append.ts';
import { tellExposure } from '../exposures/rows.ts';
import { refreshProject } from '../notices/projects.ts';
import { deduplicationKey, textFingerprint } from '../prepare/fingerprints.ts';
import { sanitizeBody } from '../sanitize/sanitize.ts';
import { destroyContent, emptyRawForms, forgetExample, listContents, type StoredContent } from './contents.ts';
import { removeEchoes } from './echoes.ts';
import { findEntry, removeExposure } from './exposures.ts';
import { isMarked, markHash, markWords, type Recognised, type VersionedSubject, type Words } from './guard.ts';
import { listFamily, type NoticeToRemove, removeDerived } from './notices.ts';
import { type ContentMark, type RemovalOrder, recordRemovedContent } from './record.ts';

const STANDING = { isPublic: notices.isPublic, withdrawnAt: notices.withdrawnAt };
const FIND_STANDING = defineQuery((db, p: Params<{ id: string }>) =>
  db.select(STANDING).from(notices).where(eq(notices.id, p.id)),
);
const LIST_REVISIONS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ version: noticeRevisions.version, contentVersion: noticeRevisions.contentVersion })
    .from(noticeRevisions)
    .where(eq(noticeRevisions.noticeId, p.id)),
);

function wordsOf({ content }: StoredContent): Words {
  const notice = JSON.parse(content) as NoticeContent;
  const { text } = sanitizeBody(notice.bodyHtml, notice.sourceUrl ?? undefined);
  return {
    deduplicationKey: deduplicationKey(notice),
    fingerprint: textFingerprint(text, notice.attachments),
  };
}

const recognise = (subject: VersionedSubject, stored: StoredContent): Recognised =>
  subject === 'notice' ? { hash: stored.hash, ...wordsOf(stored) } : { hash: stored.hash };

/**
 * What a version is known again by, wherever it stands under another number: its words, or, when another version has the same words
 * and differs elsewhere, all that it says. Undefined when nothing of it is there.
 */
export function markVersion(db: Db, subject: VersionedSubject, id: string, version: number): ContentMark | undefined {
  const all = listContents(db, subject, id);
  const found = all.find((stored) => stored.version === version);
  if (!found) return undefined;
  const salt = randomBytes(32).toString('hex');
  if (subject === 'exposure') return { salt, mark: markHash(salt, found.hash) };
  const mark = markWords(salt, wordsOf(found));
  const isShared = all.some((other) => other !== found && markWords(salt, wordsOf(other)) === mark);
  return { salt, mark: isShared ? markHash(salt, found.hash) : mark };
}

/**
 * Destroys every version of a notice or an entry, and of what repeats the notice, that says what the mark stands for; the other
 * versions stay. A notice that says it at present is taken down until its source has other words; an entry, whose identity its
 * content is, goes whole. One transaction; done again, it has no effect. Returns how many versions it destroyed.
 */
export function removeContent(
  db: Db,
  subject: VersionedSubject,
  id: string,
  content: ContentMark,
  order: RemovalOrder,
): number {
  const remove = () => {
    recordRemovedContent(db, { subject, id, ...content }, order);
    const matching = (of: string) =>
      listContents(db, subject, of).filter((stored) =>
        isMarked(recognise(subject, stored), content.salt, content.mark),
      );
    if (subject === 'exposure') return removeFromEntry(db, id, matching(id), order);
    return listFamily(db, id).reduce((sum, row) => sum + removeFromNotice(db, row, matching(row.id), order), 0);
  };
  return db.$client.transaction(remove).immediate();
}

/** Destroys versions of a notice, whatever they say. */
function removeFromNotice(
  db: Db,
  row: NoticeToRemove,
  versions: readonly StoredContent[],
  order: RemovalOrder,
): number {
  if (versions.length === 0) return 0;
  const { id, version, sourceKey, sourceItemId } = row;
  const current = LIST_REVISIONS.all(db, { id }).find((revision) => revision.version === version)?.contentVersion;
  const isCurrent = versions.some((stored) => stored.version === current);
  const isPublic = FIND_STANDING.first(db, { id })?.isPublic === 1;
  const kind = isPublic ? 'upsert' : 'remove';
  const change = isCurrent
    ? removeDerived(db, row, { ...order, removedAt: null })
    : appendChange(db, { subject: 'notice', id, version, kind }, order);
  // The project may have its name from what goes.
  if (!isCurrent) refreshProject(db, row.projectId, order);
  const titles = new Set<string>();
  for (const stored of versions) {
    const { title } = JSON.parse(stored.content) as NoticeContent;
    if (title !== row.title || isCurrent) titles.add(title);
    destroyContent(db, { subject: 'notice', id, version: stored.version, change }, order);
    emptyRawForms(db, { id, version: stored.version });
  }
  for (const title of titles) forgetExample(db, sourceKey, title);
  removeEchoes(db, [{ sourceKey, sourceItemId }], [...titles]);
  return versions.length;
}

function removeFromEntry(db: Db, id: string, versions: readonly StoredContent[], order: RemovalOrder): number {
  const entry = findEntry(db, id);
  if (!entry || versions.length === 0) return 0;
  if (versions.some(({ version }) => version === entry.version)) return removeExposure(db, id, order).length;
  for (const { version } of versions) {
    destroyContent(db, { subject: 'exposure', id, version, change: 0 }, order);
    emptyRawForms(db, { id, version });
  }
  tellExposure(db, id, 'upsert', order);
  return versions.length;
}

/**
 * Destroys the versions of what was mirrored that the portal it comes from does not show any more, told that it removed some by law:
 * all but those whose hashes are `kept`. The caller holds the transaction. Returns how many.
 */
export function removeUnlisted(
  db: Db,
  subject: VersionedSubject,
  id: string,
  kept: readonly string[],
  order: RemovalOrder,
): number {
  const lost = listContents(db, subject, id).filter(({ hash }) => !kept.includes(hash));
  for (const { version } of lost) {
    const content = markVersion(db, subject, id, version);
    if (content) recordRemovedContent(db, { subject, id, ...content }, order);
  }
  if (subject === 'exposure') return removeFromEntry(db, id, lost, order);
  const row = listFamily(db, id).find((one) => one.id === id);
  return row ? removeFromNotice(db, row, lost, order) : 0;
}
