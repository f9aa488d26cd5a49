import type { QuantileMethod } from './quantiles.ts';

/** What an indicator is, in words for everybody. How it is computed is its rule. */
export interface FlagDefinition {
  /** Neutral: what was found, not what it would mean. */
  title: string;
  formula: string;
  inputs: string;
  threshold: string;
  /** Where the indicator comes from. */
  source: string;
  /** Its number in the guide of the Open Contracting Partnership, where confirmed: a run of Cardinal on our OCDS computes the same. */
  ocp?: `R${string}`;
  /** How its quartiles are taken; null where it has none. */
  quartiles: QuantileMethod | null;
  /** Why it may well be in order. */
  innocent: string;
  /** `staff`: it groups firms by how they bid; the public reads how many there are, not who. */
  audience: 'public' | 'staff';
  /** Which kinds of the monthly bulletin it belongs to. */
  kind: FlagKind;
}

/** What an indicator looks at. */
export const FLAG_KINDS = {
  procedure: '程序和期限',
  competition: '竞争程度',
  price: '报价',
  party: '参与各方',
  result: '结果和合同',
} as const;
export type FlagKind = keyof typeof FLAG_KINDS;
export const FLAG_KIND_KEYS = Object.keys(FLAG_KINDS) as [FlagKind, ...FlagKind[]];
