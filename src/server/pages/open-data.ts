import type { Instant } from '#src/domain/time/time.ts';
import { DOCUMENT_PATH } from '../api/problem.ts';
import { describeDatasets } from '../bulk/datasets.ts';
import { COLUMN_KINDS } from '../bulk/dictionary.ts';
import type { BulkManifest } from '../bulk/manifest.ts';
import { findBulkSet, listBlockedGroups } from '../bulk/serve.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { noticeTable } from '../exports/notices.ts';
import { type Completeness, listCompleteness } from '../opendata/completeness.ts';
import { refuseParameters } from '../parameters.ts';
import { getAsOf } from '../sources/as-of.ts';
import type { Asked } from './asked.ts';

export interface OpenDataPage {
  completeness: Completeness[];
  /** The bulk files, with the keys of groups that are being made anew; undefined before there are any. */
  bulk: { manifest: BulkManifest; blocked: ReadonlySet<string> } | undefined;
  /** The columns of the file of notices, each with what stands in it. */
  columns: { header: string; kind: string }[];
  /** The same for search engines of data. */
  datasets: object[];
  /** Where the OpenAPI document is. */
  documentPath: string;
  /** As the operator has set it. */
  licence: string | undefined;
  asOf: Instant;
}

/** What can be had as data. @throws InputError for any query */
export function loadOpenData({ url }: Asked): OpenDataPage {
  refuseParameters(url.searchParams);
  const db = webDb();
  const config = getConfig();
  const { DATA_DIR, DATA_LICENCE, SITE_URL } = config;
  const manifest = findBulkSet(DATA_DIR)?.manifest;
  const completeness = listCompleteness(db);
  return {
    completeness,
    datasets: describeDatasets(config, completeness, manifest),
    bulk: manifest && { manifest, blocked: listBlockedGroups(db, manifest) },
    columns: noticeTable(SITE_URL).columns.map(({ header, kind }) => ({ header, kind: COLUMN_KINDS[kind] })),
    documentPath: DOCUMENT_PATH,
    licence: DATA_LICENCE,
    asOf: getAsOf(db),
  };
}
