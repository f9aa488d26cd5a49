import type { Db } from '#db/client.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import { findRow, listRows, run } from '../statements.ts';

/** Pseudo source under which addresses of original pages are kept as aliases. */
const ORIGIN = '@origin';

interface Candidate {
  id: string;
  sourceKey: string;
  stage: string;
  projectCode: string | null;
  lotCode: string | null;
  sourceUrl: string | null;
  fingerprint: string;
  twinKey: string;
}

const CANDIDATE = `SELECT id, source_key AS sourceKey, stage, project_code AS projectCode, lot_code AS lotCode,
  source_url AS sourceUrl, fingerprint, twin_key AS twinKey FROM notices`;
const BY_TWIN = `${CANDIDATE} WHERE twin_key = ? AND id <> ? AND is_public = 1 ORDER BY id LIMIT 50`;
const BY_PROJECT = `${CANDIDATE} WHERE project_id = ? AND id <> ? AND stage = ? AND is_public = 1 ORDER BY id LIMIT 50`;
const BY_ID = `${CANDIDATE} WHERE id = ? AND is_public = 1`;

/**
 * The notice that this one repeats, if any: the same origin page, the same text under the same title and day, or, at
 * another site, the same title, day, project and lot. Lots of one project stay apart: likeness alone never merges.
 */
export function findCanonical(db: Db, notice: PreparedNotice, projectId: string): string | null {
  const { id, sourceKey, stage } = notice.content;
  const { projectCode, lotCode } = notice.reading;
  const twins = listRows<Candidate>(db, BY_TWIN, notice.twinKey, id);
  const sameText = twins.find((twin) => twin.fingerprint === notice.fingerprint && isCompatible(twin, notice));
  if (sameText) return sameText.id;
  const origin = findByOrigin(db, notice, projectId);
  const isElsewhere = origin?.stage === stage && origin.sourceKey !== sourceKey;
  // Lots are published on one original page: only one of them can be its repeat.
  if (isElsewhere && !isClaimed(db, origin.id, sourceKey, id)) return origin.id;
  const sameCode = projectCode
    ? twins.filter(
        (twin) => twin.sourceKey !== sourceKey && twin.projectCode === projectCode && twin.lotCode === lotCode,
      )
    : [];
  const only = sameCode[0];
  // Several equal titles under one code are lots: which one is repeated cannot be told.
  return only && sameCode.length === 1 && !isClaimed(db, only.id, sourceKey, id) ? only.id : null;
}

function isCompatible(twin: Candidate, { reading }: PreparedNotice): boolean {
  const agree = (a: string | null, b: string | null) => a === null || b === null || a === b;
  return agree(twin.projectCode, reading.projectCode) && agree(twin.lotCode, reading.lotCode);
}

function findByOrigin(db: Db, notice: PreparedNotice, projectId: string): Candidate | undefined {
  const { id, sourceUrl, stage } = notice.content;
  for (const url of [notice.originUrl, sourceUrl]) {
    if (!url || !isSpecific(url)) continue;
    const alias = findRow<{ noticeId: string }>(
      db,
      'SELECT notice_id AS noticeId FROM notice_aliases WHERE source_key = ? AND source_item_id = ?',
      ORIGIN,
      url,
    );
    const found = alias && alias.noticeId !== id ? findRow<Candidate>(db, BY_ID, alias.noticeId) : undefined;
    if (found) return found;
  }
  if (!notice.originUrl || !isSpecific(notice.originUrl)) return undefined;
  const related = [
    ...listRows<Candidate>(db, BY_TWIN, notice.twinKey, id),
    ...listRows<Candidate>(db, BY_PROJECT, projectId, id, stage),
  ];
  return related.find((candidate) => candidate.sourceUrl === notice.originUrl);
}

/** True when another notice of the same source already repeats the candidate. */
function isClaimed(db: Db, canonicalId: string, sourceKey: string, id: string): boolean {
  const sql = 'SELECT 1 FROM notices WHERE canonical_id = ? AND source_key = ? AND id <> ?';
  return findRow(db, sql, canonicalId, sourceKey, id) !== undefined;
}

/** False for a site's front page: an empty link resolves to it, and would make one notice of all. */
function isSpecific(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname.length > 1 || search.length > 1;
}

const ALIAS = `
  INSERT INTO notice_aliases (source_key, source_item_id, notice_id, url, seen_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET notice_id = excluded.notice_id, url = excluded.url, seen_at = excluded.seen_at`;

/** Records under which other names the notice goes: further ids at its source, its canonical notice, its original page. */
export function saveAliases(db: Db, notice: PreparedNotice, canonicalId: string | null, now: string): void {
  const { id, sourceKey, sourceItemId, sourceUrl } = notice.content;
  for (const alias of notice.aliases) run(db, ALIAS, [sourceKey, alias, canonicalId ?? id, sourceUrl, now]);
  if (canonicalId) run(db, ALIAS, [sourceKey, sourceItemId, canonicalId, sourceUrl, now]);
  if (notice.originUrl && isSpecific(notice.originUrl) && !canonicalId) {
    run(db, ALIAS, [ORIGIN, notice.originUrl, id, notice.originUrl, now]);
  }
}
