import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { readEpoch } from '#db/epoch.ts';
import { BULK_EXTRAS, BULK_FORMATS, groupKey } from '#src/domain/bulk/files.ts';
import { NotFoundError, UnavailableError } from '#src/domain/errors.ts';
import { lastChange } from '#src/publish/changes/read.ts';
import { answerFile } from '../answer-file.ts';
import { hasRemovalsByLaw, listGroupsWithRemovals } from './groups.ts';
import {
  type BulkFile,
  type BulkGroupEntry,
  type BulkManifest,
  type BulkSet,
  bulkDirectory,
  readCurrentSet,
  type SealedFile,
} from './manifest.ts';
import { looksWhole } from './seal.ts';

interface FoundFile {
  path: string;
  mediaType: string;
  bytes: number;
  etag: string;
  /** What the file was when it was made. */
  seal: Omit<SealedFile, 'name'> | undefined;
}

/** The set that is served; undefined before the first build, and while what says which files there are is damaged. */
export function findBulkSet(dataDirectory: string): BulkSet | undefined {
  try {
    return readCurrentSet(bulkDirectory(dataDirectory));
  } catch {
    return undefined;
  }
}

/**
 * Keys of the groups whose files hold a notice, or words of one, that have left the public: they are not given out until they are
 * made anew. All, when the files are of another epoch or know more than the database: it was restored or emptied, and what left
 * the public since cannot be told by numbers; all as well when something was removed by law.
 */
export function listBlockedGroups(db: Db, { change, epoch, groups }: BulkManifest): Set<string> {
  const isUnknown = epoch !== readEpoch(db) || lastChange(db, 'notice') < change;
  if (isUnknown || hasRemovalsByLaw(db, change)) return new Set(groups.map(groupKey));
  return new Set(listGroupsWithRemovals(db, change).map(groupKey));
}

/**
 * A file of the current set, in whole or the one part that `range` asks for.
 * @throws NotFoundError when there is no such file.
 * @throws UnavailableError while a file waits for a notice to be taken out of it, or is not what it was when it was made.
 */
export async function answerBulkFile(db: Db, dataDirectory: string, name: string, headers: Headers): Promise<Response> {
  const set = findBulkSet(dataDirectory);
  const file = set && findFile(db, set, name);
  if (!file) throw new NotFoundError('没有这个文件，或尚未生成');
  if (file.seal && !(await looksWhole(file.path, file.seal)))
    throw new UnavailableError('文件与清单不符，正在重新生成，请稍后再取');
  return answerFile(file.path, file.bytes, headers, {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename="${name}"`,
    etag: file.etag,
  });
}

function findFile(db: Db, { directory, manifest }: BulkSet, name: string): FoundFile | undefined {
  const path = join(directory, name);
  const extra = Object.entries(BULK_EXTRAS).find(([known]) => known === name)?.[1];
  if (extra) {
    const mediaType = `${extra}; charset=utf-8`;
    const seal = manifest.extras.find((known) => known.name === name);
    const bytes = seal?.bytes ?? statSync(path).size;
    return { path, mediaType, bytes, etag: `"${manifest.builtAt}"`, seal };
  }
  const [group, file] = findInGroups(manifest, name);
  if (!group || !file) return undefined;
  if (listBlockedGroups(db, manifest).has(groupKey(group))) {
    throw new UnavailableError('有公告已撤下，文件正在重新生成，请稍后再取');
  }
  const type = BULK_FORMATS[file.format].mediaType;
  const mediaType = type.startsWith('text/') ? `${type}; charset=utf-8` : type;
  return { path, mediaType, bytes: file.bytes, etag: `"${file.sha256}"`, seal: file };
}

function findInGroups({ groups }: BulkManifest, name: string): [BulkGroupEntry?, BulkFile?] {
  for (const group of groups) {
    const file = group.files.find((known) => known.name === name);
    if (file) return [group, file];
  }
  return [];
}
