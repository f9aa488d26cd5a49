import { type SQL, sql } from 'drizzle-orm';
import { assertDurable, type Db } from '#db/client.ts';
import { organizationSearch, searchIndex } from '#db/fts.ts';
import { defineSelect } from '#db/query.ts';
import {
  changes,
  exposureContents,
  exposureEvents,
  exposureRevisions,
  exposures,
  ingestRuns,
  keyValues,
  leases,
  libraryRejections,
  noticeContents,
  noticeCounts,
  noticeRevisions,
  notices,
  noticeTexts,
  projects,
  rawItems,
  redactions,
  removals,
  removedContents,
  searchDocuments,
} from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { actorKind } from '#src/domain/actors.ts';
import { CURSORS } from '#src/publish/changes/follow.ts';
import { type Check, defineBreaches } from './check.ts';

const STUCK_MINUTES = 10;

const n = aliased(notices, 'n');
const v = aliased(noticeRevisions, 'v');
const c = aliased(noticeCounts, 'c');
/** The notice that another one is compared with. */
const other = aliased(notices, 'other');

const SAME_GROUP = sql`r.category = ${c.category} AND r.stage = ${c.stage} AND r.county = ${c.county} AND r.year = ${c.year}`;
const RECOUNT = sql`
  WITH r AS (
    SELECT ${n.category} AS category, ${n.stage} AS stage, ${n.county} AS county,
      CAST(strftime('%Y', ${n.publishedAt}, '+8 hours') AS INTEGER) AS year, count(*) AS total
    FROM ${named(n)} WHERE ${n.isPublic} = 1 GROUP BY 1, 2, 3, 4)
  SELECT r.category, r.stage, r.county, r.year, '实有', r.total, '记为', coalesce(${c.total}, 0) FROM r
  LEFT JOIN ${named(c)} ON ${SAME_GROUP} WHERE coalesce(${c.total}, 0) <> r.total
  UNION ALL
  SELECT ${c.category}, ${c.stage}, ${c.county}, ${c.year}, '实有', 0, '记为', ${c.total} FROM ${named(c)}
  LEFT JOIN r ON ${SAME_GROUP} WHERE r.total IS NULL AND ${c.total} <> 0`;

/** Notices that the built-in index has still to take: they differ for a good reason. */
const PENDING = sql`SELECT ${changes.subjectId} FROM ${changes} WHERE ${changes.subject} = 'notice' AND ${changes.seq} > coalesce(
  (SELECT CAST(${keyValues.value} AS INTEGER) FROM ${keyValues} WHERE ${keyValues.key} = ${CURSORS.builtInIndex}), 0)`;

const FULL_TEXT = [searchIndex, organizationSearch].map((table) =>
  defineSelect(() => ({ fields: { rowid: table.rowid }, rest: sql`FROM ${table} LIMIT 1` })),
);

/**
 * Full-text tables keep their structure per connection and learn at their next query that another process has written;
 * SQLite's integrity check is no such query and would take the old structure for damage.
 */
function refreshFullText(db: Db): void {
  for (const table of FULL_TEXT) table.first(db);
}

/** The state of the file itself and of this connection. */
function* findStorageFaults(db: Db): Generator<string> {
  refreshFullText(db);
  for (const row of db.$client.pragma('integrity_check(5)') as { integrity_check: string }[]) {
    if (row.integrity_check !== 'ok') yield row.integrity_check;
  }
  for (const row of db.$client.pragma('foreign_key_check') as { table: string; rowid: number }[]) {
    yield `外键：${row.table} ${row.rowid}`;
  }
  try {
    assertDurable(db.$client);
  } catch (error) {
    yield String(error);
  }
}

const RAW = sql`SELECT ${rawItems.id}, ${rawItems.sourceKey}, ${rawItems.sourceItemId}
  FROM ${rawItems} LEFT JOIN ${named(n)} ON ${n.id} = ${rawItems.noticeId}
  WHERE ${rawItems.state} = 'accepted' AND ${rawItems.noticeId} IS NOT NULL
    AND (${n.id} IS NULL OR coalesce(${rawItems.noticeVersion}, 0) > ${n.version})`;

const CURRENT_VERSION = sql`SELECT ${n.id}, ${n.version}, max(${v.version})
  FROM ${named(n)} LEFT JOIN ${named(v)} ON ${v.noticeId} = ${n.id}
  GROUP BY ${n.id} HAVING max(${v.version}) IS NOT ${n.version}`;

