import { namesIn } from '../deals/lots-of.ts';
import type { FactEntry } from '../facts/facts.ts';
import { isUscc, normaliseUscc } from '../identifiers/uscc.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { absoluteUrl, companyUrl } from '../site/urls.ts';
import { toPartyId } from './identifiers.ts';
import type { OrganizationReference, Party, PartyRoleCode } from './release.ts';

/** Unified social credit codes (GB 32100-2015). No list of org-id.guide is known to be theirs for certain. */
const USCC_SCHEME = 'CN-USCI';

/** Whoever supplies has bid: merging replaces roles, so that a winner must keep both. */
const ROLES = {
  buyer: ['buyer'],
  agency: ['procuringEntity'],
  supplier: ['tenderer', 'supplier'],
  candidate: ['tenderer'],
  tenderer: ['tenderer'],
} as const satisfies Record<string, readonly PartyRoleCode[]>;

/** How other parts of a release refer to a party. */
export const toReference = (name: string): OrganizationReference => ({ id: toPartyId(name), name });

/** Everyone whom a notice names, once each with all their roles: its parties, and the bidders of its lists. */
export function toParties(notice: PublishedNotice, site: string): Party[] {
  const found = new Map<string, Party>();
  const add = (name: string, roles: readonly PartyRoleCode[], uscc: string | null, organizationId: string | null) => {
    const party = found.get(toPartyId(name)) ?? { ...toReference(name), roles: [] };
    party.roles = [...new Set([...party.roles, ...roles])];
    party.identifier ??= uscc ? toIdentifier(uscc, name, site, organizationId) : undefined;
    found.set(party.id, party);
  };
  for (const { role, name, uscc, organizationId } of notice.parties) add(name, ROLES[role], uscc, organizationId);
  for (const entry of listBidders(notice)) {
    const names = namesIn(entry);
    const code = names.length === 1 ? readCode(entry.supplierCode?.text) : null;
    for (const name of names) add(name, ['tenderer'], code, null);
  }
  return [...found.values()];
}

function toIdentifier(uscc: string, legalName: string, site: string, organizationId: string | null) {
  const uri = organizationId ? absoluteUrl(site, companyUrl(organizationId)) : undefined;
  return { scheme: USCC_SCHEME, id: uscc, legalName, uri };
}

function readCode(text: string | undefined): string | null {
  const code = normaliseUscc(text ?? '');
  return isUscc(code) ? code : null;
}

/** The rows that name a bidder, from openings and rankings that are not in doubt. */
export function listBidders({ facts }: PublishedNotice): FactEntry[] {
  const lists = [facts.bids, facts.candidates].filter((list) => list && !list.doubt);
  return lists.flatMap((list) => list?.entries ?? []).filter(({ supplier }) => Boolean(supplier?.text));
}
