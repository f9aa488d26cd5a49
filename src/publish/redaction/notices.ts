import { and, asc, count, eq, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeContents, notices } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { NoticeContent, ReadNotice } from '#src/domain/notices/notice-content.ts';
import { appendChange } from '../changes/append.ts';
import { correctReading } from '../corrections/layer.ts';
import { readNotice } from '../facts/reading.ts';
import { refreshProject, saveProject } from '../notices/projects.ts';
import { deletePublicRows, insertPublicRows } from '../notices/public-rows.ts';
import { READING, toReadingColumns } from '../notices/rows.ts';
import { dropStale, listLinks } from '../organizations/parties.ts';
import { deduplicationKey, textFingerprint } from '../prepare/fingerprints.ts';
import { seal } from '../prepare/prepare.ts';
import { saltContent } from '../salted.ts';
import { SANITIZER_VERSION } from '../sanitize/sanitize.ts';
import { type Cleaned, cleanNotice } from './clean.ts';
import { type Redacted, type RedactedSubject, recordMasking } from './record.ts';

const VERSION = { id: noticeContents.noticeId, version: noticeContents.version, content: noticeContents.content };
const CURRENT = { projectId: notices.projectId, isPublic: notices.isPublic, updatedAt: notices.updatedAt };
type VersionRow = RowOf<typeof VERSION>;
type CurrentRow = RowOf<typeof CURRENT>;
interface Key {
  id: string;
  version: number;
}

const isVersion = (p: Params<Key>) => and(eq(noticeContents.noticeId, p.id), eq(noticeContents.version, p.version));

const COUNT_STALE = defineQuery((db, p: Params<{ sanitizerVersion: number }>) =>
  db.select({ total: count() }).from(noticeContents).where(lt(noticeContents.sanitizerVersion, p.sanitizerVersion)),
);
const LIST_STALE = defineQuery((db, p: Params<{ sanitizerVersion: number; limit: number }>) =>
  db
    .select(VERSION)
    .from(noticeContents)
    .where(lt(noticeContents.sanitizerVersion, p.sanitizerVersion))
    .orderBy(asc(noticeContents.sanitizerVersion), asc(noticeContents.noticeId), asc(noticeContents.version))
    .limit(p.limit),
);
const FIND_STALE = defineQuery((db, p: Params<Key & { sanitizerVersion: number }>) =>
  db
    .select({ version: noticeContents.version })
    .from(noticeContents)
    .where(and(isVersion(p), lt(noticeContents.sanitizerVersion, p.sanitizerVersion))),
);
const RAISE = defineQuery((db, p: Params<Key & { sanitizerVersion: number }>) =>
  db.update(noticeContents).set({ sanitizerVersion: p.sanitizerVersion }).where(isVersion(p)),
);
const REPLACE = defineQuery(
  (db, p: Params<Key & { sanitizerVersion: number; content: string; hash: string; salt: string }>) =>
    db
      .update(noticeContents)
      .set({ content: p.content, hash: p.hash, salt: p.salt, sanitizerVersion: p.sanitizerVersion })
      .where(isVersion(p)),
);
const FIND_CURRENT = defineQuery((db, p: Params<Key>) =>
  db
    .select(CURRENT)
    .from(notices)
    .where(and(eq(notices.id, p.id), eq(notices.version, p.version))),
);

const DERIVED = {
  ...READING,
  readingRules: notices.readingRules,
  title: notices.title,
  deduplicationKey: notices.deduplicationKey,
  fingerprint: notices.fingerprint,
  projectId: notices.projectId,
  updatedAt: notices.updatedAt,
};
const SAVE_DERIVED = defineQuery((db, p: Params<RowOf<typeof DERIVED> & { id: string }>) =>
  db.update(notices).set(paramsOf(DERIVED, p)).where(eq(notices.id, p.id)),
);

type CleanedNotice = Cleaned<NoticeContent> & { text: string };

/** Versions of notices. What lists, feeds and searches show of the current one follows. */
export const REDACTED_NOTICES: RedactedSubject = {
  total: (db) => COUNT_STALE.first(db, { sanitizerVersion: SANITIZER_VERSION })?.total ?? 0,
  clean(db, limit) {
    const rows = LIST_STALE.all(db, { sanitizerVersion: SANITIZER_VERSION, limit });
    return rows.map((row) => {
      const cleaned = cleanNotice(JSON.parse(row.content) as NoticeContent);
      return (context) => apply(db, row, cleaned, context);
    });
  },
};

function apply(
  db: Db,
  { id, version, content }: VersionRow,
  cleaned: CleanedNotice,
  context: WriteContext,
): Redacted | undefined {
  const { json, hash } = seal(cleaned.content);
  const sanitizerVersion = SANITIZER_VERSION;
  // Another process may have been here meanwhile.
  if (!FIND_STALE.first(db, { id, version, sanitizerVersion })) return undefined;
  if (json === content) {
    RAISE.run(db, { id, version, sanitizerVersion });
    return undefined;
  }
  const current = FIND_CURRENT.first(db, { id, version });
  const change = current ? replaceCurrent(db, version, current, cleaned, context) : 0;
  const { masked } = cleaned;
  const { salt, seal: sealed } = saltContent(json);
  recordMasking(db, { subject: 'notice', id, version, sanitizerVersion, hash, seal: sealed, masked, change }, context);
  REPLACE.run(db, { id, version, sanitizerVersion, content: json, hash, salt });
  return { masked };
}

/** Brings everything that hangs on the current version in line. Returns the position of the change that tells of it, 0 when nobody sees it. */
function replaceCurrent(
  db: Db,
  version: number,
  { projectId: before, isPublic, updatedAt }: CurrentRow,
  { content, text }: CleanedNotice,
  context: WriteContext,
): number {
  const { now } = context;
  const notice: ReadNotice = { ...content, ...correctReading(db, content, readNotice(content)) };
  const projectId = saveProject(db, notice, now);
  SAVE_DERIVED.run(db, {
    id: content.id,
    title: content.title,
    deduplicationKey: deduplicationKey(content),
    fingerprint: textFingerprint(text, content.attachments),
    projectId,
    ...toReadingColumns(notice),
    updatedAt: isPublic === 1 ? now : updatedAt,
  });
  for (const id of new Set([before, projectId])) refreshProject(db, id, context, content.id);
  if (isPublic !== 1) return 0;
  const links = listLinks(db, content.id);
  deletePublicRows(db, content.id);
  insertPublicRows(db, notice, text, context);
  dropStale(db, content.id, links, context);
  return appendChange(db, { subject: 'notice', id: content.id, version, kind: 'upsert' }, context);
}
