import type { NoticeSummary } from '../site/views.ts';
import { endOf } from '../time/moment.ts';
import { findMoments } from '../time/moment-text/find.ts';
import { addDays, formatDate, type Instant, startOfDay } from '../time/time.ts';
import type { Day } from './period.ts';
import type { ExposureSummary } from './views.ts';

/** First and last day of a sanction. */
export interface SanctionPeriod {
  from: Day;
  until: Day;
  /** `measure`: the decision says how long it lasts; `publication`: it does not, and the time of publication is taken. */
  decidedBy: 'measure' | 'publication';
}

/** When a subject is under sanction: from the decision to the end of the measure, or of publication where none is given. */
export function sanctionPeriod(
  entry: Pick<ExposureSummary, 'decisionDate' | 'validUntil' | 'publicUntil'>,
): SanctionPeriod {
  const { decisionDate, validUntil, publicUntil } = entry;
  return validUntil
    ? { from: decisionDate, until: validUntil, decidedBy: 'measure' }
    : { from: decisionDate, until: publicUntil, decidedBy: 'publication' };
}

/** 招标投标法实施条例 第五十四条: candidates are made public for at least three days, the day of publication not counted. */
const PUBLICITY_DAYS = 3;

/**
 * The end (exclusive) of the candidates' publicity period: the last day, or time, that the notice names, else three days after its
 * publication, the shortest the law allows (招标投标法实施条例 第五十四条).
 */
export function publicityEnd(publishedAt: Instant, periodText: string | undefined): Instant {
  const moments = findMoments(periodText ?? '').map(({ from, to }) => to ?? from);
  const ends = moments.flatMap((moment) => (moment === 'unclear' ? [] : endOf(moment)));
  return ends.sort().at(-1) ?? addDays(startOfDay(formatDate(publishedAt)), PUBLICITY_DAYS + 1);
}

/** True while the candidates that a notice names can still be objected to. */
export function isPublicityRunning(
  notice: Pick<NoticeSummary, 'stage' | 'publishedAt' | 'facts'>,
  now: Instant,
): boolean {
  if (notice.stage !== 'candidateNotice') return false;
  return now < publicityEnd(notice.publishedAt, notice.facts.publicityPeriod?.text);
}
