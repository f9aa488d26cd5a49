/** What the self-check of disclosure finds. */
export const FINDING_KINDS = {
  stale: '超过时限未更新',
  missing: '应公开而没有内容',
  dead: '链接打不开',
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;
export const FINDING_KIND_KEYS = Object.keys(FINDING_KINDS) as [FindingKind, ...FindingKind[]];
