import type { County } from '../counties/counties.ts';

/** The axes on which disclosure is rated by the public 评议: whole and true, in time, easy. */
export const RATING_AXES = {
  content: { label: '内容', question: '内容全面、真实吗？' },
  timeliness: { label: '时效', question: '公开得及时吗？' },
  convenience: { label: '便利', question: '容易找到、看得懂吗？' },
} as const;
export type RatingAxis = keyof typeof RATING_AXES;
export const RATING_AXIS_KEYS = Object.keys(RATING_AXES) as [RatingAxis, ...RatingAxis[]];

export const RATING_GRADES = { 5: '很好', 4: '较好', 3: '一般', 2: '较差', 1: '很差' } as const;
export type RatingGrade = 1 | 2 | 3 | 4 | 5;
export const RATING_GRADE_KEYS: readonly RatingGrade[] = [5, 4, 3, 2, 1];

/** What the ratings of an axis come to. */
export interface RatingResult {
  axis: RatingAxis;
  /** How many people gave each grade. */
  counts: Readonly<Record<RatingGrade, number>>;
  /** Mean of all, 1 to 5; null where nobody rated. */
  mean: number | null;
}

/** The results of each axis. @param rows how many people gave which grade on which axis */
export function toRatingResults(rows: readonly { axis: RatingAxis; grade: number; people: number }[]): RatingResult[] {
  return RATING_AXIS_KEYS.map((axis) => {
    const own = rows.filter((row) => row.axis === axis);
    const count = (grade: number) =>
      own.filter((row) => row.grade === grade).reduce((sum, { people }) => sum + people, 0);
    const counts = { 1: count(1), 2: count(2), 3: count(3), 4: count(4), 5: count(5) };
    const all = RATING_GRADE_KEYS.reduce((sum, grade) => sum + counts[grade], 0);
    const total = RATING_GRADE_KEYS.reduce((sum, grade) => sum + grade * counts[grade], 0);
    return { axis, counts, mean: all === 0 ? null : total / all };
  });
}

/** What the ratings of a county come to: how many people rated, and the means of the axes, 1 to 5. */
export interface CountyRating {
  county: County;
  people: number;
  means: Readonly<Record<RatingAxis, number>>;
}
