import { eq, getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { ReadNotice } from '#src/domain/notices/notice-content.ts';
import { shareOf } from '#src/domain/organizations/award.ts';
import { findCodesBeside } from '#src/domain/organizations/codes-in-text.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { type OrganizationRole, tendererRole } from '#src/domain/organizations/organization.ts';
import { chooseCurrentName } from './current-name.ts';
import { forgetUnused } from './forget.ts';
import { findByCode, findRoot } from './records.ts';
import { resolveMention } from './resolve.ts';

/** What the links of a notice's parties depend on. */
export type PartyNotice = Pick<
  ReadNotice,
  | 'id'
  | 'publishedAt'
  | 'county'
  | 'category'
  | 'stage'
  | 'lotCode'
  | 'buyer'
  | 'agency'
  | 'suppliers'
  | 'tenderers'
  | 'amountFen'
  | 'amountKind'
  | 'facts'
>;

/** Parties of a notice, each name once a role. */
export function listParties({
  stage,
  buyer,
  agency,
  suppliers,
  tenderers,
}: Pick<PartyNotice, 'stage' | 'buyer' | 'agency' | 'suppliers' | 'tenderers'>): {
  role: OrganizationRole;
  name: string;
}[] {
  const bidding = tendererRole(stage);
  return [
    ...(buyer ? [{ role: 'buyer' as const, name: buyer }] : []),
    ...(agency ? [{ role: 'agency' as const, name: agency }] : []),
    ...[...new Set(suppliers)].map((name) => ({ role: 'supplier' as const, name })),
    ...[...new Set(tenderers)].map((name) => ({ role: bidding, name })),
  ];
}

const COLUMNS = getTableColumns(noticeParties);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(noticeParties).values(paramsOf(COLUMNS, p)),
);

/** Writes the parties of a public notice that has none yet, each with its organization. The caller holds the transaction. */
export function insertParties(db: Db, notice: PartyNotice, text: string, context: WriteContext): void {
  const { id, publishedAt, county } = notice;
  const parties = listParties(notice);
  const codes = findCodesBeside(
    text,
    parties.map(({ name }) => name),
  );
  const coded: { uscc: string; key: string }[] = [];
  for (const { role, name } of parties) {
    const key = nameKey(name);
    const uscc = codes.get(name) ?? null;
    const { organizationId, matchedBy } = resolveMention(db, { name, key, uscc }, context);
    if (uscc) coded.push({ uscc, key });
    const link = { nameKey: key, uscc, organizationId, matchedBy };
    INSERT.run(db, { noticeId: id, role, name, publishedAt, county, ...link, ...shareOf(notice, role, name) });
  }
  for (const { uscc, key } of coded) refreshName(db, uscc, key, context);
}

/** A name that is not the current one may have become so: it stood beside the code later, or more often. */
function refreshName(db: Db, uscc: string, key: string, context: WriteContext): void {
  const row = findByCode(db, uscc);
  if (row && row.nameKey !== key) chooseCurrentName(db, row.id, findRoot(db, row.id)?.id ?? row.id, context);
}

const LINK = { organizationId: COLUMNS.organizationId, nameKey: COLUMNS.nameKey, uscc: COLUMNS.uscc };
/** A party as it was linked. */
export type LinkedParty = RowOf<typeof LINK>;
const LIST_LINKS = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db.select(LINK).from(noticeParties).where(eq(COLUMNS.noticeId, p.noticeId)),
);

/** The links of a notice's parties, to be compared after a change. */
export function listLinks(db: Db, noticeId: string): LinkedParty[] {
  return LIST_LINKS.all(db, { noticeId });
}

/** Removes organizations and names that only earlier links of a notice spoke of. */
export function dropStale(db: Db, noticeId: string, before: readonly LinkedParty[], context: WriteContext): void {
  if (before.length === 0) return;
  const kept = new Set(listLinks(db, noticeId).map((link) => JSON.stringify(link)));
  const gone = before.filter((link) => !kept.has(JSON.stringify(link)));
  for (const link of gone) forgetUnused(db, link, context);
}
