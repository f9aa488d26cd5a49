import type { Db } from '#db/client.ts';
import type { NoticeContent, ReadNotice } from '#src/domain/notices/notice-content.ts';
import { readNotice } from '../facts/reading.ts';
import { announce } from '../notices/outbox.ts';
import { refreshProject, saveProject } from '../notices/projects.ts';
import { deletePublicRows, insertPublicRows } from '../notices/public-rows.ts';
import { toReadingColumns } from '../notices/rows.ts';
import { dropStale, listLinks } from '../organizations/parties.ts';
import { textFingerprint, twinKey } from '../prepare/fingerprints.ts';
import { seal } from '../prepare/prepare.ts';
import { saltContent } from '../salted.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { findRow, listRows, run } from '../statements.ts';
import { type Cleaned, cleanNotice } from './clean.ts';
import { type Author, type Redacted, type RedactedSubject, recordMasking } from './record.ts';

interface VersionRow {
  id: string;
  version: number;
  content: string;
}

interface CurrentRow {
  projectId: string;
  isPublic: number;
}

const STALE = `SELECT notice_id AS id, version, content FROM notice_contents WHERE policy < ?
  ORDER BY policy, notice_id, version LIMIT ?`;
const RAISE = 'UPDATE notice_contents SET policy = @policy WHERE notice_id = @id AND version = @version';
const REPLACE = `UPDATE notice_contents SET content = @content, hash = @hash, salt = @salt, policy = @policy
  WHERE notice_id = @id AND version = @version`;
const IS_STALE = 'SELECT 1 FROM notice_contents WHERE notice_id = ? AND version = ? AND policy < ?';
const CURRENT = 'SELECT project_id AS projectId, is_public AS isPublic FROM notices WHERE id = ? AND version = ?';

type CleanedNotice = Cleaned<NoticeContent> & { text: string };

/** Versions of notices. What lists, feeds and searches show of the current one follows. */
export const REDACTED_NOTICES: RedactedSubject = {
  total: (db) =>
    findRow<{ total: number }>(db, 'SELECT count(*) AS total FROM notice_contents WHERE policy < ?', SANITIZE_POLICY)
      ?.total ?? 0,
  clean(db, limit) {
    const rows = listRows<VersionRow>(db, STALE, SANITIZE_POLICY, limit);
    return rows.map((row) => {
      const cleaned = cleanNotice(JSON.parse(row.content) as NoticeContent);
      return (now, by) => apply(db, row, cleaned, { now, by });
    });
  },
};

function apply(
  db: Db,
  { id, version, content }: VersionRow,
  cleaned: CleanedNotice,
  { now, by }: { now: string; by: Author },
): Redacted | undefined {
  const { json, hash } = seal(cleaned.content);
  const policy = SANITIZE_POLICY;
  // Another process may have been here meanwhile.
  if (!findRow(db, IS_STALE, id, version, policy)) return undefined;
  if (json === content) {
    run(db, RAISE, { id, version, policy });
    return undefined;
  }
  const current = findRow<CurrentRow>(db, CURRENT, id, version);
  const change = current ? replaceCurrent(db, version, current, cleaned, now) : 0;
  const { masked } = cleaned;
  const { salt, seal: salted } = saltContent(json);
  recordMasking(db, { subject: 'notice', id, version, policy, hash, seal: salted, masked, change, by, at: now });
  run(db, REPLACE, { id, version, policy, content: json, hash, salt });
  return { masked };
}

/** Brings everything that hangs on the current version in line. Returns the position of the change that tells of it, 0 when nobody sees it. */
function replaceCurrent(
  db: Db,
  version: number,
  { projectId: before, isPublic }: CurrentRow,
  { content, text }: CleanedNotice,
  now: string,
): number {
  const notice: ReadNotice = { ...content, ...readNotice(content) };
  const projectId = saveProject(db, notice, now);
  const columns: Record<string, unknown> = {
    title: content.title,
    twin_key: twinKey(content),
    fingerprint: textFingerprint(text, content.attachments),
    project_id: projectId,
    ...toReadingColumns(notice),
    ...(isPublic === 1 ? { updated_at: now } : {}),
  };
  const assignments = Object.keys(columns).map((column) => `${column} = @${column}`);
  run(db, `UPDATE notices SET ${assignments.join(', ')} WHERE id = @id`, { ...columns, id: content.id });
  for (const id of new Set([before, projectId])) refreshProject(db, id);
  if (isPublic !== 1) return 0;
  const links = listLinks(db, content.id);
  deletePublicRows(db, content.id);
  insertPublicRows(db, notice, text, now);
  dropStale(db, content.id, links, now);
  return announce(db, 'notice.upsert', content.id, version, now);
}
