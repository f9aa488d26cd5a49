import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Db } from '#db/client.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { codeKeys } from '#src/domain/identifiers/code-keys.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { type Check, queryBreaches } from './check.ts';

interface VersionRow {
  noticeId: string;
  version: number;
  reason: string;
  /** The seal that was written last: with the version, or with its last masking. */
  seal: string | null;
  /** Null when it was destroyed. */
  content: string | null;
  hash: string | null;
  salt: string | null;
  isRemoved: number;
  /** It or the one before was redacted: the two may have differed in nothing else. */
  isRedacted: number;
}

const VERSIONS = `SELECT r.notice_id AS noticeId, r.version, r.reason, c.content, c.hash, c.salt,
    coalesce((SELECT o.seal FROM redactions o WHERE o.subject = 'notice' AND o.id = r.notice_id AND o.version = r.version
      AND o.seal IS NOT NULL ORDER BY o.policy DESC LIMIT 1), r.seal) AS seal,
    EXISTS (SELECT 1 FROM redactions o WHERE o.subject = 'notice' AND o.id = r.notice_id AND o.version = r.version
      AND o.kind = 'removed') AS isRemoved,
    EXISTS (SELECT 1 FROM redactions o WHERE o.subject = 'notice' AND o.id = r.notice_id
      AND o.version IN (r.version - 1, r.version)) AS isRedacted
  FROM notice_revisions r LEFT JOIN notice_contents c ON c.notice_id = r.notice_id AND c.version = r.version
  ORDER BY r.notice_id, r.version`;

/**
 * Every version has what it says, or a removal; that is sealed, rehashes, is canonical, and differs from the version before; the
 * numbers run from 1 without a gap. A withdrawal says nothing of its own.
 */
function* findBadVersions(db: Db): Generator<string> {
  let before: VersionRow | undefined;
  for (const row of db.$client.prepare(VERSIONS).iterate() as Iterable<VersionRow>) {
    const name = `${row.noticeId} v${row.version}`;
    const last = before?.noticeId === row.noticeId ? before : undefined;
    if (row.version !== (last?.version ?? 0) + 1) yield `${name} 版本号不连续`;
    if (row.content !== null) {
      if (last?.hash === row.hash && row.isRedacted === 0) yield `${name} 与上一版内容相同`;
      yield* findContentFaults(name, { ...row, content: row.content });
    } else if (row.seal !== null && row.isRemoved === 0) yield `${name} 没有内容，也没有移除记录`;
    before = row;
  }
}

/** What is wrong with content that is kept beside its hash, its salt and its seal. */
export function* findContentFaults(
  name: string,
  { content, hash, salt, seal }: { content: string; hash: string | null; salt: string | null; seal: string | null },
): Generator<string> {
  if (digest('sha256', content) !== hash) yield `${name} 摘要不符`;
  if (digest('sha256', `${salt}${content}`) !== seal) yield `${name} 封印不符`;
  if (canonicalize(JSON.parse(content)) !== content) yield `${name} 不是规范 JSON`;
}

type Row = Record<string, unknown> & {
  id: string;
  content: string;
  project_code: string | null;
  lot_code: string | null;
};

const CURRENT = `
  SELECT n.*, v.content, v.reason, t.body,
    (SELECT json_group_array(json_array(role, name) ORDER BY role, name) FROM notice_parties WHERE notice_id = n.id) AS parties,
    (SELECT json_group_array(json_array(key, whole) ORDER BY key) FROM code_keys WHERE notice_id = n.id) AS codes,
    (SELECT json_group_array(json_object('name', name, 'url', url) ORDER BY position) FROM attachments WHERE notice_id = n.id) AS files
  FROM notices n JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version
  LEFT JOIN notice_texts t ON t.notice_id = n.id`;

/**
 * What lists show of the publisher's words is what the current version says, and dependent rows are what the columns say;
 * what only public notices may have, only they have.
 */
function* findBadRows(db: Db): Generator<string> {
  for (const row of db.$client.prepare(CURRENT).iterate() as Iterable<Row>) {
    const content = JSON.parse(row.content) as NoticeContent;
    for (const field of listDifferences(row, content)) yield `${row.id} ${field} 与当前版本不符`;
    const isPublic = row.is_public === 1;
    if (isPublic !== (row.body !== null)) yield `${row.id} 正文文本与公开状态不符`;
    const expected = isPublic ? publicRows(row, content) : { parties: '[]', codes: '[]', files: '[]' };
    for (const [name, value] of Object.entries(expected))
      if (row[name] !== value) yield `${row.id} ${name} 与当前版本不符`;
  }
}

function listDifferences(row: Row, content: NoticeContent): string[] {
  const pairs: [string, unknown][] = [
    ['id', content.id],
    ['source_key', content.sourceKey],
    ['source_item_id', content.sourceItemId],
    ['title', content.title],
    ['category', content.category],
    ['stage', content.stage],
    ['county', content.county],
    ['published_by', content.publishedBy],
    ['published_at', content.publishedAt],
    ['published_precision', content.publishedPrecision],
    ['source_url', content.sourceUrl],
  ];
  const differing = pairs.filter(([column, value]) => row[column] !== value).map(([column]) => column);
  if ((row.withdrawn_at !== null) !== (row.reason === 'withdrawn')) differing.push('withdrawn_at');
  return differing;
}

/** The dependent rows of a public notice as the query above gives them. */
function publicRows(row: Row, content: NoticeContent): { parties: string; codes: string; files: string } {
  const { buyer, agency } = row;
  const suppliers = JSON.parse(String(row.suppliers)) as string[];
  const facts = JSON.parse(String(row.facts)) as Facts;
  const parties = [
    ...(agency ? [['agency', agency]] : []),
    ...(buyer ? [['buyer', buyer]] : []),
    ...[...new Set(suppliers)].sort(byBytes).map((name) => ['supplier', name]),
  ];
  const codes = codeKeys([row.project_code, row.lot_code, facts.contractCode?.text, facts.parcelNo?.text])
    .map(({ key, whole }) => [key, whole ? 1 : 0] as const)
    .sort(([a], [b]) => byBytes(a, b));
  const files = content.attachments.map(({ name, url }) => ({ name, url }));
  return { parties: JSON.stringify(parties), codes: JSON.stringify(codes), files: JSON.stringify(files) };
}

/** Order of SQLite's BINARY collation. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export const CONTENT_CHECKS: readonly Check[] = [
  { key: 'versions', title: '每个版本的摘要可复算，版本号连续，相邻版本不同', find: findBadVersions },
  { key: 'rows', title: '列表字段、单位、编号、附件与当前版本一致，且只有公开公告才有', find: findBadRows },
  {
    key: 'dangling',
    title: '没有不属于任何公告的从属行',
    find: (db) =>
      queryBreaches(
        db,
        ['notice_revisions', 'notice_texts', 'notice_parties', 'code_keys', 'attachments', 'outbox']
          .map(
            (table) =>
              `SELECT DISTINCT '${table}', notice_id FROM ${table} WHERE notice_id NOT IN (SELECT id FROM notices)`,
          )
          .join(' UNION ALL '),
      ),
  },
];
