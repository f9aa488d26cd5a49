import { type SQL, sql } from 'drizzle-orm';
import { organizationSearchRows } from '#db/fts.ts';
import { aliased, named, tableName } from '#db/query.ts';
import {
  achievements,
  honours,
  libraryChanges,
  noticeParties,
  organizationActivity,
  organizationChanges,
  organizationNames,
  organizations,
  qualifications,
  staffCertificates,
} from '#db/schema/index.ts';
import { type Check, defineBreaches } from './check.ts';

const o = aliased(organizations, 'o');
const p = aliased(noticeParties, 'p');
const a = aliased(organizationActivity, 'a');
const names = aliased(organizationNames, 'names');
const changes = organizationChanges;

const union = (queries: readonly SQL[], word: SQL) => sql.join([...queries], sql` ${word} `);
const ALL = sql`UNION ALL`;

const EACH = sql`''`;
const RECOUNT = [p.role, EACH].flatMap((role) =>
  [p.county, EACH].map(
    (
      county,
    ) => sql`SELECT ${p.organizationId} AS id, ${role} AS role, ${county} AS county, count(DISTINCT ${p.noticeId}) AS notices
      FROM ${named(p)} WHERE ${p.organizationId} IS NOT NULL GROUP BY 1, 2, 3`,
  ),
);

const SAME = sql`r.id = ${a.organizationId} AND r.role = ${a.role} AND r.county = ${a.county}`;
const ACTIVITY = sql`
  WITH r AS (${union(RECOUNT, ALL)})
  SELECT r.id, r.role, r.county, '实有', r.notices, '记为', coalesce(${a.notices}, 0) FROM r
  LEFT JOIN ${named(a)} ON ${SAME} WHERE coalesce(${a.notices}, 0) <> r.notices
  UNION ALL
  SELECT ${a.organizationId}, ${a.role}, ${a.county}, '实有', 0, '记为', ${a.notices} FROM ${named(a)}
  LEFT JOIN r ON ${SAME} WHERE r.id IS NULL AND ${a.notices} <> 0`;

/** From every organization up to what it was merged into: `top` is the last one. */
const ROOTS = sql`
  up (id, at, next) AS (
    SELECT ${o.id}, ${o.id}, ${o.mergedInto} FROM ${named(o)}
    UNION ALL SELECT up.id, ${o.id}, ${o.mergedInto} FROM up JOIN ${named(o)} ON ${o.id} = up.next),
  root (id, top) AS (SELECT id, at FROM up WHERE next IS NULL)`;

const LIBRARY = [qualifications, achievements, honours, staffCertificates];

const SPOKEN_OF = union(
  [
    ...[...LIBRARY, organizationNames].map((table) => sql`SELECT ${table.organizationId} FROM ${table}`),
    sql`SELECT ${p.organizationId} FROM ${named(p)} WHERE ${p.organizationId} IS NOT NULL`,
    sql`SELECT ${organizations.mergedInto} FROM ${organizations} WHERE ${organizations.mergedInto} IS NOT NULL`,
    sql`SELECT ${changes.organizationId} FROM ${changes}`,
    sql`SELECT ${changes.targetId} FROM ${changes} WHERE ${changes.targetId} IS NOT NULL`,
  ],
  sql`UNION`,
);

const PARTIES = sql`SELECT ${p.noticeId}, ${p.name} FROM ${named(p)} LEFT JOIN ${named(o)} ON ${o.id} = ${p.organizationId}
  WHERE ${p.matchedBy} IS NULL OR (${p.organizationId} IS NULL) <> (${p.matchedBy} = 'person')
    OR (${p.organizationId} IS NOT NULL AND (${o.id} IS NULL OR ${o.mergedInto} IS NOT NULL))`;

const CODES = sql`WITH RECURSIVE ${ROOTS}
  SELECT ${p.noticeId}, ${p.name}, ${p.uscc} FROM ${named(p)} LEFT JOIN ${named(o)} ON ${o.uscc} = ${p.uscc}
  LEFT JOIN root ON root.id = ${o.id}
  WHERE ${p.uscc} IS NOT NULL AND ${p.matchedBy} = 'code' AND (root.top IS NULL OR root.top <> ${p.organizationId})
  UNION ALL
  SELECT ${o.id}, ${o.name}, ${o.uscc} FROM ${named(o)}
  WHERE ${o.uscc} IS NOT NULL AND ${o.mergedInto} IS NOT NULL AND ${o.mergedHow} <> 'reviewed'`;

const CURRENT_NAMES = sql`SELECT ${o.id}, ${o.uscc}, ${o.name} FROM ${named(o)} WHERE ${o.uscc} IS NOT NULL AND (
  SELECT count(*) FROM ${named(names)}
  WHERE ${names.organizationId} = ${o.id} AND ${names.kind} = 'current' AND ${names.key} = ${o.nameKey}) <> 1`;

const UNFOUNDED = sql`SELECT ${o.id}, ${o.name} FROM ${named(o)} WHERE ${o.mergedInto} IS NULL AND ${o.id} NOT IN (${SPOKEN_OF})`;

const INDEX = sql`SELECT ${o.id}, ${o.name} FROM ${named(o)}
  WHERE (${o.mergedInto} IS NULL) <> (${o.number} IN (SELECT ${organizationSearchRows.id} FROM ${organizationSearchRows}))
  UNION ALL SELECT ${organizationSearchRows.id}, '' FROM ${organizationSearchRows}
  WHERE ${organizationSearchRows.id} NOT IN (SELECT ${o.number} FROM ${named(o)})`;

const UNTOLD = LIBRARY.map(
  (table) => sql`SELECT ${tableName(table)}, ${table.id} FROM ${table}
    WHERE ${table.id} NOT IN (SELECT ${libraryChanges.entryId} FROM ${libraryChanges})`,
);

/** Rules about who is who; what a query finds is a breach. */
const QUERIES: readonly [key: string, title: string, query: SQL][] = [
  ['parties', '公开公告的每个单位都已辨认，且指向一个未被合并的单位', PARTIES],
  ['codes', '代码不同的单位没有自动合并：公告给出代码的，指向该代码的单位，除非人工另有决定', CODES],
  ['organization-activity', '单位的公告数等于重新清点', ACTIVITY],
  ['organization-names', '每个有代码的单位恰有一个现用名称', CURRENT_NAMES],
  ['organizations', '每个单位都有来历：公告、名录、名称或人工决定', UNFOUNDED],
  ['organization-index', '单位检索表恰含未被合并的单位', INDEX],
  ['library-changes', '每个名录条目都在变更中，跟随者不会漏掉', union(UNTOLD, ALL)],
];

export const ORGANIZATION_CHECKS: readonly Check[] = QUERIES.map(([key, title, query]) => ({
  key,
  title,
  find: defineBreaches(query),
}));
