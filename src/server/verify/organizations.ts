import { type Check, queryBreaches } from './check.ts';

const RECOUNT = ['p.role', "''"]
  .flatMap((role) => ['p.county', "''"].map((county) => [role, county] as const))
  .map(
    ([
      role,
      county,
    ]) => `SELECT p.organization_id AS id, ${role} AS role, ${county} AS county, count(DISTINCT p.notice_id) AS notices
    FROM notice_parties p WHERE p.organization_id IS NOT NULL GROUP BY 1, 2, 3`,
  )
  .join(' UNION ALL ');

const ACTIVITY = `
  WITH real AS (${RECOUNT})
  SELECT r.id, r.role, r.county, '实有', r.notices, '记为', coalesce(a.notices, 0) FROM real r
  LEFT JOIN organization_activity a ON a.organization_id = r.id AND a.role = r.role AND a.county = r.county
  WHERE coalesce(a.notices, 0) <> r.notices
  UNION ALL
  SELECT a.organization_id, a.role, a.county, '实有', 0, '记为', a.notices FROM organization_activity a
  LEFT JOIN real r ON r.id = a.organization_id AND r.role = a.role AND r.county = a.county
  WHERE r.id IS NULL AND a.notices <> 0`;

/** From every organization up to what it was merged into: `top` is the last one. */
const ROOTS = `
  up (id, at, next) AS (
    SELECT id, id, merged_into FROM organizations
    UNION ALL SELECT u.id, o.id, o.merged_into FROM up u JOIN organizations o ON o.id = u.next),
  root (id, top) AS (SELECT id, at FROM up WHERE next IS NULL)`;

const LIBRARY = ['qualifications', 'achievements', 'honours', 'staff_certificates'];

const SPOKEN_OF = [...LIBRARY, 'organization_names']
  .map((table) => `SELECT organization_id FROM ${table}`)
  .concat(
    'SELECT organization_id FROM notice_parties WHERE organization_id IS NOT NULL',
    'SELECT merged_into FROM organizations WHERE merged_into IS NOT NULL',
    'SELECT organization_id FROM organization_changes',
    'SELECT target_id FROM organization_changes WHERE target_id IS NOT NULL',
  )
  .join(' UNION ');

/** Rules about who is who; what a query finds is a breach. */
const QUERIES: readonly [key: string, title: string, sql: string][] = [
  [
    'parties',
    '公开公告的每个单位都已辨认，且指向一个未被合并的单位',
    `SELECT p.notice_id, p.name FROM notice_parties p LEFT JOIN organizations o ON o.id = p.organization_id
     WHERE p.matched_by IS NULL OR (p.organization_id IS NULL) <> (p.matched_by = 'person')
       OR (p.organization_id IS NOT NULL AND (o.id IS NULL OR o.merged_into IS NOT NULL))`,
  ],
  [
    'codes',
    '代码不同的单位没有自动合并：公告给出代码的，指向该代码的单位，除非人工另有决定',
    `WITH RECURSIVE ${ROOTS}
     SELECT p.notice_id, p.name, p.uscc FROM notice_parties p LEFT JOIN organizations o ON o.uscc = p.uscc
     LEFT JOIN root r ON r.id = o.id
     WHERE p.uscc IS NOT NULL AND p.matched_by = 'code' AND (r.top IS NULL OR r.top <> p.organization_id)
     UNION ALL
     SELECT o.id, o.name, o.uscc FROM organizations o
     WHERE o.uscc IS NOT NULL AND o.merged_into IS NOT NULL AND o.merged_how <> 'reviewed'`,
  ],
  ['organization-activity', '单位的公告数等于重新清点', ACTIVITY],
  [
    'organization-names',
    '每个有代码的单位恰有一个现用名称',
    `SELECT o.id, o.uscc, o.name FROM organizations o WHERE o.uscc IS NOT NULL AND (
       SELECT count(*) FROM organization_names n
       WHERE n.organization_id = o.id AND n.kind = 'current' AND n.key = o.name_key) <> 1`,
  ],
  [
    'organizations',
    '每个单位都有来历：公告、名录、名称或人工决定',
    `SELECT id, name FROM organizations WHERE merged_into IS NULL AND id NOT IN (${SPOKEN_OF})`,
  ],
  [
    'organization-index',
    '单位检索表恰含未被合并的单位',
    `SELECT id, name FROM organizations
     WHERE (merged_into IS NULL) <> (number IN (SELECT id FROM organization_search_docsize))
     UNION ALL SELECT id, '' FROM organization_search_docsize WHERE id NOT IN (SELECT number FROM organizations)`,
  ],
  [
    'library-changes',
    '每个名录条目都在变更中，跟随者不会漏掉',
    LIBRARY.map(
      (table) =>
        `SELECT '${table}', id FROM ${table} WHERE id NOT IN (SELECT subject_id FROM changes WHERE subject = 'library')`,
    ).join(' UNION ALL '),
  ],
];

export const ORGANIZATION_CHECKS: readonly Check[] = QUERIES.map(([key, title, sql]) => ({
  key,
  title,
  find: (db) => queryBreaches(db, sql),
}));
