import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { attachmentCopies, attachments, files, notices, noticeTombstones } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import { toNoticeStanding } from '#src/domain/deals/deal-standing.ts';
import { GoneError, NotFoundError, RemovedByLawError } from '#src/domain/errors.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import type { AttachmentView, KeptAttachmentView, NoticeVersionView, NoticeView } from '#src/domain/site/views.ts';
import { formatDateTime, type Instant } from '#src/domain/time/time.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import { n } from './conditions.ts';
import { getCorrection } from './correction.ts';
import { getDeal } from './deal.ts';
import { listDuplicates, listPossibleDuplicates, listProjectNotices, listRelated } from './related.ts';
import { pickFacts, SUMMARY_FIELDS, toNoticeSummary } from './row.ts';
import { findNoticeContent, listHiddenVersions, listNoticeVersions } from './versions.ts';

const NOTICE = defineSelect((p: Params<{ id: string }>) => ({
  fields: {
    ...SUMMARY_FIELDS,
    agency: n.agency,
    lotCode: n.lotCode,
    publishedBy: n.publishedBy,
    sourceKey: n.sourceKey,
    sourceUrl: n.sourceUrl,
    fingerprint: n.fingerprint,
    firstSeenAt: n.firstSeenAt,
    updatedAt: n.updatedAt,
    lastSeenAt: n.lastSeenAt,
    goneAt: n.goneAt,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.id} = ${p.id}`,
}));

/** What is known of a notice that is not public. */
const HIDDEN = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ canonicalId: notices.canonicalId, withdrawnAt: notices.withdrawnAt })
    .from(notices)
    .where(eq(notices.id, p.id)),
);

const TOMBSTONE = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ reason: noticeTombstones.reason, at: noticeTombstones.at })
    .from(noticeTombstones)
    .innerJoin(notices, and(eq(notices.id, noticeTombstones.noticeId), eq(notices.version, noticeTombstones.version)))
    .where(eq(noticeTombstones.noticeId, p.id)),
);

const ATTACHMENTS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      name: attachments.name,
      url: attachments.url,
      mediaType: attachments.mediaType,
      size: attachments.size,
      sha256: files.sha256,
      keptSize: files.size,
      fetchedAt: attachmentCopies.fetchedAt,
    })
    .from(attachments)
    .leftJoin(
      attachmentCopies,
      and(eq(attachmentCopies.noticeId, attachments.noticeId), eq(attachmentCopies.url, attachments.url)),
    )
    .leftJoin(files, eq(files.sha256, attachmentCopies.sha256))
    .where(eq(attachments.noticeId, p.id))
    .orderBy(attachments.position),
);

/**
 * A public notice with everything its page shows.
 * @throws NotFoundError when there is no such notice (a twin's id too: see `findCanonicalId`).
 * @throws GoneError when it was withdrawn, RemovedByLawError when it was removed by law.
 */
export function getNotice(db: Db, id: string, now: Instant = new Date().toISOString()): NoticeView {
  const row = getNoticeRow(db, id);
  const summary = toNoticeSummary(row);
  const content = findNoticeContent(db, id, row.version);
  const facts = pickFacts(row.facts);
  return {
    ...summary,
    facts,
    standing: toNoticeStanding(getDeal(db, row.projectId), id, now),
    correction: CORRECTIONS.has(row.stage) ? getCorrection(db, { id, lotCode: row.lotCode, facts }) : null,
    bodyHtml: content?.bodyHtml ?? '',
    attachments: ATTACHMENTS.all(db, { id }).map(toAttachment),
    agency: row.agency,
    lotCode: row.lotCode,
    publishedBy: row.publishedBy,
    sourceKey: row.sourceKey,
    sourceUrl: row.sourceUrl,
    firstSeenAt: row.firstSeenAt,
    updatedAt: row.updatedAt,
    lastSeenAt: row.lastSeenAt,
    goneFromSource: row.goneAt !== null,
    redacted: content?.redacted ?? false,
    versions: listNoticeVersions(db, id),
    stages: listProjectNotices(db, row.projectId),
    related: listRelated(db, summary),
    alsoPublishedAt: listDuplicates(db, id),
    possibleDuplicates: listPossibleDuplicates(db, summary, row.fingerprint),
  };
}

/**
 * Every version of a notice, newest first: of one that was withdrawn or removed by law, that there were versions, when and why.
 * @throws NotFoundError when there never was such a notice
 */
export function getNoticeVersions(db: Db, id: string): NoticeVersionView[] {
  try {
    getNoticeRow(db, id);
    return listNoticeVersions(db, id);
  } catch (error) {
    const hidden = error instanceof GoneError ? listHiddenVersions(db, id) : [];
    if (hidden.length === 0) throw error;
    return hidden;
  }
}

interface AttachmentRow extends AttachmentView {
  sha256: string | null;
  keptSize: number | null;
  fetchedAt: Instant | null;
}

function toAttachment({ sha256, keptSize, fetchedAt, ...attachment }: AttachmentRow): KeptAttachmentView {
  const isKept = sha256 !== null && keptSize !== null && fetchedAt !== null;
  return { ...attachment, copy: isKept ? { sha256, size: keptSize, fetchedAt } : null };
}

/** The canonical notice that a twin's id stands for; undefined when the id is canonical itself or unknown. */
export function findCanonicalId(db: Db, id: string): string | undefined {
  return HIDDEN.first(db, { id })?.canonicalId ?? undefined;
}

/** What its publisher said of a withdrawal; undefined where nothing was said. */
function findTombstone(db: Db, id: string): string | undefined {
  const told = TOMBSTONE.first(db, { id });
  return told && `该公告已由发布单位于 ${formatDateTime(told.at)} 撤回。撤回原因：${told.reason}`;
}

function getNoticeRow(db: Db, id: string) {
  if (!ID_PATTERN.test(id)) throw new NotFoundError();
  const row = NOTICE.first(db, { id });
  if (row) return row;
  if (findRemoval(db, 'notice', id)) throw new RemovedByLawError();
  if (HIDDEN.first(db, { id })?.withdrawnAt) throw new GoneError(findTombstone(db, id));
  throw new NotFoundError('没有找到这条公告。它可能从未在本平台发布，或地址有误。');
}
