import type { Fen } from '../money/money.ts';
import { PENALTY_TYPES, type PenaltyType } from './registry.ts';

/** How grave a misconduct is: decides whether and for how long it may be published (Credit Repair Measures, 2026-04-01). */
export const GRADES = {
  minor: { label: '轻微' },
  general: { label: '一般' },
  serious: { label: '严重' },
} as const;

export type Grade = keyof typeof GRADES;
export const GRADE_KEYS = Object.keys(GRADES) as [Grade, ...Grade[]];

const FEN_PER_YUAN = 100;
/** Administrative Penalty Law art. 51: fines up to here are imposed on the spot (simplified procedure). */
const SIMPLIFIED_FINE = { organization: 3_000 * FEN_PER_YUAN, person: 200 * FEN_PER_YUAN };

/** What the grade follows from when the decision names none. */
export interface Sanction {
  penaltyTypes: readonly PenaltyType[];
  fineFen: Fen | null;
  isPerson: boolean;
}

/**
 * The grade of a sanction that names none (信用修复管理办法, 国家发展改革委令第36号). Serious: revocation, closure, occupation ban.
 * Minor: nothing but warning, public criticism, or a fine small enough for the simplified procedure. Everything else is general:
 * where "huge" fines begin is not settled, so no fine alone is serious. Undefined when the sanction is unknown.
 */
export function gradeOf({ penaltyTypes, fineFen, isPerson }: Sanction): Grade | undefined {
  if (penaltyTypes.length === 0) return undefined;
  if (penaltyTypes.some((type) => PENALTY_TYPES[type].gravity === 'serious')) return 'serious';
  const limit = isPerson ? SIMPLIFIED_FINE.person : SIMPLIFIED_FINE.organization;
  const isSmall = !penaltyTypes.includes('fine') || (fineFen !== null && fineFen <= limit);
  return isSmall && penaltyTypes.every((type) => PENALTY_TYPES[type].gravity === 'minor') ? 'minor' : 'general';
}

/** The grade that a feed's own words name; undefined when they name none. */
export function readGrade(text: string): Grade | undefined {
  const plain = text.normalize('NFKC').trim();
  return GRADE_KEYS.find((key) => key === plain || plain.startsWith(GRADES[key].label));
}
