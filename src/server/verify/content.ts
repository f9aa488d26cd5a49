import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import {
  attachments,
  changes,
  codeKeys as codeKeysTable,
  noticeContents,
  noticeParties,
  noticeRevisions,
  notices,
  noticeTexts,
  noticeVersions,
  redactions,
} from '#db/schema/index.ts';
import { aliased, named, tableName } from '#db/sql-pieces.ts';
import { codeKeys } from '#src/domain/identifiers/code-keys.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { shareOf } from '#src/domain/organizations/award.ts';
import { type OrganizationRole, tendererRole } from '#src/domain/organizations/organization.ts';
import { type Check, defineBreaches } from './check.ts';

const n = aliased(notices, 'n');
const v = aliased(noticeVersions, 'v');

const r = aliased(noticeRevisions, 'r');
const c = aliased(noticeContents, 'c');
const { subject, kind } = redactions;
const ofVersion = sql`${subject} = 'notice' AND ${redactions.id} = ${r.noticeId} AND ${redactions.version} = ${r.version}`;

const VERSIONS = defineSelect(() => ({
  fields: {
    noticeId: r.noticeId,
    version: r.version,
    /** Null where it was destroyed, and of withdrawals, which say nothing of their own. */
    content: sql<string | null>`${c.content}`,
    hash: sql<string | null>`${c.hash}`,
    salt: sql<string | null>`${c.salt}`,
    /** The seal that was written last: with the version, or with its last masking. */
    seal: sql<string | null>`coalesce((SELECT ${redactions.seal} FROM ${redactions} WHERE ${ofVersion}
      AND ${redactions.seal} IS NOT NULL ORDER BY ${redactions.sanitizerVersion} DESC LIMIT 1), ${r.seal})`,
    isRemoved: sql<0 | 1>`EXISTS (SELECT 1 FROM ${redactions} WHERE ${ofVersion} AND ${kind} = 'removed')`,
    /** It or the one before was redacted: the two may have differed in nothing else. */
    isRedacted: sql<0 | 1>`EXISTS (SELECT 1 FROM ${redactions} WHERE ${subject} = 'notice'
      AND ${redactions.id} = ${r.noticeId} AND ${redactions.version} IN (${r.version} - 1, ${r.version}))`,
  },
  rest: sql`FROM ${named(r)} LEFT JOIN ${named(c)} ON ${c.noticeId} = ${r.noticeId} AND ${c.version} = ${r.version}
    ORDER BY ${r.noticeId}, ${r.version}`,
}));

/**
 * Every version has what it says, or a removal; that is sealed, rehashes, is canonical and differs from the version before; the
 * numbers run from 1 without a gap.
 */
