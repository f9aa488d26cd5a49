import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { awardOf } from '#src/domain/organizations/award.ts';
import { findCodesBeside } from '#src/domain/organizations/codes-in-text.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';
import { forgetUnused } from './forget.ts';
import { chooseCurrentName } from './names.ts';
import { findByCode, findRoot } from './records.ts';
import { resolveMention } from './resolve.ts';

/** What the links of a notice's parties depend on. */
export type PartyNotice = Pick<
  ReadNotice,
  'id' | 'publishedAt' | 'county' | 'category' | 'stage' | 'buyer' | 'agency' | 'suppliers' | 'amountFen' | 'amountKind'
>;

/** Parties of a notice, each name once a role. */
export function listParties({
  buyer,
  agency,
  suppliers,
}: Pick<PartyNotice, 'buyer' | 'agency' | 'suppliers'>): { role: OrganizationRole; name: string }[] {
  return [
    ...(buyer ? [{ role: 'buyer' as const, name: buyer }] : []),
    ...(agency ? [{ role: 'agency' as const, name: agency }] : []),
    ...[...new Set(suppliers)].map((name) => ({ role: 'supplier' as const, name })),
  ];
}

const INSERT = `
  INSERT INTO notice_parties (notice_id, role, name, published_at, county, name_key, uscc, organization_id, matched_by, is_award, award_fen)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes the parties of a public notice that has none yet, each with its organization. The caller holds the transaction. */
export function insertParties(db: Db, notice: PartyNotice, text: string, now: string): void {
  const { id, publishedAt, county } = notice;
  const parties = listParties(notice);
  const codes = findCodesBeside(
    text,
    parties.map(({ name }) => name),
  );
  const { isAward, fen } = awardOf(notice);
  const coded: { uscc: string; key: string }[] = [];
  for (const { role, name } of parties) {
    const key = nameKey(name);
    const uscc = codes.get(name) ?? null;
    const { organizationId, matchedBy } = resolveMention(db, { name, key, uscc }, now);
    if (uscc) coded.push({ uscc, key });
    runStatement(db, INSERT, [
      ...[id, role, name, publishedAt, county satisfies County, key, uscc, organizationId, matchedBy],
      isAward ? 1 : 0,
      fen,
    ]);
  }
  for (const { uscc, key } of coded) refreshName(db, uscc, key);
}

/** A name that is not the current one may have become so: it stood beside the code later. */
function refreshName(db: Db, uscc: string, key: string): void {
  const row = findByCode(db, uscc);
  if (row && row.nameKey !== key) chooseCurrentName(db, row.id, findRoot(db, row.id)?.id ?? row.id);
}

/** A party as it was linked. */
export interface LinkedParty {
  organizationId: string | null;
  nameKey: string | null;
  uscc: string | null;
}

/** The links of a notice's parties, to be compared after a change. */
export function listLinks(db: Db, noticeId: string): LinkedParty[] {
  return listRows<LinkedParty>(
    db,
    'SELECT organization_id AS organizationId, name_key AS nameKey, uscc FROM notice_parties WHERE notice_id = ?',
    [noticeId],
  );
}

/** Removes organizations and names that only earlier links of a notice spoke of. */
export function dropStale(db: Db, noticeId: string, before: readonly LinkedParty[], now: string): void {
  if (before.length === 0) return;
  const kept = new Set(listLinks(db, noticeId).map((link) => JSON.stringify(link)));
  const gone = before.filter((link) => !kept.has(JSON.stringify(link)));
  for (const link of gone) forgetUnused(db, link, now);
}
