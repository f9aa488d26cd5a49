import type { Db } from '#db/client.ts';
import { findRow, listRows, type SqlValue } from '#db/statements.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { AwardFilter } from '#src/domain/organizations/filter.ts';
import { type OrganizationRole, type PartyMatch, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import type { AwardHistory, AwardRow, AwardTotals, Partner } from '#src/domain/organizations/views.ts';
import type { TimePrecision } from '#src/domain/time/time.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { formatPosition, parsePosition } from './cursor.ts';

/** Awards a page when the address does not say. */
export const AWARD_PAGE_SIZE = 20;
const PARTNERS = 10;

/** Who stands on the other side of an award. */
const OTHER_SIDE: Record<OrganizationRole, OrganizationRole> = {
  supplier: 'buyer',
  buyer: 'supplier',
  agency: 'buyer',
};

/** The rows that everything is counted over: an organization with two names in a notice has it once. */
interface Awards {
  sql: string;
  values: SqlValue[];
}

function awardsOf(id: string, role: OrganizationRole, partnerId?: string): Awards {
  const together = partnerId
    ? ' AND EXISTS (SELECT 1 FROM notice_parties x WHERE x.notice_id = p.notice_id AND x.role = ? AND x.organization_id = ?)'
    : '';
  return {
    sql: `FROM notice_parties p WHERE p.organization_id = ? AND p.role = ? AND p.is_award = 1${together}`,
    values: [id, role, ...(partnerId ? [OTHER_SIDE[role], partnerId] : [])],
  };
}

/** The awards of an organization in the wanted role, else in the one that has any. Null when there is none. @throws NotFoundError, InputError */
export function findAwardHistory(db: Db, id: string, filter: AwardFilter): AwardHistory | null {
  const role = filter.role ?? ['supplier' as const, ...ROLE_KEYS].find((each) => hasAwards(db, id, each));
  if (!role) return null;
  const partner = filter.partner ? findRoot(db, filter.partner) : undefined;
  if (filter.partner && !partner) throw new NotFoundError('没有找到这个往来单位');
  const awards = awardsOf(id, role, partner?.id);
  const counties = listCountyTotals(db, awards);
  const limit = filter.limit ?? AWARD_PAGE_SIZE;
  const rows = listAwards(db, awards, filter.cursor, limit + 1);
  const last = rows[limit - 1];
  return {
    role,
    partner: partner ? { id: partner.id, name: partner.name } : null,
    totals: sumTotals(counties),
    counties,
    items: rows.slice(0, limit),
    next: rows.length > limit && last ? formatPosition([last.publishedAt, last.noticeId]) : null,
    partners: partner ? [] : listPartners(db, id, role),
  };
}

function hasAwards(db: Db, id: string, role: OrganizationRole): boolean {
  const { sql, values } = awardsOf(id, role);
  return findRow(db, `SELECT 1 ${sql} LIMIT 1`, values) !== undefined;
}

function listCountyTotals(db: Db, { sql, values }: Awards): (AwardTotals & { county: County })[] {
  return listRows<AwardTotals & { county: County }>(
    db,
    `SELECT county, count(*) AS awards, coalesce(sum(fen), 0) AS totalFen, count(*) - count(fen) AS leftOut
     FROM (SELECT DISTINCT p.published_at, p.notice_id, p.county, p.award_fen AS fen ${sql})
     GROUP BY county ORDER BY awards DESC, county`,
    values,
  );
}

function sumTotals(counties: readonly AwardTotals[]): AwardTotals {
  const sum = (key: keyof AwardTotals) => counties.reduce((total, county) => total + county[key], 0);
  return { awards: sum('awards'), totalFen: sum('totalFen'), leftOut: sum('leftOut') };
}

interface StoredAward {
  noticeId: string;
  title: string;
  category: Category;
  county: County;
  publishedAt: string;
  publishedPrecision: TimePrecision;
  amountFen: number | null;
  buyer: string | null;
  suppliers: string;
  matchedBy: PartyMatch;
}

function listAwards(db: Db, { sql, values }: Awards, cursor: string | undefined, wanted: number): AwardRow[] {
  const after = cursor ? parsePosition(cursor, 'string') : undefined;
  const rows = listRows<StoredAward>(
    db,
    `SELECT n.id AS noticeId, n.title, n.category, n.county, n.published_at AS publishedAt,
       n.published_precision AS publishedPrecision, award.fen AS amountFen, n.buyer, n.suppliers, award.matched AS matchedBy
     FROM (SELECT p.published_at, p.notice_id, p.award_fen AS fen, min(p.matched_by) AS matched ${sql}
         ${after ? 'AND (p.published_at, p.notice_id) < (?, ?)' : ''}
       GROUP BY p.published_at, p.notice_id ORDER BY p.published_at DESC, p.notice_id DESC LIMIT ?) award
     CROSS JOIN published_notices n ON n.id = award.notice_id
     ORDER BY award.published_at DESC, award.notice_id DESC`,
    [...values, ...(after ?? []), wanted],
  );
  return rows.map((row) => ({ ...row, suppliers: JSON.parse(row.suppliers) as string[] }));
}

function listPartners(db: Db, id: string, role: OrganizationRole): Partner[] {
  const { sql, values } = awardsOf(id, role);
  return listRows<Partner>(
    db,
    `SELECT o.id, o.name, count(*) AS awards, coalesce(sum(t.fen), 0) AS totalFen
     FROM (SELECT DISTINCT x.organization_id AS id, award.notice_id, award.fen
         FROM (SELECT DISTINCT p.notice_id, p.award_fen AS fen ${sql}) award
         CROSS JOIN notice_parties x ON x.notice_id = award.notice_id AND x.role = ? AND x.organization_id IS NOT NULL) t
     JOIN organizations o ON o.id = t.id GROUP BY o.id ORDER BY awards DESC, totalFen DESC, o.id LIMIT ${PARTNERS}`,
    [...values, OTHER_SIDE[role]],
  );
}
