import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { noticeParties, organizations, publishedNotices } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { ownPrice, resultsOfParty } from '#src/domain/organizations/award.ts';
import type { AwardCondition, AwardFilter } from '#src/domain/organizations/filter.ts';
import { type OrganizationRole, type PartyMatch, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import type {
  AwardHistory,
  AwardRow,
  AwardTotals,
  OrganizationView,
  Partner,
} from '#src/domain/organizations/views.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { n } from '../notices/conditions.ts';
import { formatPosition, parsePosition } from './cursor.ts';

/** Awards a page when the address does not say. */
export const AWARD_PAGE_SIZE = 20;
const PARTNERS = 10;

/** Who stands on the other side of an award. */
const OTHER_SIDE: Record<OrganizationRole, OrganizationRole> = {
  supplier: 'buyer',
  candidate: 'buyer',
  tenderer: 'buyer',
  buyer: 'supplier',
  agency: 'buyer',
};
/** Whose history is shown first: what was won, then what was bought, then what may be won. */
const FIRST: readonly OrganizationRole[] = ['supplier', ...ROLE_KEYS.filter((role) => role !== 'supplier')];

const p = aliased(noticeParties, 'p');
/** The other side. */
const x = aliased(noticeParties, 'x');
/** The awards of a project, and the notices of it. */
const w = aliased(noticeParties, 'w');
const m = aliased(publishedNotices, 'm');
const k = aliased(publishedNotices, 'k');

/** Whose awards are counted: of an organization in a role, perhaps only those together with another. */
type Asked = { id: string; role: OrganizationRole; partnerId?: string | undefined } & OtherFilters;
/** What other filters ask for, once there are any: whoever counts has to say it. */
type OtherFilters = { [Key in Exclude<AwardCondition, 'role' | 'partner'>]: AwardFilter[Key] };

/** A candidate who was awarded what he was ranked for is told of by the award. */
const IS_NOT_AWARDED = sql`${p.lots} > (SELECT coalesce(sum(${w.lots}), 0) FROM ${named(m)}
  JOIN ${named(k)} ON ${k.projectId} = ${m.projectId}
  JOIN ${named(w)} ON ${w.noticeId} = ${k.id} AND ${w.role} = 'supplier' AND ${w.organizationId} = ${p.organizationId}
  WHERE ${m.id} = ${p.noticeId})`;

/** FROM and WHERE of the parties whose lots are counted: those of the supplier's side where a buyer asks for one supplier. */
function partiesOf({ id, role, partnerId }: Asked): SQL {
  const other = OTHER_SIDE[role];
  if (partnerId && other === 'supplier') return partiesOf({ id: partnerId, role: other, partnerId: id });
  const together = partnerId
    ? sql` AND EXISTS (SELECT 1 FROM ${named(x)} WHERE ${x.noticeId} = ${p.noticeId} AND ${x.role} = ${other}
        AND ${x.organizationId} = ${partnerId})`
    : sql``;
  const pending = role === 'candidate' ? sql` AND ${IS_NOT_AWARDED}` : sql``;
  return sql`FROM ${named(p)} WHERE ${p.organizationId} = ${id} AND ${p.role} = ${role} AND ${p.lots} > 0${together}${pending}`;
}

/** The sums of one notice: an organization that stands there under two names without prices of their own has it once. */
const OF_NOTICE = sql`
  CASE WHEN sum(${p.pricedLots}) > 0 THEN sum(${p.lots}) ELSE max(${p.lots}) END AS lots,
  sum(${p.pricedLots}) AS priced, sum(${p.lotsFen}) AS fen`;

/** One row a notice. */
const awardsOf = (
  asked: Asked,
): SQL => sql`(SELECT ${p.publishedAt} AS at, ${p.noticeId} AS notice, ${p.county} AS county,
  min(${p.matchedBy}) AS matched, json_group_array(${p.name}) AS names, ${OF_NOTICE} ${partiesOf(asked)}
  GROUP BY ${p.publishedAt}, ${p.noticeId}) award`;

const TOTALS = {
  awards: sql<number>`coalesce(sum(award.lots), 0)`,
  totalFen: sql<number>`coalesce(sum(award.fen), 0)`,
  leftOut: sql<number>`coalesce(sum(award.lots - award.priced), 0)`,
};

/** The awards of an organization in the wanted role, else in the first that has any. Null when there is none. @throws NotFoundError, InputError */
export function findAwardHistory(
  db: Db,
  id: string,
  filter: AwardFilter,
  totals: OrganizationView['totals'],
): AwardHistory | null {
  const role = filter.role ?? FIRST.find((each) => totals.some((total) => total.role === each));
  if (!role) return null;
  const partner = filter.partner ? findRoot(db, filter.partner) : undefined;
  if (filter.partner && !partner) throw new NotFoundError('没有找到这个往来单位');
  const asked: Asked = { id, role, partnerId: partner?.id };
  const counties = listCountyTotals(db, asked);
  const limit = filter.limit ?? AWARD_PAGE_SIZE;
  const rows = listAwards(db, asked, filter.cursor, limit + 1);
  const last = rows[limit - 1];
  return {
    role,
    partner: partner ? { id: partner.id, name: partner.name } : null,
    totals: sumTotals(counties),
    counties,
    items: rows.slice(0, limit),
    next: rows.length > limit && last ? formatPosition([last.publishedAt, last.noticeId]) : null,
    partners: partner ? [] : listPartners(db, asked),
  };
}

/** The sums of an organization in every role that has any. */
export function listRoleTotals(db: Db, id: string): OrganizationView['totals'] {
  return ROLE_KEYS.flatMap((role) => {
    const [total] = selectAll(db, TOTALS, sql`FROM ${awardsOf({ id, role })}`);
    return total && total.awards > 0 ? [{ role, ...total }] : [];
  });
}

function listCountyTotals(db: Db, asked: Asked): (AwardTotals & { county: County })[] {
  return selectAll(
    db,
    { county: sql<County>`award.county`, ...TOTALS },
    sql`FROM ${awardsOf(asked)} GROUP BY award.county ORDER BY 2 DESC, 1`,
  );
}

function sumTotals(counties: readonly AwardTotals[]): AwardTotals {
  const sum = (key: keyof AwardTotals) => counties.reduce((total, county) => total + county[key], 0);
  return { awards: sum('awards'), totalFen: sum('totalFen'), leftOut: sum('leftOut') };
}

function listAwards(db: Db, asked: Asked, cursor: string | undefined, wanted: number): AwardRow[] {
  const after = cursor ? parsePosition(cursor, 'string') : undefined;
  const beyond = after ? sql` WHERE (award.at, award.notice) < (${after[0]}, ${after[1]})` : sql``;
  const rows = selectAll(
    db,
    {
      noticeId: n.id,
      title: n.title,
      category: n.category,
      stage: n.stage,
      county: n.county,
      publishedAt: n.publishedAt,
      publishedPrecision: n.publishedPrecision,
      fen: sql<number | null>`award.fen`,
      names: sql<string>`award.names`,
      buyer: n.buyer,
      lotCode: n.lotCode,
      suppliers: n.suppliers,
      tenderers: n.tenderers,
      amountFen: n.amountFen,
      amountKind: n.amountKind,
      facts: n.facts,
      matchedBy: sql<PartyMatch>`award.matched`,
    },
    sql`FROM (SELECT * FROM ${awardsOf(asked)}${beyond} ORDER BY at DESC, notice DESC LIMIT ${wanted}) award
      CROSS JOIN ${named(n)} ON ${n.id} = award.notice
      ORDER BY award.at DESC, award.notice DESC`,
  );
  const counted = asked.partnerId && OTHER_SIDE[asked.role] === 'supplier' ? 'supplier' : asked.role;
  return rows.map((row) => ({
    noticeId: row.noticeId,
    title: row.title,
    category: row.category,
    county: row.county,
    publishedAt: row.publishedAt,
    publishedPrecision: row.publishedPrecision,
    amountFen: row.fen,
    buyer: row.buyer,
    lots: resultsOfParty(row, counted, JSON.parse(row.names) as string[]).map((result) => ({
      lot: result.lot,
      suppliers: result.suppliers,
      rank: result.rank,
      amountFen: ownPrice(result, counted),
    })),
    matchedBy: row.matchedBy,
  }));
}

/** With whom most lots were dealt in: of a buyer's partners each has what was awarded to it. */
function listPartners(db: Db, { id, role }: Asked): Partner[] {
  const { id: partnerId, name } = organizations;
  const other = OTHER_SIDE[role];
  const theirs =
    other === 'supplier'
      ? sql`SELECT ${x.organizationId} AS other,
          CASE WHEN sum(${x.pricedLots}) > 0 THEN sum(${x.lots}) ELSE max(${x.lots}) END AS lots, sum(${x.lotsFen}) AS fen
        FROM ${awardsOf({ id, role })} CROSS JOIN ${named(x)}
          ON ${x.noticeId} = award.notice AND ${x.role} = ${other} AND ${x.organizationId} IS NOT NULL AND ${x.lots} > 0
        GROUP BY ${x.organizationId}, award.notice`
      : sql`SELECT DISTINCT ${x.organizationId} AS other, award.notice, award.lots, award.fen
        FROM ${awardsOf({ id, role })} CROSS JOIN ${named(x)}
          ON ${x.noticeId} = award.notice AND ${x.role} = ${other} AND ${x.organizationId} IS NOT NULL`;
  return selectAll(
    db,
    {
      id: partnerId,
      name,
      awards: sql<number>`sum(deal.lots)`,
      totalFen: sql<number>`coalesce(sum(deal.fen), 0)`,
    },
    sql`FROM (${theirs}) deal JOIN ${organizations} ON ${partnerId} = deal.other
      GROUP BY ${partnerId} ORDER BY 3 DESC, 4 DESC, ${partnerId} LIMIT ${PARTNERS}`,
  );
}
