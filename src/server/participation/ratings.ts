import { avg, count, desc } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { disclosureRatings } from '#db/schema/articles.ts';
import {
  type CountyRating,
  RATING_AXES,
  RATING_AXIS_KEYS,
  type RatingAxis,
  type RatingResult,
  toRatingResults,
} from '#src/domain/articles/rating.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { FieldFault } from '#src/domain/errors.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { writeIntake } from '../db.ts';
import { type FormToken, hashOfToken, readToken } from './form-token.ts';
import { INTAKE_TABLES, insertRating } from './intake.ts';
import { intakeLimits } from './limits.ts';

/** What the tokens of the form of ratings are for. */
export const RATING_PURPOSE = 'rating';

const GRADE = z.coerce.number().int().min(1).max(5);
const BUSY = '现在评价的人太多，请过一会儿再按一次“提交评价”。';

/**
 * Takes a rating in, once for each token; nothing of who rated is kept. Floods are held off as those of forms without work are.
 * @returns what is wrong with it, with a token that stays good; nothing when it was taken
 */
export async function receiveRating({
  values,
  network,
  now,
}: {
  values: Readonly<Record<string, string>>;
  network: string;
  now: number;
}): Promise<{ faults: FieldFault[]; token: FormToken | undefined } | undefined> {
  const ofForm = (message: string, token?: FormToken) => ({ faults: [{ name: 'form', message }], token });
  const token = readToken(values.token ?? '', RATING_PURPOSE, now);
  if ('fault' in token) return ofForm('页面打开得太久了，请再提交一次。');
  const grades = RATING_AXIS_KEYS.map((axis) => ({ axis, grade: GRADE.safeParse(values[axis] || undefined) }));
  const faults = grades.flatMap(({ axis, grade }) =>
    grade.success ? [] : [{ name: axis, message: `请为“${RATING_AXES[axis].label}”选一个评价` }],
  );
  if (faults.length > 0) return { faults, token };
  if (values.website) return ofForm(BUSY, token);
  if (token.isEarly) return ofForm('提交得太快了，请看一遍再提交。', token);
  if (!intakeLimits().takeSlow(network, now)) return ofForm(BUSY, token);
  const county = COUNTY_SLUGS.find((slug) => slug === values.county) ?? 'jining';
  const given = Object.fromEntries(grades.map(({ axis, grade }) => [axis, grade.data ?? 0]));
  const { content = 0, timeliness = 0, convenience = 0 } = given;
  const instant = new Date(now).toISOString();
  const row = { ratedOn: formatDate(instant), county, content, timeliness, convenience } as const;
  const used = { hash: hashOfToken(token.token), expiresOn: formatDate(addDays(instant, 1)) };
  await writeIntake(INTAKE_TABLES, (db) => insertRating(db, row, used));
  return undefined;
}

/** What all ratings come to, how many people rated, and the same of each county that anybody rated. */
export function readRatings(db: Db): { people: number; results: RatingResult[]; counties: CountyRating[] } {
  const { people = 0 } = db.select({ people: count() }).from(disclosureRatings).get() ?? {};
  const rows = RATING_AXIS_KEYS.flatMap((axis) =>
    db
      .select({ grade: disclosureRatings[axis], people: count() })
      .from(disclosureRatings)
      .groupBy(disclosureRatings[axis])
      .all()
      .map((row) => ({ axis, ...row })),
  );
  return { people, results: toRatingResults(rows), counties: listCountyRatings(db) };
}

/** Counties by how many rated them, the most first. */
function listCountyRatings(db: Db): CountyRating[] {
  const { county, ...axes } = disclosureRatings;
  const mean = (axis: RatingAxis) => avg(axes[axis]).mapWith(Number);
  return db
    .select({
      ...{ county, people: count() },
      means: { content: mean('content'), timeliness: mean('timeliness'), convenience: mean('convenience') },
    })
    .from(disclosureRatings)
    .groupBy(county)
    .orderBy(desc(count()), county)
    .all();
}
