import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { exposureContents, exposureRevisions, redactions, sources } from '#db/schema/index.ts';
import { NotFoundError, PublicityEndedError, RemovedByLawError } from '#src/domain/errors.ts';
import { toLifeFacts } from '#src/domain/exposures/content.ts';
import { EXPOSURE_STATES, isPublicState, stateAt } from '#src/domain/exposures/life-cycle.ts';
import { publicationPeriod } from '#src/domain/exposures/period.ts';
import type { ExposureView } from '#src/domain/exposures/views.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import { e } from './in-force.ts';
import { EXPOSURE_FIELDS, EXPOSURES_WITH_CONTENT, readContent, toExposureSummary } from './row.ts';

const ENTRY = defineSelect((p: Params<{ id: string }>) => ({
  fields: {
    ...EXPOSURE_FIELDS,
    goneAt: e.goneAt,
    endedAt: e.endedAt,
    sourceName: sql<string>`(SELECT ${sources.name} FROM ${sources} WHERE ${sources.key} = ${e.sourceKey})`,
  },
  rest: sql`FROM ${EXPOSURES_WITH_CONTENT} WHERE ${e.id} = ${p.id}`,
}));

const { exposureId, version, recordedAt, reason } = exposureRevisions;
const { hash } = exposureContents;
const VERSIONS = defineQuery((db, p: Params<{ id: string }>) => {
  const isRemoval = and(
    eq(redactions.subject, 'exposure').inlineParams(),
    eq(redactions.kind, 'removed').inlineParams(),
    eq(redactions.id, exposureId),
    eq(redactions.version, version),
  );
  const isContent = and(eq(exposureContents.exposureId, exposureId), eq(exposureContents.version, version));
  const removal = { reason: redactions.reason, at: redactions.at };
  return db
    .select({ version, recordedAt, hash, reason, seal: exposureRevisions.seal, removal })
    .from(exposureRevisions)
    .leftJoin(exposureContents, isContent)
    .leftJoin(redactions, isRemoval)
    .where(eq(exposureId, p.id))
    .orderBy(desc(version));
});

/**
 * An entry in force with everything its page shows.
 * @throws NotFoundError when there is no such entry, or it has never been public.
 * @throws RemovedByLawError when it was removed by law.
 * @throws PublicityEndedError when its publication has ended; the error says nothing about whom or why.
 */
export function getExposure(db: Db, id: string, now: Instant = new Date().toISOString()): ExposureView {
  if (findRemoval(db, 'exposure', id)) throw new RemovedByLawError();
  const row = ID_PATTERN.test(id) ? ENTRY.first(db, { id }) : undefined;
  if (!row) throw new NotFoundError('没有这条公示信息，或地址有误。');
  const { content, events } = readContent(row);
  const state = stateAt(toLifeFacts(content, events), now);
  if (!EXPOSURE_STATES[state].wasPublic) throw new NotFoundError('没有这条公示信息，或地址有误。');
  if (row.endedAt !== null || !isPublicState(state)) throw new PublicityEndedError();
  const { sourceKey: _key, ...said } = content;
  return {
    ...said,
    ...toExposureSummary(row, now),
    period: publicationPeriod(content),
    events: events.filter(({ at }) => at <= now),
    versions: VERSIONS.all(db, { id }),
    sourceName: row.sourceName,
    goneFromSource: row.goneAt !== null,
    asOf: now,
  };
}
