import { type LotResult, lotResultsOf, type ResultNotice, resultKind } from '../deals/lot-results.ts';
import type { Fen } from '../money/money.ts';
import type { OrganizationRole } from './organization.ts';

/** What a notice tells of one of its parties: how many lots, how many of them with a price of its own, and their sum. */
export interface PartyShare {
  lots: number;
  pricedLots: number;
  /** Null when none of them has a price. */
  lotsFen: Fen | null;
}

const KINDS: Record<OrganizationRole, LotResult['kind']> = {
  buyer: 'award',
  agency: 'award',
  supplier: 'award',
  candidate: 'candidate',
  tenderer: 'tender',
};

/** Results of the roles that a notice's whole course belongs to, not their own. */
const IS_OF_ALL: Record<OrganizationRole, boolean> = {
  buyer: true,
  agency: true,
  supplier: false,
  candidate: false,
  tenderer: false,
};

/** The results of a notice that are a party's: its own awards, rankings or bids; of the buyer and his agency, all awards. */
export function resultsOfParty(notice: ResultNotice, role: OrganizationRole, names: readonly string[]): LotResult[] {
  if (resultKind(notice.stage) !== KINDS[role]) return [];
  const results = lotResultsOf(notice);
  return IS_OF_ALL[role] ? results : results.filter(({ suppliers }) => suppliers.some((name) => names.includes(name)));
}

/**
 * The price of a result when it is certain and all of it the party's: what a consortium gets together is nobody's alone, but it is
 * what the buyer pays where it stands beside its lot. Null otherwise.
 */
export function ownPrice({ price, suppliers, row }: LotResult, role: OrganizationRole): Fen | null {
  const isOwn = suppliers.length === 1 || (IS_OF_ALL[role] && row !== null);
  return isOwn ? (price?.fen ?? null) : null;
}

/** What a notice tells of a party by its role and name. */
export function shareOf(notice: ResultNotice, role: OrganizationRole, name: string): PartyShare {
  const results = resultsOfParty(notice, role, [name]);
  const prices = results.flatMap((result) => ownPrice(result, role) ?? []);
  return {
    lots: results.length,
    pricedLots: prices.length,
    lotsFen: prices.length > 0 ? prices.reduce((sum, price) => sum + price, 0) : null,
  };
}
