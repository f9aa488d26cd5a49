import { and, desc, eq, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposureEvents, exposures, exposureVersions, sources } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { type ExposureEvent, type ExposureState, stateAt } from '#src/domain/exposures/life-cycle.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** An entry that is or was published, as those who keep it see it. */
export interface KeptEntry {
  content: ExposureContent;
  state: ExposureState;
  sourceName: string;
  events: ExposureEvent[];
}

/** Entries with a decision's number, or an id, of a county (null: all), the latest first. */
export function findEntries(db: Db, text: string, county: County | null, now: Instant): KeptEntry[] {
  const key = normaliseDecisionNo(text);
  const rows = db
    .select({ id: exposures.id })
    .from(exposures)
    .where(
      and(
        or(eq(exposures.id, text), key === '' ? undefined : eq(exposures.decisionKey, key)),
        county === null ? undefined : eq(exposures.county, county),
      ),
    )
    .orderBy(desc(exposures.decisionDate))
    .limit(20)
    .all();
  return rows.map(({ id }) => getEntry(db, id, now));
}

/** @throws NotFoundError for none, and for one whose content was destroyed */
export function getEntry(db: Db, id: string, now: Instant): KeptEntry {
  const row = db
    .select({ content: exposureVersions.content, sourceName: sources.name })
    .from(exposures)
    .innerJoin(
      exposureVersions,
      and(eq(exposureVersions.exposureId, exposures.id), eq(exposureVersions.version, exposures.version)),
    )
    .innerJoin(sources, eq(sources.key, exposures.sourceKey))
    .where(eq(exposures.id, id))
    .get();
  if (!row) throw new NotFoundError('没有这个条目');
  const content = JSON.parse(row.content) as ExposureContent;
  const { kind, at, basis } = exposureEvents;
  const events = db
    .select({ kind, at, basis })
    .from(exposureEvents)
    .where(eq(exposureEvents.exposureId, id))
    .orderBy(at)
    .all();
  return { content, events, sourceName: row.sourceName, state: stateAt(toLifeFacts(content, events), now) };
}
