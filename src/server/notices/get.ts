import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { GoneError, NotFoundError } from '#src/domain/errors.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import type { AttachmentView, NoticeView } from '#src/domain/site/views.ts';
import { getCorrection } from './correction.ts';
import { listPossibleDuplicates, listProjectNotices, listRelated, listTwins } from './related.ts';
import { pickFacts, SUMMARY_COLUMNS, type SummaryRow, toNoticeSummary } from './row.ts';
import { findNoticeContent, listNoticeVersions } from './versions.ts';

interface NoticeRow extends SummaryRow {
  agency: string | null;
  lot_code: string | null;
  published_by: County;
  source_key: string;
  source_url: string | null;
  fingerprint: string;
  first_seen_at: string;
  updated_at: string;
  last_seen_at: string;
  gone_at: string | null;
}

const NOTICE_SQL = `SELECT ${SUMMARY_COLUMNS}, n.agency, n.lot_code, n.published_by, n.source_key, n.source_url,
  n.fingerprint, n.first_seen_at, n.updated_at, n.last_seen_at, n.gone_at FROM published_notices n WHERE n.id = ?`;

/**
 * A public notice with everything its page shows.
 * @throws NotFoundError when there is no such notice (a twin's id too: see `findCanonicalId`).
 * @throws GoneError when it was withdrawn.
 */
export function getNotice(db: Db, id: string): NoticeView {
  const row = getNoticeRow(db, id);
  const summary = toNoticeSummary(row);
  const content = findNoticeContent(db, id, row.version);
  const facts = pickFacts(row.facts);
  return {
    ...summary,
    facts,
    correction: CORRECTIONS.has(row.stage) ? getCorrection(db, { id, lotCode: row.lot_code, facts }) : null,
    bodyHtml: content?.bodyHtml ?? '',
    attachments: listAttachments(db, id),
    agency: row.agency,
    lotCode: row.lot_code,
    publishedBy: row.published_by,
    sourceKey: row.source_key,
    sourceUrl: row.source_url,
    firstSeenAt: row.first_seen_at,
    updatedAt: row.updated_at,
    lastSeenAt: row.last_seen_at,
    goneFromSource: row.gone_at !== null,
    redacted: content?.redacted ?? false,
    versions: listNoticeVersions(db, id),
    stages: listProjectNotices(db, row.project_id),
    related: listRelated(db, summary),
    alsoPublishedAt: listTwins(db, id),
    possibleDuplicates: listPossibleDuplicates(db, summary, row.fingerprint),
  };
}

/** The canonical notice that a twin's id stands for; undefined when the id is canonical itself or unknown. */
export function findCanonicalId(db: Db, id: string): string | undefined {
  const row = findRow<{ canonical_id: string | null }>(db, 'SELECT canonical_id FROM notices WHERE id = ?', [id]);
  return row?.canonical_id ?? undefined;
}

function getNoticeRow(db: Db, id: string): NoticeRow {
  if (!ID_PATTERN.test(id)) throw new NotFoundError();
  const row = findRow<NoticeRow>(db, NOTICE_SQL, [id]);
  if (row) return row;
  const hidden = findRow<{ withdrawn_at: string | null }>(db, 'SELECT withdrawn_at FROM notices WHERE id = ?', [id]);
  if (hidden?.withdrawn_at) throw new GoneError();
  throw new NotFoundError('没有找到这条公告。它可能从未在本平台发布，或地址有误。');
}

function listAttachments(db: Db, id: string): AttachmentView[] {
  return listRows<AttachmentView>(
    db,
    'SELECT name, url, media_type AS mediaType, size FROM attachments WHERE notice_id = ? ORDER BY position',
    [id],
  );
}
