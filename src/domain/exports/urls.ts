import { apiExposuresUrl, type ExposureUrlFilter } from '../exposures/urls.ts';
import { apiListUrl, apiOrganizationsUrl, type OrganizationUrlFilter, type UrlFilter } from '../site/urls.ts';

/** Formats of whole lists, as they end an address. */
export const EXPORT_FORMATS = {
  xlsx: { label: 'Excel', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { label: 'CSV', mediaType: 'text/csv' },
} as const satisfies Record<string, { label: string; mediaType: string }>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_KEYS = Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]];

/** Whole lists have no pages. */
const UNPAGED = { cursor: undefined, limit: undefined };

/** Address of a whole list or search of notices as a file. */
export const noticesFileUrl = (format: ExportFormat, filter: UrlFilter = {}): string =>
  toFile(apiListUrl({ ...filter, ...UNPAGED }), format);

/** Address of the lots of a whole list or search of notices as a file. */
export const lotsFileUrl = (format: ExportFormat, filter: UrlFilter = {}): string =>
  noticesFileUrl(format, filter).replace('/notices.', '/lots.');

/** Address of a whole list of organizations as a file. */
export const organizationsFileUrl = (format: ExportFormat, filter: OrganizationUrlFilter = {}): string =>
  toFile(apiOrganizationsUrl({ ...filter, ...UNPAGED }), format);

/** Address of all entries in force as a file. */
export const exposuresFileUrl = (format: ExportFormat, filter: ExposureUrlFilter = {}): string =>
  toFile(apiExposuresUrl({ ...filter, ...UNPAGED }), format);

function toFile(address: string, format: ExportFormat): string {
  const [path, query] = address.split('?');
  return query ? `${path}.${format}?${query}` : `${path}.${format}`;
}
