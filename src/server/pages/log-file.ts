import { NotFoundError } from '#src/domain/errors.ts';
import { LOG_FILES } from '#src/domain/tlog/served.ts';
import { parseTilePath } from '#src/domain/tlog/tiles.ts';
import { getConfig } from '../config.ts';
import { refuseParameters } from '../parameters.ts';
import { readLogFile } from '../publication-log/files.ts';
import type { Asked } from './asked.ts';

/** A file of the publication log. @throws InputError for any query; NotFoundError */
export async function loadLogFile({ url }: Pick<Asked, 'url'>, path: string): Promise<Response> {
  refuseParameters(url.searchParams);
  const tile = parseTilePath(path);
  if (!tile && !(LOG_FILES as readonly string[]).includes(path)) throw new NotFoundError('发布日志里没有这个文件');
  const bytes = await readLogFile(getConfig().DATA_DIR, path);
  if (!bytes) throw new NotFoundError('发布日志里没有这个文件');
  const mediaType = tile ? 'application/octet-stream' : 'text/plain; charset=utf-8';
  return new Response(bytes, { headers: { 'content-type': mediaType } });
}
