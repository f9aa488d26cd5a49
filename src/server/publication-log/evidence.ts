import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposureContents, exposures, logContents, noticeContents, publishedNotices } from '#db/schema/index.ts';
import { NotFoundError, UnavailableError } from '#src/domain/errors.ts';
import { assertNever } from '#src/domain/exhaustive.ts';
import { fromUtf8, toUtf8 } from '#src/domain/tlog/bytes.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { completeNodes, type Hash, inclusionRanges } from '#src/domain/tlog/merkle.ts';
import { parseNote } from '#src/domain/tlog/note.ts';
import { formatLogProof } from '#src/domain/tlog/proof.ts';
import type { ContentType, Verifiable } from '#src/domain/tlog/subjects.ts';
import { logFolder, readRanges, WITNESSED_FILE } from '#src/tlog/read/files.ts';
import { listLeavesOf, type StoredLeaf } from '#src/tlog/read/leaves.ts';
import { readLogFile } from './files.ts';

/** What whoever verifies something needs besides tiles. */
export interface Evidence {
  leaves: StoredLeaf[];
  /** The signed checkpoint. */
  checkpoint: string;
  /** Hashes of the complete subtrees that the tree of the checkpoint consists of, from the first leaf on. */
  edge: Hash[];
}

/** A version with what opens its seal. */
export interface OpenedVersion {
  leaf: StoredLeaf;
  /** Both null where the content is public no longer. */
  salt: string | null;
  content: string | null;
}

const NOTHING = '发布日志里没有这项内容的记录';

const CONTENT = defineQuery((db, p: Params<{ type: ContentType; id: string; version: number }>) =>
  db
    .select({ salt: logContents.salt, content: logContents.content })
    .from(logContents)
    .where(and(eq(logContents.type, p.type), eq(logContents.subjectId, p.id), eq(logContents.version, p.version))),
);

const OPEN = {
  notice: defineQuery((db, p: Params<{ id: string; version: number }>) =>
    db
      .select({ salt: noticeContents.salt, content: noticeContents.content })
      .from(noticeContents)
      .innerJoin(publishedNotices, eq(publishedNotices.id, noticeContents.noticeId))
      .where(and(eq(noticeContents.noticeId, p.id), eq(noticeContents.version, p.version))),
  ),
  exposure: defineQuery((db, p: Params<{ id: string; version: number }>) =>
    db
      .select({
        salt: exposureContents.salt,
        content: exposureContents.content,
        from: exposures.publicFrom,
        until: exposures.publicUntil,
      })
      .from(exposureContents)
      .innerJoin(
        exposures,
        and(eq(exposures.id, exposureContents.exposureId), eq(exposures.withheld, false).inlineParams()),
      )
      .where(and(eq(exposureContents.exposureId, p.id), eq(exposureContents.version, p.version))),
  ),
};

/**
 * What the log tells about something, also when it is public no longer.
 * @throws NotFoundError when it tells nothing; UnavailableError before the first checkpoint
 */
export async function readEvidence(db: Db, dataDirectory: string, type: Verifiable, id: string): Promise<Evidence> {
  const leaves = listLeavesOf(db, { type, id });
  if (leaves.length === 0) throw new NotFoundError(NOTHING);
  const checkpoint = await readCheckpoint(dataDirectory);
  const size = sizeOf(checkpoint);
  const ranges = completeNodes({ from: 0, to: size }).map(({ level, index }) => ({
    from: index * 2 ** level,
    to: (index + 1) * 2 ** level,
  }));
  return { leaves, checkpoint, edge: await readRanges(logFolder(dataDirectory), ranges, size) };
}

/** A version that the log tells of, as it was published last. @throws NotFoundError when it tells nothing of it */
export function openVersion(db: Db, type: Verifiable, id: string, version: number, now: string): OpenedVersion {
  const leaf = findLeaf(db, type, id, version);
  return { leaf, ...(readContent(db, type, { id, version, now }) ?? { salt: null, content: null }) };
}

/** The last leaf about a version. @throws NotFoundError */
function findLeaf(db: Db, type: Verifiable, id: string, version: number): StoredLeaf {
  const leaf = listLeavesOf(db, { type, id }).findLast(({ entry }) => parseLeaf(entry).version === version);
  if (!leaf) throw new NotFoundError(NOTHING);
  return leaf;
}

function readContent(
  db: Db,
  type: Verifiable,
  { id, version, now }: { id: string; version: number; now: string },
): { salt: string; content: string } | null {
  switch (type) {
    case 'notice':
      return OPEN.notice.first(db, { id, version }) ?? null;
    case 'exposure': {
      const found = OPEN.exposure.first(db, { id, version });
      return found && found.from <= now && now < found.until ? { salt: found.salt, content: found.content } : null;
    }
    // Sealed with a salt that only the receipt has.
    case 'submission':
      return null;
    case 'article':
    case 'report':
    case 'statistics':
    case 'audit':
      return isWithdrawn(db, type, id) ? null : (CONTENT.first(db, { type, id, version }) ?? null);
    default:
      return assertNever(type);
  }
}

/**
 * The proof that a version is in the log, as it is verified without asking anybody.
 * @throws NotFoundError; UnavailableError when no checkpoint holds it yet
 */
export async function proveVersion(
  db: Db,
  dataDirectory: string,
  { type, id, version }: { type: Verifiable; id: string; version: number },
): Promise<string> {
  const leaf = findLeaf(db, type, id, version);
  const witnessed = await readLogFile(dataDirectory, WITNESSED_FILE);
  const reaches = (note: string) => leaf.leafIndex < sizeOf(note);
  // One that the policy is content with, where it holds the leaf already.
  const checkpoint =
    witnessed && reaches(fromUtf8(witnessed)) ? fromUtf8(witnessed) : await readCheckpoint(dataDirectory);
  const size = sizeOf(checkpoint);
  if (!reaches(checkpoint)) throw new UnavailableError('这一版本刚刚发布，几秒后即可取得证明');
  const proof = await readRanges(logFolder(dataDirectory), inclusionRanges(leaf.leafIndex, size), size);
  return formatLogProof({ extra: toUtf8(leaf.entry), index: leaf.leafIndex, hashes: proof, checkpoint });
}

const sizeOf = (note: string): number => parseCheckpoint(parseNote(note).text).size;

function isWithdrawn(db: Db, type: ContentType, id: string): boolean {
  const last = listLeavesOf(db, { type, id }).at(-1);
  return last !== undefined && parseLeaf(last.entry).kind === 'withdraw';
}

async function readCheckpoint(dataDirectory: string): Promise<string> {
  const bytes = await readLogFile(dataDirectory, 'checkpoint');
  if (!bytes) throw new UnavailableError('发布日志尚未生成，请稍后再试');
  return fromUtf8(bytes);
}
