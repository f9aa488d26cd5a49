import type { County } from '../counties/counties.ts';

/** Posts that a member of staff may hold; one person may hold several. */
export const ROLES = {
  countyClerk: '县区经办',
  editor: '编辑',
  firstReviewer: '初审',
  finalReviewer: '复审',
  disclosureOfficer: '信息公开员',
  supervisor: '监督员',
  administrator: '管理员',
} as const;

export type Role = keyof typeof ROLES;
export const ROLE_KEYS = Object.keys(ROLES) as [Role, ...Role[]];

/** Whom a decision about rights is made for. */
export interface Officer {
  accountId: string;
  roles: readonly Role[];
  /** The only county that the person acts for; null for the city's own staff, who act for all. */
  county: County | null;
  /** Set up and given at this sign-in: one-time passwords. */
  hasSecondFactor: boolean;
  /** The password was given again a moment ago. */
  isSteppedUp: boolean;
}
