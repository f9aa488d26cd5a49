import type { WorkListKey } from '../work/lists.ts';

/** Addresses of the console. */
export const staffUrl = (): string => '/staff';
export const signInUrl = (next?: string): string => withNext('/staff/sign-in', next);
/** Sets out for single sign-on; `again` to show once more who one is. */
export const signOnUrl = (next?: string, again?: 'again'): string =>
  withQuery('/staff/sign-on', { next: next ?? '', again: again ?? '' });
/** Where the provider sends people back to. */
export const signOnCallbackUrl = (): string => '/staff/sign-on/callback';
/** Where the browser goes on from there by itself, so that it sends the cookies of this host. */
export const signOnFinishUrl = (search: string): string => `/staff/sign-on/finish${search}`;
export const signOnCodeUrl = (): string => '/staff/sign-on/code';
export const signOutUrl = (): string => '/staff/sign-out';
export const linkUrl = (token: string): string => `/staff/link?token=${encodeURIComponent(token)}`;
export const ownAccountUrl = (): string => '/staff/own';
export const accountsUrl = (): string => '/staff/accounts';
export const accountUrl = (id: string): string => `/staff/accounts/${encodeURIComponent(id)}`;

export const helpUrl = (): string => '/staff/help';
export const feedsUrl = (query: Query = {}): string => withQuery('/staff/feeds', query);
export const draftUrl = (id: string): string => `/staff/drafts/${encodeURIComponent(id)}`;
/** Attachments of a draft, and what its screening found. */
export const draftFilesUrl = (id: string): string => `${draftUrl(id)}/files`;
export const draftFileUrl = (id: string, sha256: string): string => `${draftFilesUrl(id)}/${sha256}`;
/** Takes files in as a stream. */
export const draftUploadUrl = (id: string): string => `${draftUrl(id)}/upload`;
export const newDraftUrl = (query: Query = {}): string => withQuery('/staff/drafts/new', query);
export const editDraftUrl = (id: string, query: Query = {}): string => withQuery(`${draftUrl(id)}/edit`, query);
/** Where what is typed is kept. */
export const keepDraftUrl = (id: string): string => `${draftUrl(id)}/keep`;
export const previewDraftUrl = (id: string): string => `${draftUrl(id)}/preview`;
export const draftsUrl = (query: Query = {}): string => withQuery('/staff/drafts', query);

/** Published articles, and what is due about them. */
export const articleDeskUrl = (query: Query = {}): string => withQuery('/staff/articles', query);
/** Where an article is begun. */
export const newArticleUrl = (query: Query = {}): string => withQuery('/staff/articles/new', query);

export const workUrl = (): string => '/staff/work';
export const workListUrl = (list: WorkListKey, query: Query = {}): string => withQuery(`/staff/work/${list}`, query);
export const workItemUrl = (list: WorkListKey, id: string, query: Query = {}): string =>
  withQuery(`/staff/work/${list}/${encodeURIComponent(id)}`, query);
export const staffSourcesUrl = (): string => '/staff/sources';
export const newSourceUrl = (): string => '/staff/sources/new';
export const staffSourceUrl = (key: string): string => `/staff/sources/${encodeURIComponent(key)}`;
export const keysUrl = (): string => '/staff/keys';
export const filtersUrl = (): string => '/staff/filters';

export const exposureDeskUrl = (query: Query = {}): string => withQuery('/staff/exposures', query);
export const newExposureUrl = (): string => '/staff/exposures/new';
export const exposureDraftUrl = (id: string): string => `/staff/exposures/${encodeURIComponent(id)}`;
/** What a draft of an entry is proved by: a file of it, and what takes files in as a stream. */
export const evidenceUrl = (id: string, sha256: string): string => `${exposureDraftUrl(id)}/files/${sha256}`;
export const evidenceUploadUrl = (id: string): string => `${exposureDraftUrl(id)}/upload`;
/** An entry; `case` is the submission for which it is looked at. */
export const exposureEntryUrl = (id: string, query: Query = {}): string =>
  withQuery(`/staff/exposures/entry/${encodeURIComponent(id)}`, query);
/** Annual reports. */
export const staffReportsUrl = (): string => '/staff/reports';
/** One of them: its year and form, `2020-2021`. */
export const staffReportUrl = (id: string): string => `/staff/reports/${id}`;
export const staffReportFileUrl = (id: string, format: 'pdf' | 'docx'): string => `/staff/reports/${id}.${format}`;
export const lintUrl = (): string => '/staff/reports/lint';
export const staffTasksUrl = (): string => '/staff/disclosure-tasks';
export const exchangeUrl = (query: Query = {}): string => withQuery('/staff/exchange', query);
/** Entries as departments take them. */
export const exchangeFileUrl = (query: Query = {}): string => withQuery('/staff/exchange.jsonl', query);

/** Indicators that wait to be looked into, and one of them. */
export const flagDeskUrl = (query: Query = {}): string => withQuery('/staff/flags', query);
export const flagItemUrl = (code: string, subject: string): string => withQuery('/staff/flags/item', { code, subject });
/** What should be public and is not. */
export const dutyDeskUrl = (query: Query = {}): string => withQuery('/staff/duties', query);

/** The audit, of what the query says. */
export const auditUrl = (query: Query = {}): string => withQuery('/staff/audit', query);
/** The same as a file: `csv` or `jsonl`. */
export const auditFileUrl = (format: string, query: Query = {}): string => withQuery(`/staff/audit.${format}`, query);

type Query = Readonly<Record<string, string>>;

function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return text === '' ? path : `${path}?${text}`;
}

const withNext = (path: string, next: string | undefined): string =>
  next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;

/** Where to go after signing in: an address of the console, whatever the query says. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/staff(?:[/?][^\\]*)?$/.test(next) && !next.includes('//') ? next : staffUrl();
}

/** What the public sent in, of what the query says. */
export const casesUrl = (view?: string): string =>
  view === undefined ? '/staff/participation' : `/staff/participation?view=${encodeURIComponent(view)}`;
export const caseUrl = (id: string): string => `/staff/participation/${encodeURIComponent(id)}`;
export const caseFileUrl = (id: string, file: string): string => `${caseUrl(id)}/files/${encodeURIComponent(file)}`;
export const releaseAnswersUrl = (): string => '/staff/participation/answers';
export const ledgerUrl = (): string => '/staff/participation/ledger';

/** Requests for information, and what belongs to them. */
export const foiUrl = (view?: string): string => (view === undefined ? '/staff/foi' : `/staff/foi?view=${view}`);
export const foiCaseUrl = (id: string): string => `/staff/foi/${encodeURIComponent(id)}`;
export const newFoiUrl = (): string => '/staff/foi/new';
export const foiApprovalsUrl = (): string => '/staff/foi/approvals';
export const foiReviewsUrl = (): string => '/staff/foi/reviews';
export const foiTopicsUrl = (): string => '/staff/foi/topics';
/** A letter as a page, or as a file: `pdf`, `docx`. */
export const letterUrl = (id: string): string => `/staff/foi/letters/${encodeURIComponent(id)}`;
export const letterFileUrl = (id: string, format: string): string => `${letterUrl(id)}/${format}`;
export const holidaysUrl = (): string => '/staff/holidays';
