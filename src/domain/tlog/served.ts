import { LOG_SUBJECTS, type Verifiable } from './subjects.ts';

/** What stands below `/log/` besides tiles (c2sp.org/tlog-tiles; c2sp.org/tlog-policy). `vkey-sm2` only where there is a second line. */
export const LOG_FILES = ['checkpoint', 'vkey', 'vkey-sm2', 'policy.txt'] as const;

/** Address of a file of the log. */
export const logFileUrl = (path: string): string => `/log/${path}`;
/** What the log tells about something. */
export const apiLogUrl = (type: Verifiable, id: string): string =>
  `${LOG_SUBJECTS[type].api}/${encodeURIComponent(id)}/log`;
/** A version, with the salt that opens its seal. */
export const apiLoggedVersionUrl = (type: Verifiable, id: string, version: number): string =>
  `${LOG_SUBJECTS[type].api}/${encodeURIComponent(id)}/versions/${version}`;
/** The proof that a version is in the log, to take away. */
export const apiLogProofUrl = (type: Verifiable, id: string, version: number): string =>
  `${apiLogUrl(type, id)}/${version}.tlog-proof`;

/** The page that verifies; with `type` and `id` what is there about something. */
export function verifyUrl(about?: { type: Verifiable; id: string }): string {
  return about ? `/verify?${new URLSearchParams({ [about.type]: about.id })}` : '/verify';
}