const CANONICAL = sql`SELECT ${n.id}, ${n.canonicalId} FROM ${named(n)} LEFT JOIN ${named(other)} ON ${other.id} = ${n.canonicalId}
  WHERE ${n.canonicalId} IS NOT NULL
    AND (${other.id} IS NULL OR ${other.canonicalId} IS NOT NULL OR ${other.id} = ${n.id})`;

const PROJECTS = sql`SELECT 'notice', ${n.id} FROM ${named(n)} LEFT JOIN ${projects} ON ${projects.id} = ${n.projectId}
  WHERE ${projects.id} IS NULL
  UNION ALL SELECT 'project', ${projects.id} FROM ${projects}
  WHERE NOT EXISTS (SELECT 1 FROM ${named(n)} WHERE ${n.projectId} = ${projects.id})`;

const RUNS = sql`SELECT ${ingestRuns.id}, ${ingestRuns.sourceKey}, ${ingestRuns.startedAt} FROM ${ingestRuns}
  WHERE ${ingestRuns.state} = 'running'
    AND julianday(${ingestRuns.startedAt}) < julianday('now') - ${STUCK_MINUTES} / 1440.0
    AND NOT EXISTS (SELECT 1 FROM ${leases} WHERE ${leases.name} = 'ingest ' || ${ingestRuns.sourceKey}
      AND ${leases.expiresAt} > strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

const CHANGES = sql`
  WITH told (id, version, at) AS MATERIALIZED (
    SELECT ${changes.subjectId}, ${changes.version}, ${changes.at} FROM ${changes}
    WHERE ${changes.subject} = 'notice' AND ${changes.kind} = 'upsert')
  SELECT 'missing', ${n.id} FROM ${named(n)} WHERE ${n.isPublic} = 1
    AND (${n.id}, ${n.version}) NOT IN (SELECT id, version FROM told)
    AND ${n.updatedAt} > coalesce((SELECT min(at) FROM told), '9')
  UNION ALL SELECT 'cursor', ${keyValues.key} FROM ${keyValues}
  WHERE ${keyValues.key} IN (SELECT value FROM json_each(${JSON.stringify(Object.values(CURSORS))}))
    AND CAST(${keyValues.value} AS INTEGER) >
      (SELECT coalesce(max(${changes.seq}), 0) FROM ${changes} WHERE ${changes.subject} = 'notice')`;

const { subject, id, version, kind, sanitizerVersion, hash } = redactions;
const later = aliased(redactions, 'later');
const REDACTIONS = sql`SELECT ${subject}, ${id}, ${version} FROM ${redactions}
  WHERE ${hash} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${named(later)} WHERE ${later.kind} = 'removed'
    AND ${later.subject} = ${subject} AND ${later.id} = ${id} AND ${later.version} = ${version})
  AND ${sanitizerVersion} = (SELECT max(${later.sanitizerVersion}) FROM ${named(later)}
    WHERE ${later.subject} = ${subject} AND ${later.id} = ${id} AND ${later.version} = ${version})
  AND ${hash} IS NOT CASE ${subject}
    WHEN 'notice' THEN (SELECT ${noticeContents.hash} FROM ${noticeContents}
      WHERE ${noticeContents.noticeId} = ${id} AND ${noticeContents.version} = ${version})
    ELSE (SELECT ${exposureContents.hash} FROM ${exposureContents}
      WHERE ${exposureContents.exposureId} = ${id} AND ${exposureContents.version} = ${version}) END`;

const d = aliased(searchDocuments, 'd');
const BUILT_IN_INDEX = sql`SELECT 'missing', ${n.id}, ${n.version}
  FROM ${named(n)} LEFT JOIN ${named(d)} ON ${d.noticeId} = ${n.id} AND ${d.version} = ${n.version}
  WHERE ${n.isPublic} = 1 AND ${d.noticeId} IS NULL AND ${n.id} NOT IN (${PENDING})
  UNION ALL SELECT 'extra', ${d.noticeId}, ${d.version}
  FROM ${named(d)} LEFT JOIN ${named(n)} ON ${n.id} = ${d.noticeId} AND ${n.isPublic} = 1
  WHERE ${n.id} IS NULL AND ${d.noticeId} NOT IN (${PENDING})`;

/** What was removed by law and yet is there: content, raw items, columns of the row, rows that only public notices have, the built-in index. */
const REMOVED_NOTICES = sql`SELECT ${removals.id} FROM ${removals} WHERE ${removals.subject} = 'notice'`;
const REMOVED_ENTRIES = sql`SELECT ${removals.id} FROM ${removals} WHERE ${removals.subject} = 'exposure'`;
const REMAINS = sql`
  SELECT 'content', ${noticeContents.noticeId} FROM ${noticeContents} WHERE ${noticeContents.noticeId} IN (${REMOVED_NOTICES})
  UNION ALL SELECT 'content', ${exposureContents.exposureId} FROM ${exposureContents} WHERE ${exposureContents.exposureId} IN (${REMOVED_ENTRIES})
  UNION ALL SELECT 'raw', ${rawItems.id} FROM ${rawItems} WHERE (${rawItems.noticeId} IN (${REMOVED_NOTICES}) OR ${rawItems.exposureId} IN (${REMOVED_ENTRIES}))
    AND (${rawItems.body} IS NOT NULL OR ${rawItems.listItem} <> '{}')
  UNION ALL SELECT 'raw', ${rawItems.id} FROM ${rawItems} JOIN ${redactions} ON ${subject} = 'notice' AND ${kind} = 'removed'
      AND ${id} = ${rawItems.noticeId} AND ${version} = ${rawItems.noticeVersion}
    WHERE ${rawItems.body} IS NOT NULL OR ${rawItems.listItem} <> '{}'
  UNION ALL SELECT 'row', ${n.id} FROM ${named(n)} WHERE ${n.id} IN (${REMOVED_NOTICES})
    AND (${n.removedAt} IS NULL OR ${n.title} <> '' OR ${n.facts} <> '{}' OR ${n.buyer} IS NOT NULL OR ${n.suppliers} <> '[]' OR ${n.sourceUrl} IS NOT NULL)
  UNION ALL SELECT 'row', ${exposures.id} FROM ${exposures} WHERE ${exposures.id} IN (${REMOVED_ENTRIES})
    AND (${exposures.removedAt} IS NULL OR ${exposures.authority} <> '' OR ${exposures.subjectUscc} IS NOT NULL)
  UNION ALL SELECT 'text', ${noticeTexts.noticeId} FROM ${noticeTexts} WHERE ${noticeTexts.noticeId} IN (${REMOVED_NOTICES})
  UNION ALL SELECT 'index', ${searchDocuments.noticeId} FROM ${searchDocuments} WHERE ${searchDocuments.noticeId} IN (${REMOVED_NOTICES})`;

/** Rules that a single query can check: what it finds is a breach. */
const QUERIES: readonly [key: string, title: string, query: SQL][] = [
  ['counts', '按类别、环节、县区和年度的计数等于重新清点', RECOUNT],
  ['raw', '每条已接受的原始数据都属于一条公告，其公告和版本存在', RAW],
  ['current-version', '每条公告的版本号是其最新版本', CURRENT_VERSION],
  ['canonical', '重复公告指向一条本身不重复的公告', CANONICAL],
  ['projects', '每条公告有项目，每个项目有公告', PROJECTS],
  ['runs', '没有悬而未决的采集运行', RUNS],
  ['changes', '每次公开变更都在变更记录中；读取位置不超过其末尾', CHANGES],
  ['redactions', '每次遮蔽之后，版本的内容就是遮蔽时记下的内容', REDACTIONS],
  ['removals', '依法删除的内容没有残留，原始数据、行、正文和索引中都没有', REMAINS],
  ['built-in-index', '内置全文索引等于公开公告（编号和版本）', BUILT_IN_INDEX],
];

const SIGNED = [
  changes,
  noticeRevisions,
  exposureRevisions,
  exposureEvents,
  redactions,
  removals,
  removedContents,
  rawItems,
  libraryRejections,
] as const;
const SIGNATURES = defineSelect(() => ({
  fields: { actor: sql<string>`actor` },
  rest: sql`FROM (${sql.join(
    SIGNED.map(({ actor }, index) => sql`SELECT ${actor} AS actor FROM ${SIGNED[index]}`),
    sql` UNION `,
  )})`,
}));

/** Signatures that are nobody's; what was made before actors were noted has none. */
function* findNobodies(db: Db): Generator<string> {
  for (const { actor } of SIGNATURES.iterate(db)) if (actor !== 'unknown' && !actorKind(actor)) yield actor;
}

export const RECORD_CHECKS: readonly Check[] = [
  { key: 'actors', title: '每个版本、事项、遮蔽、变更和收到的数据都记有做出或提交它的人或程序', find: findNobodies },
  { key: 'storage', title: '数据库文件完整，外键成立，连接设置不会丢失已确认的数据', find: findStorageFaults },
  ...QUERIES.map(([key, title, query]) => ({ key, title, find: defineBreaches(query) })),
];
