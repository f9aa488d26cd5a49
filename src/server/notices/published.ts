import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { NamedParty, PublishedNotice } from '#src/domain/notices/published-notice.ts';
import type { AttachmentView } from '#src/domain/site/views.ts';
import { pickFacts, SUMMARY_COLUMNS, type SummaryRow, toNoticeSummary } from './row.ts';

interface PublishedRow extends SummaryRow {
  agency: string | null;
  lot_code: string | null;
  source_key: string;
  source_url: string | null;
  updated_at: string;
  hash: string;
}

const NOTICES = `SELECT ${SUMMARY_COLUMNS}, n.agency, n.lot_code, n.source_key, n.source_url, n.updated_at, v.hash
  FROM published_notices n JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version
  WHERE n.id IN (SELECT value FROM json_each(?))`;

/** A code that is known only of a name that looks the same would call one firm another. */
const PARTIES = `SELECT p.notice_id AS noticeId, p.role, p.name, p.organization_id AS organizationId,
    coalesce(p.uscc, CASE WHEN p.matched_by IN ('code', 'reviewed') THEN o.uscc END) AS uscc
  FROM notice_parties p LEFT JOIN organizations o ON o.id = p.organization_id
  WHERE p.notice_id IN (SELECT value FROM json_each(?)) ORDER BY p.notice_id, p.role, p.name`;

const ATTACHMENTS = `SELECT notice_id AS noticeId, name, url, media_type AS mediaType, size FROM attachments
  WHERE notice_id IN (SELECT value FROM json_each(?)) ORDER BY notice_id, position`;

type OfNotice<Item> = Item & { noticeId: string };

/** The given public notices with all that data files say, in the order of `ids`; ids that are not public are left out. */
export function listPublishedNotices(db: Db, ids: readonly string[]): PublishedNotice[] {
  const wanted = [JSON.stringify(ids)];
  const rows = new Map(listRows<PublishedRow>(db, NOTICES, wanted).map((row) => [row.id, row]));
  const parties = groupByNotice(listRows<OfNotice<NamedParty>>(db, PARTIES, wanted));
  const attachments = groupByNotice(listRows<OfNotice<AttachmentView>>(db, ATTACHMENTS, wanted));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [toPublishedNotice(row, parties.get(id) ?? [], attachments.get(id) ?? [])] : [];
  });
}

function groupByNotice<Item>(rows: OfNotice<Item>[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const { noticeId, ...item } of rows) {
    const group = groups.get(noticeId);
    if (group) group.push(item as Item);
    else groups.set(noticeId, [item as Item]);
  }
  return groups;
}

function toPublishedNotice(row: PublishedRow, parties: NamedParty[], attachments: AttachmentView[]): PublishedNotice {
  return {
    ...toNoticeSummary(row),
    projectId: row.project_id,
    facts: pickFacts(row.facts),
    agency: row.agency,
    lotCode: row.lot_code,
    sourceKey: row.source_key,
    sourceUrl: row.source_url,
    updatedAt: row.updated_at,
    hash: row.hash,
    attachments,
    parties,
  };
}
