import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeParties } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import { publicityEnd, sanctionPeriod } from '#src/domain/exposures/sanction.ts';
import type { OverlapView } from '#src/domain/exposures/views.ts';
import { IS_CERTAIN_MATCH } from '#src/domain/organizations/organization.ts';
import { addDays, formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { n } from '../notices/conditions.ts';
import { identityOfCode } from './identity.ts';
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
 * Awards made while the winner, by its code, was under a sanction that is in force, and candidates whose publicity period still runs,
 * newest first. The deciding day itself is told apart: which of the two came first that day is not known. Says only that two dates
 * overlap: whether the award was lawful is not for us to say.
 */
export function listOverlaps(db: Db, now: Instant = new Date().toISOString()): OverlapView[] {
  const rows = listExposureRows(db, sql`${inForce(now)} AND ${isNoPerson(e.subjectType)}`);
  const overlaps = rows.flatMap((row) => overlapsOf(db, row, now));
  return overlaps.sort((a, b) => (a.noticePublishedAt < b.noticePublishedAt ? 1 : -1));
}

function overlapsOf(db: Db, row: ExposureRow, now: Instant): OverlapView[] {
  const exposure = toExposureSummary(row, now);
  const sanction = sanctionPeriod(exposure);
  if (!row.subjectUscc) return [];
  const rows = WON.all(db, {
    organizationIds: JSON.stringify(identityOfCode(db, row.subjectUscc).organizationIds),
    from: startOfDay(sanction.from),
    until: addDays(startOfDay(sanction.until), 1),
  });
  return rows.flatMap((won): OverlapView[] => {
    const isCandidate = won.stage === 'candidateNotice';
    if (isCandidate && !isRunning(won, now)) return [];
    if (!won.matchedBy || !IS_CERTAIN_MATCH[won.matchedBy]) return [];
    return [
      {
        kind: isCandidate ? 'candidate' : 'award',
        exposure,
        isDecisionDay: formatDate(won.publishedAt) === sanction.from,
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

function isRunning({ facts, publishedAt }: WonRow, now: Instant): boolean {
  return now < publicityEnd(publishedAt, facts.publicityPeriod?.text);
}
