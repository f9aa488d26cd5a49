import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { type BulkFormat, type BulkGroup, bulkFileName, bulkFileUrl, bulkFormatsOf } from '#src/domain/bulk/files.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';
import type { BulkFile } from './manifest.ts';
import { walkBulkNotices } from './notice.ts';
import { sealFile } from './seal.ts';
import { writeSqlite } from './write-sqlite.ts';
import { writeNdjson, writeNoticeCsv, writeReleasePackage } from './write-text.ts';

/** What a build works with. */
export interface BuildContext {
  /** One snapshot for the whole build. */
  db: Db;
  config: Config;
  asOf: Instant;
  /** Folder that the files go to. */
  target: string;
}

/** Writes every form of a group's notices, one after the other: memory stays at a batch. */
export async function writeGroupFiles(context: BuildContext, group: BulkGroup, ids: string[]): Promise<BulkFile[]> {
  const files: BulkFile[] = [];
  for (const format of bulkFormatsOf(group.category)) {
    const name = bulkFileName(group, format);
    const path = join(context.target, name);
    await writeFormat(context, format, name, ids);
    files.push({ name, format, ...(await sealFile(path)) });
  }
  return files;
}

function writeFormat({ db, config, asOf, target }: BuildContext, format: BulkFormat, name: string, ids: string[]) {
  const path = join(target, name);
  const batches = walkBulkNotices(db, ids);
  switch (format) {
    case 'ndjson':
      return writeNdjson(path, batches);
    case 'csv':
      return writeNoticeCsv(path, batches, config.SITE_URL);
    case 'sqlite':
      return writeSqlite(path, batches);
    case 'ocds':
      return writeReleasePackage(path, batches, { db, config, address: bulkFileUrl(name), asOf });
  }
}
