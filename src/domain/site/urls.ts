import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import { parameterNames } from '../notices/filter-definition.ts';
import { NOTICE_FILTER_KEYS, type NoticeFilter, noticeFilter } from '../notices/notice-filter.ts';
import {
  AWARD_FILTERS,
  type AwardFilter,
  ORGANIZATION_FILTERS,
  type OrganizationFilter,
} from '../organizations/filter.ts';
import { SEARCH_PATH } from './search-path.ts';

/** A filter for addresses: a key set to undefined is left out, which is how chips and "clear" links are made. */
export type UrlFilter = { [Key in keyof NoticeFilter]?: NoticeFilter[Key] | undefined };

/** Filters of organizations and of their awards, as they stand in addresses. */
export type OrganizationUrlFilter = { [Key in keyof OrganizationFilter]?: OrganizationFilter[Key] | undefined };
export type AwardUrlFilter = { [Key in keyof AwardFilter]?: AwardFilter[Key] | undefined };

/** Address of the home page. */
export const homeUrl = (): string => '/';

/** Address of a notice. Stable for ever. */
export const noticeUrl = (id: string): string => `/notice/${id}`;

/** Address of a project's timeline. */
export const projectUrl = (id: string): string => `/project/${id}`;

/** Address of the list of organizations. */
export const companiesUrl = (filter: OrganizationUrlFilter = {}): string =>
  withParameters('/companies', parameterNames(ORGANIZATION_FILTERS), filter);

/** Address of an organization, with its awards in one role or with one partner. Stable for ever. */
export const companyUrl = (id: string, filter: AwardUrlFilter = {}): string =>
  withParameters(`/company/${id}`, parameterNames(AWARD_FILTERS), filter);

/** Pages about the site itself. */
export const aboutUrl = (): string => '/about';
export const contactUrl = (): string => '/contact';
export const privacyUrl = (): string => '/privacy';
export const accessibilityUrl = (): string => '/accessibility';
export const siteMapUrl = (): string => '/site-map';
/** Address of the page that says what can be followed, and how. */
export const feedsUrl = (): string => '/feeds';

/** The API reference, or a section of its first page. */
export const developersUrl = (section?: 'filters' | 'limits'): string => `/developers${section ? `#${section}` : ''}`;
/** A group of operations of the API, or one of them. */
export const apiGroupUrl = (group: string, operationId?: string): string =>
  `/developers/${group}${operationId ? `#${operationId}` : ''}`;
/** The types of the API, those of a group, or one of them. */
export const apiTypesUrl = (group?: string, type?: string): string =>
  `/developers/types${group ? `/${group}` : ''}${type ? `#${type}` : ''}`;
export const validateUrl = (): string => '/developers/validate';
/** Address of the list of county sites. */
export const countiesUrl = (): string => '/counties';

/** Address of the page about all data for taking away. */
export const openDataUrl = (): string => '/open-data';

/** Address of the public sync board, or of one source's rejected items on it. */
/** What the values of sources mean here. */
export const mappingsUrl = (): string => '/mappings';
export const syncUrl = (sourceKey?: string): string => (sourceKey ? `/sync#${sourceKey}` : '/sync');

/** Address of a page of one source's rejected items. `before` is the last row number of the page before. */
export const rejectedUrl = (sourceKey: string, before?: number): string =>
  `/sync/${encodeURIComponent(sourceKey)}${before ? `?before=${before}` : ''}`;

/** Address of a notice list. Category and stage stand in the path, everything else in the query. */
export function listUrl(filter: UrlFilter = {}): string {
  const { category, stage, ...rest } = filter;
  if (category && stage) return withQuery(`/notices/${category}/${stage}`, rest);
  if (category) return withQuery(`/notices/${category}`, rest);
  return withQuery('/notices', { ...rest, stage });
}

/** Address of the search page. */
export const searchUrl = (filter: UrlFilter = {}): string => withQuery(SEARCH_PATH, filter);

/** Address of a county's own site: its front page without a filter, a list below it with one. */
export function countyUrl(county: County, filter?: UrlFilter): string {
  if (!filter) return `/county/${county}`;
  const { category, county: _site, ...rest } = filter;
  return withQuery(`/county/${county}/${category ?? 'notices'}`, rest);
}

/** Address of a county's list of one category. */
export const countyCategoryUrl = (county: County, category: Category): string => `/county/${county}/${category}`;

/** JSON twin of a notice list. */
export const apiListUrl = (filter: UrlFilter = {}): string => withQuery('/api/v1/notices', filter);

/** JSON twin of a search. */
export const apiSearchUrl = (filter: UrlFilter = {}): string => withQuery('/api/v1/search', filter);

/** JSON twin of a notice. */
export const apiNoticeUrl = (id: string): string => `/api/v1/notices/${id}`;

/** JSON twin of the list of organizations. */
export const apiOrganizationsUrl = (filter: OrganizationUrlFilter = {}): string =>
  withParameters('/api/v1/organizations', parameterNames(ORGANIZATION_FILTERS), filter);

/** JSON twin of an organization. */
export const apiOrganizationUrl = (id: string, filter: AwardUrlFilter = {}): string =>
  withParameters(`/api/v1/organizations/${id}`, parameterNames(AWARD_FILTERS), filter);

/** JSON twin of a notice's versions. */
export const apiVersionsUrl = (id: string): string => `/api/v1/notices/${id}/versions`;

/** JSON twin of a project. */
export const apiProjectUrl = (id: string): string => `/api/v1/projects/${id}`;

/** OCDS releases of a notice list. */
export const apiReleasesUrl = (filter: UrlFilter = {}): string => withQuery('/api/v1/ocds/releases', filter);

/** OCDS record of one process. */
export const apiRecordUrl = (ocid: string): string => `/api/v1/ocds/records/${ocid}`;

/** Sales of public assets of a notice list. */
export const apiDisposalsUrl = (filter: UrlFilter = {}): string => withQuery('/api/v1/disposals', filter);

/** Absolute address below the configured site; never built from the Host header. */
export const absoluteUrl = (site: string, path: string): string => `${site}${path}`;

/** Query parameters of a filter in canonical order, so that caches and shared links agree; amounts become yuan again. */
export function filterQuery(filter: UrlFilter): [string, string][] {
  return NOTICE_FILTER_KEYS.flatMap((key): [string, string][] => {
    const value = filter[key];
    if (value === undefined || value === '') return [];
    return [[key, noticeFilter(key).toParameter?.(value as never) ?? String(value)]];
  });
}

function withQuery(path: string, filter: UrlFilter): string {
  const query = new URLSearchParams(filterQuery(filter)).toString();
  return query ? `${path}?${query}` : path;
}

/** A path with the given parameters in canonical order; those that are absent or empty are left out. */
function withParameters<Key extends string>(
  path: string,
  order: readonly Key[],
  values: { readonly [K in Key]?: string | number | undefined },
): string {
  const given = order.flatMap((key): [string, string][] => {
    const value = values[key];
    return value === undefined || value === '' ? [] : [[key, String(value)]];
  });
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

/** A kept attachment, by the SHA-256 of its content. */
export const fileUrl = (sha256: string): string => `/file/${sha256}`;
