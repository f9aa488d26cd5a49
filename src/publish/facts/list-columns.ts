import { isGrant } from '#src/domain/categories.ts';
import type { EntryKey } from '#src/domain/facts/facts.ts';
import type { StagePhase } from '#src/domain/stages.ts';
import type { Labels } from './labels.ts';

export type ListKey = 'candidates' | 'bids' | 'lots' | 'parcels';

/** What makes a row one of the list, and what it keeps. */
export const COLUMNS: Record<ListKey, { anchor: EntryKey; keys: readonly EntryKey[] }> = {
  candidates: {
    anchor: 'supplier',
    keys: [
      'lot',
      'rank',
      'supplier',
      'supplierCode',
      'awardAmount',
      'contractPeriod',
      'quality',
      'score',
      'projectLeader',
      'leaderCertificate',
      'rejectionReason',
    ],
  },
  bids: {
    anchor: 'supplier',
    keys: [
      'lot',
      'supplier',
      'supplierCode',
      'awardAmount',
      'contractPeriod',
      'quality',
      'deposit',
      'projectLeader',
      'leaderCertificate',
      'rejectionReason',
    ],
  },
  lots: {
    anchor: 'lot',
    keys: [
      'lot',
      'lotCode',
      'lotName',
      'budget',
      'ceilingPrice',
      'supplier',
      'supplierCode',
      'awardAmount',
      'contractPeriod',
    ],
  },
  parcels: {
    anchor: 'parcelNo',
    keys: [
      'parcelNo',
      'location',
      'landArea',
      'landUse',
      'grantTerm',
      'plotRatio',
      'startPrice',
      'deposit',
      'dealPrice',
      'supplier',
    ],
  },
};

const LISTS_LOTS: Record<StagePhase, boolean> = {
  planning: true,
  tender: true,
  opening: false,
  award: true,
  contract: false,
  performance: false,
  ended: false,
  decision: false,
};

/** Which list a notice of this kind has. */
export function listOf({ category, stage, phase }: Labels): ListKey | undefined {
  if (stage === 'candidateNotice') return 'candidates';
  if (phase === 'opening') return 'bids';
  if (isGrant(category)) return 'parcels';
  return LISTS_LOTS[phase] ? 'lots' : undefined;
}

/** Is a column one of the list that a notice of this kind has? */
export function isListed(key: EntryKey, labels: Labels): boolean {
  const list = listOf(labels);
  return (
    list !== undefined &&
    (COLUMNS[list].keys.includes(key) || COLUMNS[list].anchor === key || key === 'lotName' || key === 'lotCode')
  );
}
