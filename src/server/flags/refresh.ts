import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, organizations } from '#db/schema/index.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { DEAL_RULES } from '#src/domain/deals/to-deal.ts';
import { DUTY_RULES } from '#src/domain/disclosure-score/list-duties.ts';
import { FLAG_RULES } from '#src/domain/flags/compute.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { lastChange, listChangedIds } from '#src/publish/changes/read.ts';
import { markAllStale, markStaleOf, unmarkStale } from '#src/publish/supervision/mark-stale.ts';
import { getWorkingCalendar } from '../calendar.ts';
import { surroundingsAt } from './course.ts';
import { deriveProject } from './derive.ts';
import { ADD_DUTY, DROP_DUTIES, DROP_FLAGS, DROP_SUPERVISED, MARK_DUE, SAVE_SUPERVISED, STALE } from './tables.ts';

/** Projects in one transaction: other writers, and whatever else the worker does, wait for it. */
const BATCH = 10;

/** Where the position is kept of what supervision is made of. */
export const SUPERVISION_KEYS = {
  /** The rules, and the holiday plans that they know. */
  rules: 'supervision.rules',
  /** The day (`YYYY-MM-DD`) as of which duties are derived. */
  day: 'supervision.day',
  /** Number of the last change of the exposure board that was taken. */
  exposures: 'supervision.exposures',
  /** `1` while projects have changed since they were compared. */
  dirty: 'supervision.dirty',
} as const;

const USCC = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ id: organizations.id })
    .from(exposures)
    .innerJoin(organizations, eq(organizations.uscc, exposures.subjectUscc))
    .where(eq(exposures.id, p.id)),
);

/** Everything by which the same notices may give something else. */
function rulesAt(calendar: WorkingCalendar, today: string): string {
  const year = Number(today.slice(0, 4));
  const plans = [-1, 0, 1, 2].map((more) => String(calendar.isWorkingDay(`${year + more}-02-17`) ?? '?'));
  return [DEAL_RULES, FLAG_RULES, DUTY_RULES, year, ...plans].join(' ');
}

/**
 * One step behind the changes: what makes everything stale, then some of what is stale. Returns how many projects were derived; 0 when
 * there is nothing to do. Each step is a transaction, so that it goes on anywhere.
 */
export function refreshStale(db: Db, now: Instant): number {
  return db.$client
    .transaction(() => {
      const today = formatDate(now);
      markByRules(db, today);
      markByExposures(db);
      const stale = STALE.all(db, { limit: BATCH });
      const surroundings = surroundingsAt(db, now);
      for (const { project } of stale) {
        const derived = deriveProject(db, project, surroundings, today);
        DROP_DUTIES.run(db, { project });
        if (derived?.supervised) SAVE_SUPERVISED.run(db, { project, ...derived.supervised, outcomes: [] });
        else {
          DROP_SUPERVISED.run(db, { project });
          DROP_FLAGS.run(db, { project });
        }
        for (const duty of derived?.duties ?? []) ADD_DUTY.run(db, duty);
        unmarkStale(db, project);
      }
      if (stale.length > 0) saveKeyValue(db, SUPERVISION_KEYS.dirty, '1');
      return stale.length;
    })
    .immediate();
}

/** Other rules, or a day that is over, make others of the same notices. */
function markByRules(db: Db, today: string): void {
  const rules = rulesAt(getWorkingCalendar(), today);
  if (readKeyValue(db, SUPERVISION_KEYS.rules, '') !== rules) {
    markAllStale(db);
    saveKeyValue(db, SUPERVISION_KEYS.rules, rules);
  }
  if (readKeyValue(db, SUPERVISION_KEYS.day, '') === today) return;
  MARK_DUE.run(db, { today });
  saveKeyValue(db, SUPERVISION_KEYS.day, today);
}

/** An order that was published, changed or has ended is looked for in the awards of whom it is about. */
function markByExposures(db: Db): void {
  const [kept, last] = [Number(readKeyValue(db, SUPERVISION_KEYS.exposures, '0')), lastChange(db, 'exposure')];
  if (last === kept) return;
  for (const id of listChangedIds(db, 'exposure', kept))
    for (const organization of USCC.all(db, { id })) markStaleOf(db, organization.id);
  saveKeyValue(db, SUPERVISION_KEYS.exposures, String(last));
}
