import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { FetchError, ForbiddenAddressError } from '#src/outbound/errors.ts';

/** A file or folder below the root, with a validator that changes when any of its files does. */
export interface FileAnswer {
  bytes: Uint8Array;
  etag: string;
}

/**
 * Reads `file:///folder` or `file:///folder/name.csv`, whose path counts from `root`. A folder is answered as a JSON list
 * of `{name, base64}` of the files in it. Links are followed first: what is read always lies below the root.
 * @throws FetchError when there is no root or no such file, or there are more than `maximum` bytes.
 */
export async function readFeedFile(url: URL, root: string | undefined, maximum: number): Promise<FileAnswer> {
  if (!root) throw new FetchError('没有设置 FEED_FILES_DIR，不能读取文件');
  if (url.host) throw new ForbiddenAddressError(url.href);
  const base = await realpath(root).catch(() => undefined);
  if (!base) throw new FetchError('FEED_FILES_DIR 不存在');
  const path = await resolveBelow(base, join(base, decodeURIComponent(url.pathname)));
  const facts = await stat(path);
  if (facts.isFile()) return readFiles([path], maximum, (files) => files[0]?.bytes ?? new Uint8Array());
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const paths = await Promise.all(names.sort().map((name) => resolveBelow(base, join(path, name))));
  return readFiles(paths, maximum, (files) =>
    Buffer.from(
      JSON.stringify(files.map(({ bytes }, index) => ({ name: names[index], base64: bytes.toString('base64') }))),
    ),
  );
}

/** The real path of a file. @throws ForbiddenAddressError when it leads out of the root, FetchError when there is none. */
async function resolveBelow(base: string, path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (!real) throw new FetchError(`文件不存在：${path.slice(base.length)}`);
  if (!real.startsWith(base + sep)) throw new ForbiddenAddressError(path.slice(base.length));
  return real;
}

async function readFiles(
  paths: string[],
  maximum: number,
  combine: (files: { bytes: Buffer }[]) => Uint8Array,
): Promise<FileAnswer> {
  const facts = await Promise.all(paths.map((path) => stat(path)));
  const size = facts.reduce((sum, { size: bytes }) => sum + bytes, 0);
  if (size > maximum) throw new FetchError(`内容超过上限 ${Math.round(maximum / 1048576)} MB`);
  const stamp = facts.map(({ mtimeMs, size: bytes }, index) => `${paths[index]} ${mtimeMs} ${bytes}`).join('\n');
  const files = await Promise.all(paths.map(async (path) => ({ bytes: await readFile(path) })));
  return { bytes: combine(files), etag: createHash('sha256').update(stamp).digest('hex').slice(0, 32) };
}
