import {
  awardToBanned,
  contractDiffers,
  failuresThenAward,
  lowestDisqualified,
  neverPublished,
  othersDisqualified,
  sharedLeader,
  singleBid,
  singleSourceUnannounced,
} from './bidders.ts';
import { lateChange, shortAccess, shortPublicity, shortSubmission, unusualDecision } from './dates.ts';
import type { FlagDefinition } from './definition.ts';
import { PARTY_FLAGS } from './definitions-parties.ts';
import { PRICE_FLAGS } from './definitions-prices.ts';
import { PROCEDURE_FLAGS } from './definitions-procedure.ts';
import { coBidders, rotation } from './groups.ts';
import {
  belowThreshold,
  concentration,
  exactlyThree,
  lockIn,
  notOpen,
  oftenRejected,
  seldomWins,
} from './organizations.ts';
import {
  closeToCeiling,
  closeToRunnerUp,
  heavyDiscount,
  huddledBids,
  identicalPrices,
  lowVariance,
  regularDifferences,
  relativeDistance,
} from './prices.ts';
import type { FlagRule } from './rule.ts';

const DEFINITIONS = { ...PROCEDURE_FLAGS, ...PRICE_FLAGS, ...PARTY_FLAGS };

export type FlagCode = keyof typeof DEFINITIONS;
/** All indicators, F01 to F35. */
export const FLAG_CODES = (Object.keys(DEFINITIONS) as FlagCode[]).sort() as [FlagCode, ...FlagCode[]];

/** How each is computed. Those without published inputs are computed as well: as what cannot be. */
const RULES: Record<FlagCode, FlagRule> = {
  F01: { process: shortSubmission },
  F02: { process: shortAccess },
  F03: { process: lateChange },
  F04: { process: singleBid },
  F05: { organizations: exactlyThree },
  F06: { process: singleSourceUnannounced, organizations: notOpen },
  F07: { organizations: belowThreshold },
  F08: { process: shortPublicity },
  F09: { process: unusualDecision },
  F10: { process: closeToCeiling },
  F11: { process: heavyDiscount },
  F12: { process: closeToRunnerUp },
  F13: { process: identicalPrices },
  F14: { process: regularDifferences },
  F15: { process: lowVariance },
  F16: { process: relativeDistance },
  F17: { process: huddledBids },
  F18: { process: sharedLeader },
  F19: { process: neverPublished('contacts') },
  F20: { process: neverPublished('relations') },
  F21: { organizations: coBidders },
  F22: { organizations: seldomWins },
  F23: { organizations: rotation },
  F24: { organizations: concentration },
  F25: { organizations: lockIn },
  F26: { process: othersDisqualified },
  F27: { process: lowestDisqualified },
  F28: { organizations: oftenRejected },
  F29: { process: neverPublished('receipt') },
  F30: { process: neverPublished('itemClass') },
  F31: { process: failuresThenAward },
  F32: { process: contractDiffers },
  F33: { process: awardToBanned },
  F34: { process: neverPublished('criteria') },
  F35: { process: neverPublished('registration') },
};

/** What an indicator is. */
export const flagDefinition = (code: FlagCode): FlagDefinition => DEFINITIONS[code];

/** How an indicator is computed. */
export const flagRule = (code: FlagCode): FlagRule => RULES[code];
