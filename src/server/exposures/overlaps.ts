import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeParties } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import { publicityEnd, sanctionPeriod } from '#src/domain/exposures/sanction.ts';
import type { ExposureMatch, OverlapView } from '#src/domain/exposures/views.ts';
import { IS_CERTAIN_MATCH } from '#src/domain/organizations/organization.ts';
import { addDays, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { n } from '../notices/conditions.ts';
import { type Identity, identitiesOfKey, identityOfCode } from './identity.ts';
import { e, inForce, isNoPerson } from './in-force.ts';
import { type ExposureRow, listExposureRows, toExposureSummary } from './row.ts';

const p = aliased(noticeParties, 'p');
const WON = defineSelect((given: Params<{ organizationIds: string; from: Instant; until: Instant }>) => ({
  fields: {
    noticeId: n.id,
    title: n.title,
    county: n.county,
    stage: n.stage,
    publishedAt: n.publishedAt,
    winner: p.name,
    matchedBy: p.matchedBy,
    facts: n.facts,
  },
  rest: sql`FROM ${named(p)} CROSS JOIN ${named(n)} ON ${n.id} = ${p.noticeId}
    WHERE ${p.organizationId} IN ${valuesOf(given.organizationIds)} AND ${p.role} IN ('supplier', 'candidate')
      AND ${p.publishedAt} >= ${given.from} AND ${p.publishedAt} < ${given.until}
      AND ${p.lots} > 0
    ORDER BY ${n.publishedAt} DESC, ${n.id}`,
}));
type WonRow = ReturnType<typeof WON.all>[number];

/**
 * Awards made while the winner was under a sanction that is in force, and candidates whose publicity period still runs, newest
 * first. Says only that two dates overlap: whether the award was lawful is not for us to say.
 */
export function listOverlaps(db: Db, now: Instant = new Date().toISOString()): OverlapView[] {
  const rows = listExposureRows(db, sql`${inForce(now)} AND ${isNoPerson(e.subjectType)}`);
  const overlaps = rows.flatMap((row) => overlapsOf(db, row, now));
  return overlaps.sort((a, b) => (a.noticePublishedAt < b.noticePublishedAt ? 1 : -1));
}

function overlapsOf(db: Db, row: ExposureRow, now: Instant): OverlapView[] {
  const exposure = toExposureSummary(row, now);
  const sanction = sanctionPeriod(exposure);
  const rows = WON.all(db, {
    organizationIds: JSON.stringify(identitiesOf(db, row).flatMap(({ organizationIds }) => organizationIds)),
    from: startOfDay(sanction.from),
    until: addDays(startOfDay(sanction.until), 1),
  });
  return rows.flatMap((won): OverlapView[] => {
    const isCandidate = won.stage === 'candidateNotice';
    if (isCandidate && !isRunning(won, now)) return [];
    return [
      {
        kind: isCandidate ? 'candidate' : 'award',
        exposure,
        matched: matchOf(row, won),
        noticeId: won.noticeId,
        noticeTitle: won.title,
        noticeCounty: won.county,
        noticePublishedAt: won.publishedAt,
        winner: won.winner,
        sanctionFrom: sanction.from,
        sanctionUntil: sanction.until,
      },
    ];
  });
}

/** Organizations that the subject may be: the one with its code, else all that bear its name. */
function identitiesOf(db: Db, { subjectUscc, subjectKey }: ExposureRow): Identity[] {
  if (!subjectUscc) return identitiesOfKey(db, subjectKey);
  const nameless = identitiesOfKey(db, subjectKey).filter(({ codes }) => codes.length === 0);
  return [identityOfCode(db, subjectUscc), ...nameless];
}

function matchOf({ subjectUscc }: ExposureRow, { matchedBy }: WonRow): ExposureMatch {
  return subjectUscc && matchedBy && IS_CERTAIN_MATCH[matchedBy] ? 'code' : 'name';
}

function isRunning({ facts, publishedAt }: WonRow, now: Instant): boolean {
  return now < publicityEnd(publishedAt, facts.publicityPeriod?.text);
}
