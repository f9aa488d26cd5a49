import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import type { Db } from '#db/client.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';
import { noticeTable } from '../exports/notices.ts';
import { writeCsv } from '../exports/write-csv.ts';
import { toPackageMetadata, toSite } from '../ocds/package.ts';
import { toReleases } from '../ocds/releases.ts';
import type { BulkNotice } from './notice.ts';

type Batches = AsyncIterable<readonly BulkNotice[]>;

/** Notices as JSON, one a line, compressed. */
export async function writeNdjson(path: string, batches: Batches): Promise<void> {
  const lines = async function* () {
    for await (const batch of batches) yield batch.map((notice) => `${JSON.stringify(notice)}\n`).join('');
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path));
}

/** Notices as CSV with the columns of exported lists. */
export async function writeNoticeCsv(path: string, batches: Batches, siteUrl: string): Promise<void> {
  const notices = async function* () {
    for await (const batch of batches) yield* batch;
  };
  const csv = writeCsv(noticeTable(siteUrl), notices(), 'programs') as ReadableStream<Uint8Array>;
  await pipeline(Readable.fromWeb(csv), createWriteStream(path));
}

/** Where an OCDS package is to be found and what it knows. */
export interface PackageOptions {
  db: Db;
  config: Config;
  /** Address path of the file. */
  address: string;
  asOf: Instant;
}

/** Notices as one OCDS release package, compressed. */
export async function writeReleasePackage(path: string, batches: Batches, options: PackageOptions): Promise<void> {
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
