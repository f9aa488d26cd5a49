import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { publicityEnd, sanctionPeriod } from '#src/domain/exposures/sanction.ts';
import type { ExposureMatch, OverlapView } from '#src/domain/exposures/views.ts';
import type { FactKey, FactValue } from '#src/domain/facts/facts.ts';
import type { PartyMatch } from '#src/domain/organizations/organization.ts';
import { IS_CERTAIN_MATCH } from '#src/domain/organizations/organization.ts';
import { addDays, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { type Identity, identitiesOfKey, identityOfCode } from './identity.ts';
import { IN_FORCE, inForceValues } from './in-force.ts';
import { type ExposureRow, listExposureRows, toExposureSummary } from './row.ts';

interface WonRow {
  noticeId: string;
  title: string;
  county: County;
  stage: string;
  publishedAt: Instant;
  winner: string;
  matchedBy: PartyMatch | null;
  facts: string;
}

const WON = `
  SELECT n.id AS noticeId, n.title, n.county, n.stage, n.published_at AS publishedAt, p.name AS winner, p.matched_by AS matchedBy,
    n.facts
  FROM notice_parties p CROSS JOIN published_notices n ON n.id = p.notice_id
  WHERE p.organization_id IN (SELECT value FROM json_each(?)) AND p.role = 'supplier'
    AND p.published_at >= ? AND p.published_at < ? AND (p.is_award = 1 OR n.stage = 'candidateNotice')
  ORDER BY n.published_at DESC, n.id`;

/**
 * Awards made while the winner was under a sanction that is in force, and candidates whose publicity period still runs, newest
 * first. Says only that two dates overlap: whether the award was lawful is not for us to say.
 */
export function listOverlaps(db: Db, now: Instant = new Date().toISOString()): OverlapView[] {
  const rows = listExposureRows(
    db,
    `${IN_FORCE} AND e.subject_type NOT IN ('expert', 'individual')`,
    inForceValues(now),
  );
  const overlaps = rows.flatMap((row) => overlapsOf(db, row, now));
  return overlaps.sort((a, b) => (a.noticePublishedAt < b.noticePublishedAt ? 1 : -1));
}

function overlapsOf(db: Db, row: ExposureRow, now: Instant): OverlapView[] {
  const exposure = toExposureSummary(row, now);
  const sanction = sanctionPeriod(exposure);
  const span = [startOfDay(sanction.from), addDays(startOfDay(sanction.until), 1)] as const;
  const ids = JSON.stringify(identitiesOf(db, row).flatMap(({ organizationIds }) => organizationIds));
  return listRows<WonRow>(db, WON, [ids, ...span]).flatMap((won): OverlapView[] => {
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
function identitiesOf(db: Db, { subject_uscc, subject_key }: ExposureRow): Identity[] {
  if (!subject_uscc) return identitiesOfKey(db, subject_key);
  const nameless = identitiesOfKey(db, subject_key).filter(({ codes }) => codes.length === 0);
  return [identityOfCode(db, subject_uscc), ...nameless];
}

function matchOf({ subject_uscc }: ExposureRow, { matchedBy }: WonRow): ExposureMatch {
  return subject_uscc && matchedBy && IS_CERTAIN_MATCH[matchedBy] ? 'code' : 'name';
}

function isRunning({ facts, publishedAt }: WonRow, now: Instant): boolean {
  const { publicityPeriod } = JSON.parse(facts) as Partial<Record<FactKey, FactValue>>;
  return now < publicityEnd(publishedAt, publicityPeriod?.text);
}
