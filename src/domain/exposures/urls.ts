import { EXPOSURE_FILTER_KEYS, type ExposureFilter } from './filter.ts';

/** A filter for addresses: a key set to undefined is left out. The board stands in the path. */
export type ExposureUrlFilter = { [Key in keyof ExposureFilter]?: ExposureFilter[Key] | undefined };

/** Address of an entry. */
export const exposureUrl = (id: string): string => `/exposure/${id}`;

/** Address of the exposure board, or of the blacklist when the filter says so. */
export function exposuresUrl({ board, ...filter }: ExposureUrlFilter = {}): string {
  return withQuery(board === 'blacklist' ? '/blacklist' : '/exposure', filter);
}

/** Address of the list of awards under sanction. */
export const overlapsUrl = (): string => '/exposure/overlaps';

/** JSON twin of the lists. */
export const apiExposuresUrl = (filter: ExposureUrlFilter = {}): string => withQuery('/api/v1/exposures', filter);

/** JSON twin of an entry. */
export const apiExposureUrl = (id: string): string => `/api/v1/exposures/${id}`;

/** Parameters of a filter in canonical order: one filter has one address. */
export function exposureQuery(filter: ExposureUrlFilter): [string, string][] {
  return EXPOSURE_FILTER_KEYS.flatMap((key): [string, string][] => {
    const value = filter[key];
    return value === undefined || value === '' ? [] : [[key, String(value)]];
  });
}

function withQuery(path: string, filter: ExposureUrlFilter): string {
  const query = new URLSearchParams(exposureQuery(filter)).toString();
  return query ? `${path}?${query}` : path;
}
