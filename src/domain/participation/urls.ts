import { type SubmissionKind, toKindSlug } from './kinds.ts';

/** Addresses of what the public turns to us with. */
export const participateUrl = (need?: string): string =>
  need === undefined ? '/participate' : `/participate?need=${encodeURIComponent(need)}`;

/** The form of a kind, about a notice where one is given. */
export function submissionFormUrl(kind: SubmissionKind, noticeId?: string): string {
  const path = `/participate/${toKindSlug(kind)}`;
  return noticeId === undefined ? path : `${path}?notice=${encodeURIComponent(noticeId)}`;
}

export const submissionStatusUrl = (): string => '/participate/status';
export const requestLedgerUrl = (): string => '/participate/requests';
/** A letter of one's own as a file, by the receipt code in the form that asks for it. */
export const ownLetterUrl = (): string => '/participate/letter';
/** A file that was given with an answer, likewise. */
export const ownFileUrl = (): string => '/participate/file';
export const participationFiguresUrl = (): string => '/participate/figures';
export const answerUrl = (id: string): string => `/participate/answers/${encodeURIComponent(id)}`;

/** The searchable answers, of what the query says. */
export function answersUrl(query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return text === '' ? '/participate/answers' : `/participate/answers?${text}`;
}
