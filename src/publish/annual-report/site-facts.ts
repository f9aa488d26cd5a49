import { and, countDistinct, gte, inArray, lt, lte, or, sql, sum } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { achievements, honours, organizations, qualifications, staffCertificates, visits } from '#db/schema/index.ts';
import type { TextCell } from '#src/domain/annual-report/cells.ts';
import type { Instant } from '#src/domain/time/time.ts';

type Figure = Partial<Record<TextCell, number>>;

/** Visits a day of a year, the mean of the days that were counted, rounded down; nothing where none was. */
export function countDailyVisits(db: Db, year: number): Figure {
  const { day } = visits;
  const { total, days } = db
    .select({ total: sum(visits.count).mapWith(Number), days: countDistinct(day) })
    .from(visits)
    .where(and(gte(day, `${year}-01-01`), lte(day, `${year}-12-31`)))
    .get() ?? { total: 0, days: 0 };
  return days === 0 ? {} : { dailyVisits: Math.floor(total / days) };
}

/** Organizations known before an instant of which registers say something; nothing where there is none. */
export function countLibraryOrganizations(db: Db, until: Instant): Figure {
  const isInLibrary = or(
    ...[qualifications, achievements, honours, staffCertificates].map((block) =>
      inArray(organizations.id, db.select({ id: block.organizationId }).from(block)),
    ),
  );
  const { total } = db
    .select({ total: countDistinct(sql`coalesce(${organizations.mergedInto}, ${organizations.id})`) })
    .from(organizations)
    .where(and(lt(organizations.createdAt, until), isInLibrary))
    .get() ?? { total: 0 };
  return total === 0 ? {} : { libraryOrganizations: total };
}
