/** Remedies against a decision, as table four has its groups of columns. */
export const REVIEW_KINDS = {
  reconsideration: '行政复议',
  litigation: '行政诉讼：未经复议直接起诉',
  litigationAfterReconsideration: '行政诉讼：复议后起诉',
} as const;

export type ReviewKind = keyof typeof REVIEW_KINDS;
export const REVIEW_KIND_KEYS = Object.keys(REVIEW_KINDS) as [ReviewKind, ...ReviewKind[]];

/** How one ends; what has not ended counts as 尚未审结. */
export const REVIEW_OUTCOMES = { upheld: '结果维持', corrected: '结果纠正', other: '其他结果' } as const;

export type ReviewOutcome = keyof typeof REVIEW_OUTCOMES;
export const REVIEW_OUTCOME_KEYS = Object.keys(REVIEW_OUTCOMES) as [ReviewOutcome, ...ReviewOutcome[]];

/** A remedy as table four counts it; days are `YYYY-MM-DD`. */
export interface CountedReview {
  kind: ReviewKind;
  filedOn: string;
  outcome: ReviewOutcome | null;
  decidedOn: string | null;
}

/** Five columns of table four. */
export type TableFourGroup = Record<ReviewOutcome | 'pending' | 'total', number>;
export type TableFour = Record<ReviewKind, TableFourGroup>;

/**
 * Table four 因政府信息公开工作被申请行政复议、提起行政诉讼情况 of a year: what ended in it, and what was filed by its end and had not
 * ended. In each group the total is the sum of the four.
 */
export function toTableFour(reviews: readonly CountedReview[], year: number): TableFour {
  const groups = REVIEW_KIND_KEYS.map((kind) => [
    kind,
    toGroup(
      reviews.filter((review) => review.kind === kind),
      String(year),
    ),
  ]);
  return Object.fromEntries(groups) as TableFour;
}

function toGroup(reviews: readonly CountedReview[], year: string): TableFourGroup {
  const group: TableFourGroup = { upheld: 0, corrected: 0, other: 0, pending: 0, total: 0 };
  for (const { filedOn, outcome, decidedOn } of reviews) {
    if (filedOn.slice(0, 4) > year) continue;
    const ended = outcome === null ? null : (decidedOn?.slice(0, 4) ?? null);
    if (ended !== null && ended < year) continue;
    group[outcome !== null && ended === year ? outcome : 'pending']++;
    group.total++;
  }
  return group;
}
