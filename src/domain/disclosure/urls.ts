import type { ReportForm } from '../annual-report/forms.ts';

/** Addresses of the disclosure section. */
export const disclosureUrl = (): string => '/disclosure';
export const disclosureGuideUrl = (): string => '/disclosure/guide';
export const catalogueUrl = (): string => '/disclosure/catalogue';
export const disclosureRulesUrl = (): string => '/disclosure/rules';
export const organizationDutiesUrl = (): string => '/disclosure/organization';
export const disclosureTasksUrl = (): string => '/disclosure/tasks';
export const disclosureCheckUrl = (): string => '/disclosure/check';
export const bulletinsUrl = (): string => '/disclosure/bulletins';
export const reportsUrl = (): string => '/disclosure/reports';

/** A published report: its latest version in the form of its year, unless another is asked for. */
export const reportUrl = (year: number, query: { form?: ReportForm; version?: number } = {}): string =>
  withQuery(`/disclosure/reports/${year}`, query);
/** The same as a file. */
export const reportFileUrl = (
  year: number,
  format: 'pdf' | 'docx',
  query: { form?: ReportForm; version?: number } = {},
): string => withQuery(`/disclosure/reports/${year}.${format}`, query);
export const apiReportsUrl = (): string => '/api/v1/annual-reports';
export const apiReportUrl = (year: number): string => `/api/v1/annual-reports/${year}`;
export const apiCatalogueUrl = (): string => '/api/v1/disclosure-catalogue';

function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}
