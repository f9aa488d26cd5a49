import { ID_PATTERN, stableId } from '../identifiers/ids.ts';
import { nameKey } from '../organizations/name-key.ts';

/** Whose portal the data comes from, as its identifiers and addresses say. */
export interface OcdsSite {
  /** Address of the site, without closing slash. */
  url: string;
  /** Prefix registered with the Open Contracting Partnership. */
  prefix: string;
}

/** Identifier of a contracting process: one project of ours is one process. */
export const toOcid = (prefix: string, projectId: string): string => `${prefix}-${projectId}`;

/** The project behind an identifier; undefined when it is none of ours. */
export function parseOcid(prefix: string, ocid: string): string | undefined {
  const id = ocid.startsWith(`${prefix}-`) ? ocid.slice(prefix.length + 1) : '';
  return ID_PATTERN.test(id) ? id : undefined;
}

/** Identifier of the release that one version of a notice makes. */
export const toReleaseId = ({ id, version }: { id: string; version: number }): string => `${id}-${version}`;

/** Identifier of a party: the same for every spelling of a name that counts as the same. */
export const toPartyId = (name: string): string => stableId('party', nameKey(name));

/** Identifier of an award, the same when candidates become winners: its lot and who it goes to. */
export const toAwardId = (lot: string | undefined, suppliers: readonly string[]): string =>
  stableId('award', lot ?? '', ...suppliers.map(toPartyId).sort());

/** Identifier of a bid, the same from the opening to the ranking. */
export const toBidId = (lot: string | undefined, tenderer: string): string =>
  stableId('bid', lot ?? '', toPartyId(tenderer));
