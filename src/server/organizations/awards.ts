import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { aliased, bare, named, selectAll, selectFirst } from '#db/query.ts';
import { noticeParties, organizations } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { AwardFilter } from '#src/domain/organizations/filter.ts';
import { type OrganizationRole, type PartyMatch, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import type { AwardHistory, AwardRow, AwardTotals, Partner } from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { n } from '../notices/conditions.ts';
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

const p = aliased(noticeParties, 'p');
/** The other side. */
const x = aliased(noticeParties, 'x');

/** FROM and WHERE of the rows that everything is counted over: an organization with two names in a notice has it once. */
function awardsOf(id: string, role: OrganizationRole, partnerId?: string): SQL {
  const together = partnerId
    ? sql` AND EXISTS (SELECT 1 FROM ${named(x)} WHERE ${x.noticeId} = ${p.noticeId} AND ${x.role} = ${OTHER_SIDE[role]}
        AND ${x.organizationId} = ${partnerId})`
    : sql``;
  return sql`FROM ${named(p)} WHERE ${p.organizationId} = ${id} AND ${p.role} = ${role} AND ${p.isAward} = 1${together}`;
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
  return selectFirst(db, { found: sql`1` }, sql`${awardsOf(id, role)} LIMIT 1`) !== undefined;
}

/** An award as it is counted, within a query. */
const award = {
  publishedAt: sql`award.${bare(p.publishedAt)}`,
  noticeId: sql`award.${bare(p.noticeId)}`,
  fen: sql<number | null>`award.${bare(p.awardFen)}`,
};

function listCountyTotals(db: Db, awards: SQL): (AwardTotals & { county: County })[] {
  return selectAll(
    db,
    {
      county: sql<County>`award.${bare(p.county)}`,
      awards: sql<number>`count(*)`,
      totalFen: sql<number>`coalesce(sum(${award.fen}), 0)`,
      leftOut: sql<number>`count(*) - count(${award.fen})`,
    },
    sql`FROM (SELECT DISTINCT ${p.publishedAt}, ${p.noticeId}, ${p.county}, ${p.awardFen} ${awards}) award
      GROUP BY award.${bare(p.county)} ORDER BY 2 DESC, 1`,
  );
}

function sumTotals(counties: readonly AwardTotals[]): AwardTotals {
  const sum = (key: keyof AwardTotals) => counties.reduce((total, county) => total + county[key], 0);
  return { awards: sum('awards'), totalFen: sum('totalFen'), leftOut: sum('leftOut') };
}

function listAwards(db: Db, awards: SQL, cursor: string | undefined, wanted: number): AwardRow[] {
  const after = cursor ? parsePosition(cursor, 'string') : undefined;
  const beyond = after ? sql` AND (${p.publishedAt}, ${p.noticeId}) < (${after[0]}, ${after[1]})` : sql``;
  return selectAll(
    db,
    {
      noticeId: n.id,
      title: n.title,
      category: n.category,
      county: n.county,
      publishedAt: n.publishedAt,
      publishedPrecision: n.publishedPrecision,
      amountFen: award.fen,
      buyer: n.buyer,
      suppliers: n.suppliers,
      matchedBy: sql<PartyMatch>`award.matched`,
    },
    sql`FROM (SELECT ${p.publishedAt}, ${p.noticeId}, ${p.awardFen}, min(${p.matchedBy}) AS matched ${awards}${beyond}
        GROUP BY ${p.publishedAt}, ${p.noticeId} ORDER BY ${p.publishedAt} DESC, ${p.noticeId} DESC LIMIT ${wanted}) award
      CROSS JOIN ${named(n)} ON ${n.id} = ${award.noticeId}
      ORDER BY ${award.publishedAt} DESC, ${award.noticeId} DESC`,
  );
}

function listPartners(db: Db, id: string, role: OrganizationRole): Partner[] {
  const { id: partnerId, name } = organizations;
  return selectAll(
    db,
    {
      id: partnerId,
      name,
      awards: sql<number>`count(*)`,
      totalFen: sql<number>`coalesce(sum(${award.fen}), 0)`,
    },
    sql`FROM (SELECT DISTINCT ${x.organizationId}, ${award.noticeId}, ${award.fen}
          FROM (SELECT DISTINCT ${p.noticeId}, ${p.awardFen} ${awardsOf(id, role)}) award
          CROSS JOIN ${named(x)} ON ${x.noticeId} = ${award.noticeId} AND ${x.role} = ${OTHER_SIDE[role]}
            AND ${x.organizationId} IS NOT NULL) award
      JOIN ${organizations} ON ${partnerId} = award.${bare(x.organizationId)}
      GROUP BY ${partnerId} ORDER BY 3 DESC, 4 DESC, ${partnerId} LIMIT ${PARTNERS}`,
  );
}
