import type { Category } from '../categories.ts';
import type { FactKey } from '../facts/facts.ts';

/**
 * Facts that lists of a category show beside title, county, amount and dates, in order: what a bidder of that
 * category scans for. Empty facts are left out, never filled.
 */
export const LIST_FACTS: Record<Category, readonly FactKey[]> = {
  construction: ['ceilingPrice', 'deposit', 'contractPeriod'],
  procurement: ['procurementMethod', 'budget', 'ceilingPrice'],
  land: ['parcelNo', 'location', 'landArea', 'landUse', 'grantTerm', 'startPrice', 'deposit', 'dealPrice'],
  mining: ['mineral', 'location', 'landArea', 'procurementMethod', 'startPrice', 'deposit', 'dealPrice'],
  property: ['appraisedValue', 'listingPrice', 'listingPeriod', 'deposit', 'dealPrice'],
  medical: ['procurementMethod', 'budget'],
  general: ['procurementMethod', 'budget'],
};
