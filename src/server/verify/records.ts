import { assertDurable, type Db } from '#db/client.ts';
import { FTS_CURSOR } from '#db/states.ts';
import { type Check, queryBreaches } from './check.ts';

const STUCK_MINUTES = 10;

const RECOUNT = `
  WITH real AS (
    SELECT category, stage, county, CAST(strftime('%Y', published_at, '+8 hours') AS INTEGER) AS year, count(*) AS total
    FROM notices WHERE is_public = 1 GROUP BY 1, 2, 3, 4)
  SELECT r.category, r.stage, r.county, r.year, '实有', r.total, '记为', coalesce(c.total, 0) FROM real r
  LEFT JOIN notice_counts c USING (category, stage, county, year) WHERE coalesce(c.total, 0) <> r.total
  UNION ALL
  SELECT c.category, c.stage, c.county, c.year, '实有', 0, '记为', c.total FROM notice_counts c
  LEFT JOIN real r USING (category, stage, county, year) WHERE r.total IS NULL AND c.total <> 0`;

/** Notices that the built-in index has still to take from the outbox: they differ for a good reason. */
const PENDING = `SELECT notice_id FROM outbox
  WHERE seq > coalesce((SELECT CAST(value AS INTEGER) FROM states WHERE key = '${FTS_CURSOR}'), 0)`;

/**
 * Full-text tables keep their structure per connection and learn at their next query that another process has written;
 * SQLite's integrity check is no such query and would take the old structure for damage.
 */
function refreshFullText(db: Db): void {
  for (const table of ['search_index', 'organization_search'])
    db.$client.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get();
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

/** Rules that a single query can check: what it finds is a breach. */
const QUERIES: readonly [key: string, title: string, sql: string][] = [
  ['counts', '按类别、环节、县区和年度的计数等于重新清点', RECOUNT],
  [
    'raw',
    '每条已接受的原始数据都属于一条公告，其公告和版本存在',
    `SELECT r.id, r.source_key, r.source_item_id FROM raw_items r LEFT JOIN notices n ON n.id = r.notice_id
     WHERE r.state = 'accepted' AND r.notice_id IS NOT NULL AND (n.id IS NULL OR coalesce(r.notice_version, 0) > n.version)`,
  ],
  [
    'current-version',
    '每条公告的版本号是其最新版本',
    `SELECT n.id, n.version, max(v.version) FROM notices n LEFT JOIN notice_revisions v ON v.notice_id = n.id
     GROUP BY n.id HAVING max(v.version) IS NOT n.version`,
  ],
  [
    'canonical',
    '重复公告指向一条本身不重复的公告',
    `SELECT n.id, n.canonical_id FROM notices n LEFT JOIN notices c ON c.id = n.canonical_id
     WHERE n.canonical_id IS NOT NULL AND (c.id IS NULL OR c.canonical_id IS NOT NULL OR c.id = n.id)`,
  ],
  [
    'projects',
    '每条公告有项目，每个项目有公告',
    `SELECT 'notice', n.id FROM notices n LEFT JOIN projects p ON p.id = n.project_id WHERE p.id IS NULL
     UNION ALL SELECT 'project', p.id FROM projects p WHERE NOT EXISTS (SELECT 1 FROM notices n WHERE n.project_id = p.id)`,
  ],
  [
    'runs',
    '没有悬而未决的采集运行',
    `SELECT id, source_key, started_at FROM ingest_runs WHERE state = 'running'
     AND julianday(started_at) < julianday('now') - ${STUCK_MINUTES} / 1440.0
     AND NOT EXISTS (SELECT 1 FROM leases WHERE name = 'ingest ' || source_key AND expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
  ],
  [
    'outbox',
    '每次公开变更都进入发件箱；读取位置不超过其末尾',
    `SELECT 'missing', n.id FROM notices n WHERE n.is_public = 1
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.notice_id = n.id AND o.version = n.version AND o.kind = 'notice.upsert')
       AND n.updated_at > coalesce((SELECT min(created_at) FROM outbox), '9')
     UNION ALL SELECT 'cursor', key FROM states WHERE key LIKE '%.cursor' AND CAST(value AS INTEGER) >
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)`,
  ],
  [
    'redactions',
    '每次遮蔽之后，版本的内容就是遮蔽时记下的内容',
    `SELECT r.subject, r.id, r.version FROM redactions r
     WHERE r.kind = 'masked' AND NOT EXISTS (SELECT 1 FROM redactions o WHERE o.subject = r.subject AND o.id = r.id
       AND o.version = r.version AND o.kind = 'removed')
     AND r.policy = (SELECT max(policy) FROM redactions o WHERE o.subject = r.subject AND o.id = r.id AND o.version = r.version)
     AND r.hash IS NOT CASE r.subject
       WHEN 'notice' THEN (SELECT hash FROM notice_contents v WHERE v.notice_id = r.id AND v.version = r.version)
       ELSE (SELECT hash FROM exposure_contents v WHERE v.exposure_id = r.id AND v.version = r.version) END`,
  ],
  [
    'built-in-index',
    '内置全文索引等于公开公告（编号和版本）',
    `SELECT 'missing', n.id, n.version FROM notices n LEFT JOIN search_documents d ON d.notice_id = n.id AND d.version = n.version
     WHERE n.is_public = 1 AND d.notice_id IS NULL AND n.id NOT IN (${PENDING})
     UNION ALL SELECT 'extra', d.notice_id, d.version FROM search_documents d
     LEFT JOIN notices n ON n.id = d.notice_id AND n.is_public = 1 WHERE n.id IS NULL AND d.notice_id NOT IN (${PENDING})`,
  ],
];

export const RECORD_CHECKS: readonly Check[] = [
  { key: 'storage', title: '数据库文件完整，外键成立，连接设置不会丢失已确认的数据', find: findStorageFaults },
  ...QUERIES.map(([key, title, sql]) => ({ key, title, find: (db: Db) => queryBreaches(db, sql) })),
];
