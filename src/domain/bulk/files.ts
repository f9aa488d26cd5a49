import type { Category } from '../categories.ts';
import { OCDS_CATEGORIES } from '../ocds/to-release.ts';

/** Forms of bulk files, by the ending of their names. */
export const BULK_FORMATS = {
  ndjson: { label: 'NDJSON', ending: 'ndjson.gz', mediaType: 'application/gzip', of: 'application/x-ndjson' },
  csv: { label: 'CSV', ending: 'csv', mediaType: 'text/csv' },
  sqlite: { label: 'SQLite', ending: 'sqlite', mediaType: 'application/vnd.sqlite3' },
  ocds: { label: 'OCDS', ending: 'ocds.json.gz', mediaType: 'application/gzip', of: 'application/json' },
} as const satisfies Record<string, { label: string; ending: string; mediaType: string; of?: string }>;

export type BulkFormat = keyof typeof BULK_FORMATS;
export const BULK_FORMAT_KEYS = Object.keys(BULK_FORMATS) as [BulkFormat, ...BulkFormat[]];

/** What one bulk file holds: the notices of a category that were published in one year in Shanghai. */
export interface BulkGroup {
  category: Category;
  year: number;
}

export const groupKey = ({ category, year }: BulkGroup): string => `${category}-${year}`;

/** Name of a group's file, the same every night. */
export const bulkFileName = (group: BulkGroup, format: BulkFormat): string =>
  `${groupKey(group)}.${BULK_FORMATS[format].ending}`;

/** The forms that a category has. */
export const bulkFormatsOf = (category: Category): BulkFormat[] =>
  BULK_FORMAT_KEYS.filter((format) => format !== 'ocds' || OCDS_CATEGORIES.has(category));

/** Names of the files that stand beside the groups' own, with their media types. */
export const BULK_EXTRAS = {
  'manifest.json': 'application/json',
  SHA256SUMS: 'text/plain',
  'dictionary.json': 'application/json',
  'licence.txt': 'text/plain',
  /** Lots that indicators point at, and disclosure duties that were not met. */
  'flags.csv': 'text/csv',
  'duties.csv': 'text/csv',
} as const satisfies Record<string, string>;

/** Address of a bulk file. */
export const bulkFileUrl = (name: string): string => `/open-data/files/${name}`;

/** Address of the DCAT catalogue. */
export const catalogUrl = (): string => '/open-data/catalog.jsonld';
