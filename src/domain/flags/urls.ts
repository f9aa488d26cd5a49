import type { ExportFormat } from '../exports/urls.ts';
import type { FlagCode } from './registry.ts';

/** What of a filter stands in an address; what is empty is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

export const flagsUrl = (query: Query = {}): string => withQuery('/flags', query);
/** How indicators are computed, published and answered to. */
export const flagMethodUrl = (code?: FlagCode): string => `/flags/method${code ? `#${code}` : ''}`;
/** Lots that an indicator points at. */
export const flagUrl = (code: FlagCode, query: Query = {}): string => withQuery(`/flags/${code}`, query);
export const flagsFileUrl = (format: ExportFormat, query: Query = {}): string =>
  withQuery(`/api/v1/flags.${format}`, query);

export const scoreUrl = (query: Query = {}): string => withQuery('/score', query);
/** What should be public and is not. */
export const missingDutiesUrl = (query: Query = {}): string => withQuery('/score/missing', query);
export const missingFeedUrl = (query: Query = {}): string => withQuery('/score/missing.atom', query);
export const scoreFileUrl = (format: ExportFormat, query: Query = {}): string =>
  withQuery(`/api/v1/score.${format}`, query);

export const bulletinsUrl = (): string => '/disclosure/bulletins';
/** The bulletin of a month, of one county where it is named. */
export const bulletinUrl = (month: string, query: Query = {}): string =>
  withQuery(`/disclosure/bulletins/${month}`, query);
export const bulletinFileUrl = (month: string, format: 'docx' | 'csv', query: Query = {}): string =>
  withQuery(`/disclosure/bulletins/${month}/${format}`, query);
