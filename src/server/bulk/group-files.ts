import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import Database from 'better-sqlite3';
import type { Db } from '#db/client.ts';
import { type BulkFormat, type BulkGroup, bulkFileName, bulkFileUrl, bulkFormatsOf } from '#src/domain/bulk/files.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';
import { noticeTable } from '../exports/notices.ts';
import { writeCsv } from '../exports/write-csv.ts';
import { toPackageMetadata, toSite } from '../ocds/package.ts';
import { toReleases } from '../ocds/releases.ts';
import type { BulkFile } from './manifest.ts';
import { type BulkNotice, walkBulkNotices } from './notice.ts';
import { sealFile } from './seal.ts';
import { SQLITE_TABLES, type TableDefinition } from './sqlite-tables.ts';

type Batches = AsyncIterable<readonly BulkNotice[]>;

/** Notices as JSON, one a line, compressed. */
async function writeNdjson(path: string, batches: Batches): Promise<void> {
  const lines = async function* () {
    for await (const batch of batches) yield batch.map((notice) => `${JSON.stringify(notice)}\n`).join('');
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path));
}

/** Notices as CSV with the columns of exported lists. */
async function writeNoticeCsv(path: string, batches: Batches, siteUrl: string): Promise<void> {
  const notices = async function* () {
    for await (const batch of batches) yield* batch;
  };
  const csv = writeCsv(noticeTable(siteUrl), notices(), 'programs') as ReadableStream<Uint8Array>;
  await pipeline(Readable.fromWeb(csv), createWriteStream(path));
}

/** Where an OCDS package is to be found and what it knows. */
interface PackageOptions {
  db: Db;
  config: Config;
  /** Address path of the file. */
  address: string;
  asOf: Instant;
}

/** Notices as one OCDS release package, compressed. */
async function writeReleasePackage(path: string, batches: Batches, options: PackageOptions): Promise<void> {
  const { db, config, address, asOf } = options;
  const chunks = async function* () {
    yield `${JSON.stringify(toPackageMetadata(config, address, asOf)).slice(0, -1)},"releases":[`;
    let separator = '';
    for await (const batch of batches) {
      for (const release of toReleases(db, batch, toSite(config))) {
        yield separator + JSON.stringify(release);
        separator = ',\n';
      }
    }
    yield ']}\n';
  };
  await pipeline(Readable.from(chunks()), createGzip(), createWriteStream(path));
}

/** Notices as an SQLite database of their own. */
async function writeSqlite(path: string, batches: AsyncIterable<readonly BulkNotice[]>): Promise<void> {
  const db = new Database(path);
  try {
    // Nobody reads the file before it is whole: no journal is needed while it is made.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const inserts = Object.entries(SQLITE_TABLES).map(([name, table]) => ({
      table,
      insert: createTable(db, name, table),
    }));
    db.exec('BEGIN');
    for await (const batch of batches) {
      for (const notice of batch) {
        for (const { table, insert } of inserts) for (const row of table.rows(notice)) insert.run(...row);
      }
    }
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

function createTable(db: Database.Database, name: string, { columns, key }: TableDefinition) {
  const names = Object.keys(columns);
  const definitions = Object.entries(columns).map(([column, [type]]) => `${column} ${type}`);
  db.exec(`CREATE TABLE ${name} (${definitions.join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID`);
  return db.prepare<(string | number | null)[]>(`INSERT INTO ${name} VALUES (${names.map(() => '?').join(', ')})`);
}

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