function* findBadVersions(db: Db): Generator<string> {
  let before: { noticeId: string; version: number; hash: string | null } | undefined;
  for (const row of VERSIONS.iterate(db)) {
    const name = `${row.noticeId} v${row.version}`;
    const last = before?.noticeId === row.noticeId ? before : undefined;
    if (row.version !== (last?.version ?? 0) + 1) yield `${name} 版本号不连续`;
    if (row.hash !== null && last?.hash === row.hash && row.isRedacted === 0) yield `${name} 与上一版内容相同`;
    if (row.content !== null) yield* findContentFaults(name, { ...row, content: row.content });
    else if (row.seal !== null && row.isRemoved === 0) yield `${name} 没有内容，也没有移除记录`;
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

const { role, name } = noticeParties;
const { key, whole } = codeKeysTable;

const CURRENT = defineSelect(() => ({
  fields: {
    id: n.id,
    sourceKey: n.sourceKey,
    sourceItemId: n.sourceItemId,
    title: n.title,
    category: n.category,
    stage: n.stage,
    county: n.county,
    publishedBy: n.publishedBy,
    publishedAt: n.publishedAt,
    publishedPrecision: n.publishedPrecision,
    sourceUrl: n.sourceUrl,
    withdrawnAt: n.withdrawnAt,
    isPublic: n.isPublic,
    buyer: n.buyer,
    agency: n.agency,
    suppliers: n.suppliers,
    tenderers: n.tenderers,
    amountFen: n.amountFen,
    amountKind: n.amountKind,
    facts: n.facts,
    projectCode: n.projectCode,
    lotCode: n.lotCode,
    content: v.content,
    reason: v.reason,
    body: sql<string | null>`${noticeTexts.body}`,
    parties: sql<string>`(SELECT json_group_array(json_array(${role}, ${name}, ${noticeParties.lots}, ${noticeParties.pricedLots}, ${noticeParties.lotsFen}) ORDER BY ${role}, ${name})
      FROM ${noticeParties} WHERE ${noticeParties.noticeId} = ${n.id})`,
    codes: sql<string>`(SELECT json_group_array(json_array(${key}, ${whole}) ORDER BY ${key})
      FROM ${codeKeysTable} WHERE ${codeKeysTable.noticeId} = ${n.id})`,
    files: sql<string>`(SELECT json_group_array(json_object('name', ${attachments.name}, 'url', ${attachments.url}) ORDER BY ${attachments.position})
      FROM ${attachments} WHERE ${attachments.noticeId} = ${n.id})`,
  },
  rest: sql`FROM ${named(n)} JOIN ${named(v)} ON ${v.noticeId} = ${n.id} AND ${v.version} = ${n.version}
    LEFT JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${n.id}`,
}));
type Row = ReturnType<typeof CURRENT.all>[number];

/** What a notice's row repeats of its version. */
const REPEATED = [
  'id',
  'sourceKey',
  'sourceItemId',
  'title',
  'category',
  'stage',
  'county',
  'publishedBy',
  'publishedAt',
  'publishedPrecision',
  'sourceUrl',
] as const satisfies readonly (keyof Row & keyof NoticeContent)[];

/**
 * What lists show of the publisher's words is what the current version says, and dependent rows are what the columns say;
 * what only public notices may have, only they have.
 */
function* findBadRows(db: Db): Generator<string> {
  for (const row of CURRENT.iterate(db)) {
    const content = JSON.parse(row.content) as NoticeContent;
    for (const field of listDifferences(row, content)) yield `${row.id} ${field} 与当前版本不符`;
    const isPublic = row.isPublic === 1;
    if (isPublic !== (row.body !== null)) yield `${row.id} 正文文本与公开状态不符`;
    const expected = isPublic ? publicRows(row, content) : { parties: '[]', codes: '[]', files: '[]' };
    for (const kind of DEPENDENT) if (row[kind] !== expected[kind]) yield `${row.id} ${kind} 与当前版本不符`;
  }
}

function listDifferences(row: Row, content: NoticeContent): string[] {
  const differing: string[] = REPEATED.filter((field) => row[field] !== content[field]);
  if ((row.withdrawnAt !== null) !== (row.reason === 'withdrawn')) differing.push('withdrawnAt');
  return differing;
}

const DEPENDENT = ['parties', 'codes', 'files'] as const satisfies readonly (keyof Row)[];

/** The dependent rows of a public notice as the query above gives them. */
function publicRows(row: Row, content: NoticeContent): Record<(typeof DEPENDENT)[number], string> {
  const { facts } = row;
  const roles: [OrganizationRole, string[]][] = [
    ['agency', [row.agency].filter((name) => name !== null)],
    ['buyer', [row.buyer].filter((name) => name !== null)],
    ['candidate', tendererRole(row.stage) === 'candidate' ? row.tenderers : []],
    ['supplier', row.suppliers],
    ['tenderer', tendererRole(row.stage) === 'tenderer' ? row.tenderers : []],
  ];
  const parties = roles.flatMap(([role, names]) =>
    [...new Set(names)].sort(byBytes).map((name) => {
      const { lots, pricedLots, lotsFen } = shareOf(row, role, name);
      return [role, name, lots, pricedLots, lotsFen];
    }),
  );
  const codes = codeKeys([row.projectCode, row.lotCode, facts.contractCode?.text, facts.parcelNo?.text])
    .map(({ key, whole }) => [key, whole ? 1 : 0] as const)
    .sort(([a], [b]) => byBytes(a, b));
  const files = content.attachments.map(({ name, url }) => ({ name, url }));
  return { parties: JSON.stringify(parties), codes: JSON.stringify(codes), files: JSON.stringify(files) };
}

/** Order of SQLite's BINARY collation. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const DANGLING = [
  ...[noticeRevisions, noticeTexts, noticeParties, codeKeysTable, attachments].map(
    (table) => sql`SELECT DISTINCT ${tableName(table)}, ${table.noticeId} FROM ${table}
      WHERE ${table.noticeId} NOT IN (SELECT ${notices.id} FROM ${notices})`,
  ),
  sql`SELECT DISTINCT ${tableName(changes)}, ${changes.subjectId} FROM ${changes}
    WHERE ${changes.subject} = 'notice' AND ${changes.subjectId} NOT IN (SELECT ${notices.id} FROM ${notices})`,
];

export const CONTENT_CHECKS: readonly Check[] = [
  { key: 'versions', title: '每个版本的摘要可复算，版本号连续，相邻版本不同', find: findBadVersions },
  { key: 'rows', title: '列表字段、单位、编号、附件与当前版本一致，且只有公开公告才有', find: findBadRows },
  {
    key: 'dangling',
    title: '没有不属于任何公告的从属行',
    find: defineBreaches(sql.join(DANGLING, sql` UNION ALL `)),
  },
];
