import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import {
  annualReportVersions,
  articleVersions,
  auditEvents,
  exposureRevisions,
  exposures,
  logContents,
  logLeaves,
  noticeRevisions,
  redactions,
} from '#db/schema/index.ts';
import { equalBytes } from '#src/domain/tlog/bytes.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { type Leaf, parseLeaf } from '#src/domain/tlog/leaf.ts';
import { parseNote, parseVerifierKey } from '#src/domain/tlog/note.ts';
import { LOG_SUBJECTS } from '#src/domain/tlog/subjects.ts';
import { tilePath } from '#src/domain/tlog/tiles.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { logFolder } from '#src/tlog/read/files.ts';
import { countLeaves, listLeaves, listLeavesOf } from '#src/tlog/read/leaves.ts';
import { isSignedBySecond, SECOND_KEY_FILE } from '#src/tlog/read/second-key.ts';
import { writeTree } from '#src/tlog/read/tree.ts';
import { type Check, defineBreaches } from './check.ts';

const BATCH = 1_000;
const [n, e, r, l] = [noticeRevisions, exposureRevisions, redactions, logLeaves];
const [a, y] = [articleVersions, annualReportVersions];

/** What was published has its leaf, with its seal. */
const SHA = sql`json_extract(${l.entry}, '$.sha256')`;
const UNTOLD = defineBreaches(sql`
  SELECT '公告', ${n.noticeId}, '第', ${n.version}, '版' FROM ${n} WHERE NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = 'notice' AND ${l.subjectId} = ${n.noticeId} AND ${l.version} = ${n.version}
      AND ${SHA} IS ${n.seal})
  UNION ALL
  SELECT '条目', ${e.exposureId}, '第', ${e.version}, '版' FROM ${e}
  JOIN ${exposures} ON ${exposures.id} = ${e.exposureId} AND ${exposures.withheld} = 0 WHERE NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = 'exposure' AND ${l.subjectId} = ${e.exposureId} AND ${l.version} = ${e.version}
      AND ${SHA} IS ${e.seal})
  UNION ALL
  SELECT '遮蔽或删除', ${r.id}, '第', ${r.version}, '版' FROM ${r} WHERE NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = ${r.subject} AND ${l.subjectId} = ${r.id} AND ${l.version} = ${r.version}
      AND json_extract(${l.entry}, '$.kind') IN ('mask', 'remove') AND ${SHA} IS ${r.seal})
  UNION ALL
  SELECT '文章', ${a.articleId}, '第', ${a.version}, '版' FROM ${a} WHERE NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = 'article' AND ${l.subjectId} = ${a.articleId} AND ${l.version} = ${a.version}
      AND (${SHA} IS NULL) = (${a.content} IS NULL))
  UNION ALL
  SELECT '年度报告', ${y.year} || '-' || ${y.form}, '第', ${y.version}, '版' FROM ${y} WHERE NOT EXISTS (
    SELECT 1 FROM ${l} WHERE ${l.type} = 'report' AND ${l.subjectId} = ${y.year} || '-' || ${y.form} AND ${l.version} = ${y.version})`);

const LAST_BEFORE = defineSelect((p: Params<{ type: string; id: string; before: number }>) => ({
  fields: { leafIndex: l.leafIndex },
  rest: sql`FROM ${l} WHERE ${l.type} = ${p.type} AND ${l.subjectId} = ${p.id} AND ${l.leafIndex} < ${p.before}
    ORDER BY ${l.leafIndex} DESC LIMIT 1`,
}));

/** Leaves are canonical, are about what their row says, and each names the one before about the same thing. */
function* findCrooked(db: Db): Generator<string> {
  for (let from = 0, size = countLeaves(db); from < size; from += BATCH) {
    for (const { leafIndex, entry, type, subjectId, version } of listLeaves(db, from, Math.min(size, from + BATCH))) {
      const leaf = readLeaf(entry);
      if (!leaf) yield `第 ${leafIndex} 条不是规范的记录`;
      else if (leaf.type !== type || leaf.id !== subjectId || leaf.version !== version)
        yield `第 ${leafIndex} 条与所在的行不符`;
      else if (leaf.prev !== (LAST_BEFORE.first(db, { type, id: subjectId, before: leafIndex })?.leafIndex ?? null)) {
        yield `第 ${leafIndex} 条没有指明前一条`;
      }
    }
  }
}

function readLeaf(entry: string): Leaf | null {
  try {
    return parseLeaf(entry);
  } catch {
    return null;
  }
}

/** What is kept beside leaves opens one of them, and the ends of audit days are where the record of what staff did then was. */
function* findForgedContents(db: Db): Generator<string> {
  for (const { type, subjectId, version, salt, content } of db.select().from(logContents).all()) {
    const seal = hash('sha256', salt + content);
    const leaf = listLeavesOf(db, { type, id: subjectId }).some(({ entry }) => readLeaf(entry)?.sha256 === seal);
    if (!leaf) yield `${LOG_SUBJECTS[type].label} ${subjectId} 第 ${version} 版的内容或盐与记录不符`;
    else if (type === 'audit' && !isOfChain(db, content)) yield `审计日志 ${subjectId} 日终以前的记录被改动`;
  }
}

const DAY_END = z.object({ lastEvent: z.int(), chain: z.string() });

function isOfChain(db: Db, content: string): boolean {
  const { lastEvent, chain } = DAY_END.parse(JSON.parse(content));
  return db.select().from(auditEvents).where(eq(auditEvents.seq, lastEvent)).get()?.chain === chain;
}

/** The files that are served are what the leaves make, byte for byte, and the checkpoint is signed by the key beside it. */
async function* findForgedFiles(db: Db, folder: string): AsyncGenerator<string> {
  const source = await readFile(join(folder, 'checkpoint'), 'utf8').catch(() => null);
  if (source === null) return;
  const breaches: string[] = [];
  try {
    const note = parseNote(source);
    const key = parseVerifierKey(await readFile(join(folder, 'vkey'), 'utf8'));
    if (verifyNote(note, [key]).length === 0) yield '检查点没有公钥的签名';
    const second = await readFile(join(folder, SECOND_KEY_FILE), 'utf8').catch(() => null);
    if (second !== null && !isSignedBySecond(note, second)) yield '检查点没有国密公钥的签名';
    const { size, root } = parseCheckpoint(note.text);
    const made = await writeTree(db, {
      folder,
      old: 0,
      size,
      write: async (tile, bytes) => {
        const path = tilePath(tile);
        const there = await readFile(join(folder, path)).catch(() => null);
        if (!there || !equalBytes(there, bytes)) breaches.push(there ? `${path} 被改动` : `${path} 不存在`);
      },
    });
    if (!equalBytes(made, root)) yield `前 ${size} 条记录的树根与签名的不符`;
  } catch (error) {
    yield error instanceof Error ? error.message : String(error);
  }
  yield* breaches;
}

/** The publication log tells of everything that was published, and is served as it is. */
export const logChecks = (dataDirectory: string): readonly Check[] => [
  { key: 'log-complete', title: '每个发布、撤回、遮蔽和删除的版本都在发布日志中', find: UNTOLD },
  { key: 'log-leaves', title: '发布日志的记录规范、首尾相接', find: findCrooked },
  { key: 'log-contents', title: '发布日志封存的内容与记录相符', find: findForgedContents },
  {
    key: 'log-files',
    title: '发布日志的瓦片由记录逐字节生成，检查点的签名有效',
    find: (db) => findForgedFiles(db, logFolder(dataDirectory)),
  },
];
