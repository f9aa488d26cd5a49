import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { FetchError, ForbiddenAddressError } from './errors.ts';

/** A file below `root`, with its modification time as a validator. */
export interface FileAnswer {
  bytes: Uint8Array;
  lastModified: string;
}

/**
 * Reads `file:///folder/name.csv`, whose path counts from `root`. Links are followed first: what is read always lies
 * below the root.
 * @throws FetchError when there is no root or no such file, or the file is larger than `maximum` bytes.
 */
export async function readFeedFile(url: URL, root: string | undefined, maximum: number): Promise<FileAnswer> {
  if (!root) throw new FetchError('没有设置 FEED_FILES_DIR，不能读取文件');
  if (url.host) throw new ForbiddenAddressError(url.href);
  const base = await realpath(root).catch(() => undefined);
  const path = base && (await realpath(join(base, decodeURIComponent(url.pathname))).catch(() => undefined));
  if (!base || !path) throw new FetchError(`文件不存在：${url.pathname}`);
  if (!path.startsWith(base + sep)) throw new ForbiddenAddressError(url.href);
  const facts = await stat(path);
  if (!facts.isFile()) throw new FetchError(`不是文件：${url.pathname}`);
  if (facts.size > maximum) throw new FetchError(`内容超过上限 ${Math.round(maximum / 1048576)} MB`);
  return { bytes: await readFile(path), lastModified: facts.mtime.toUTCString() };
}
