import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, exposureVersions, rawItems } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { countyDefinition } from '#src/domain/counties/counties.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import { type Board, SUBJECT_TYPES } from '#src/domain/exposures/registry.ts';
import { type RawItem, saveRawItem } from '../items/raw-items.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import type { SaveContext, SaveOutcome } from '../notices/store.ts';
import { assertNotRemoved } from '../removal/guard.ts';
import { settleIncomplete } from './incomplete-rows.ts';
import { type PreparedExposure, seal } from './prepare.ts';
import { addEvents, appendVersion, refreshInterval, tellExposure, writeRow } from './rows.ts';

const KNOWN = {
  id: exposures.id,
  version: exposures.version,
  sourceKey: exposures.sourceKey,
  sourceItemId: exposures.sourceItemId,
  hash: exposureVersions.hash,
  county: exposures.county,
  subjectType: exposures.subjectType,
};
type KnownExposure = RowOf<typeof KNOWN>;

interface Identity {
  decisionKey: string;
  board: Board;
  subjectKey: string;
  uscc: string | null;
}

const BY_IDENTITY = defineQuery((db, p: Params<Identity>) =>
  db
    .select(KNOWN)
    .from(exposures)
    .innerJoin(
      exposureVersions,
      and(eq(exposureVersions.exposureId, exposures.id), eq(exposureVersions.version, exposures.version)),
    )
    .where(
      and(
        eq(exposures.decisionKey, p.decisionKey),
        eq(exposures.board, p.board),
        or(eq(exposures.subjectKey, p.subjectKey), eq(exposures.subjectUscc, p.uscc)),
      ),
    )
    .orderBy(asc(exposures.id))
    .limit(1),
);
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ id: exposures.id }).from(exposures).where(eq(exposures.id, p.id)),
);
const SETTLE = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string; exposureId: string }>) =>
  db
    .update(rawItems)
    .set({ state: 'accepted', exposureId: p.exposureId })
    .where(
      and(
        eq(rawItems.sourceKey, p.sourceKey),
        eq(rawItems.sourceItemId, p.sourceItemId),
        eq(rawItems.state, 'rejected').inlineParams(),
      ),
    ),
);
const SEEN_INTERVAL = '-1 hour';
const MARK_SEEN = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db
    .update(exposures)
    .set({ lastSeenAt: p.now })
    .where(
      and(eq(exposures.id, p.id), sql`julianday(${exposures.lastSeenAt}) < julianday(${p.now}, ${SEEN_INTERVAL})`),
    ),
);
const MARK_BACK = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db
    .update(exposures)
    .set({ lastSeenAt: p.now, goneAt: null })
    .where(and(eq(exposures.id, p.id), isNotNull(exposures.goneAt))),
);

/**
 * Stores an entry in one IMMEDIATE transaction (a savepoint inside the caller's): raw item, version, events, and the interval in
 * which it is public. The same decision about the same subject is one entry, whichever source tells it: the source that told it
 * first keeps it, another one's copy adds only what has happened since.
 * @throws ItemRejectedError when two natural persons of one decision cannot be told apart.
 */
export function saveExposure(db: Db, entry: PreparedExposure, raw: RawItem, context: SaveContext): SaveOutcome {
  return db.$client.transaction(() => store(db, entry, raw, context)).immediate();
}

function store(db: Db, given: PreparedExposure, raw: RawItem, context: SaveContext): SaveOutcome {
  const known = findKnown(db, given);
  const id = known?.id ?? given.content.id;
  // A corrected name would make another id: the entry keeps its address.
  const entry = { ...given, ...seal({ ...given.content, id }) };
  assertNotRemoved(db, 'exposure', [id], { hash: entry.hash });
  if (known) assertOwnEntry(known, given);
  if (known) assertSamePerson(known, given);
  const rawItemId = saveRawItem(db, raw, { ...context, state: 'accepted', reasons: [], exposureId: id });
  settleExposure(db, raw, id);
  const happened = addEvents(db, id, entry.events, context);
  const isRepeat = known !== undefined && known.sourceKey !== entry.content.sourceKey;
  const isChanged = known !== undefined && !isRepeat && known.hash !== entry.hash;
  if (!known || isChanged) {
    const version = (known?.version ?? 0) + 1;
    appendVersion(db, entry, { id, version, rawItemId }, context);
    const corrected: ExposureEvent = { kind: 'corrected', at: context.now, basis: '来源更正了内容' };
    if (known) addEvents(db, id, [corrected], context);
    writeRow(db, entry, { id, version }, context);
  } else if (happened) refreshInterval(db, id, context);
  else markExposureSeen(db, id, context);
  return known ? (isChanged || happened ? 'changed' : 'unchanged') : 'created';
}

function findKnown(db: Db, { content, decisionKey, subjectKey }: PreparedExposure): KnownExposure | undefined {
  const values = { decisionKey, subjectKey, board: content.board, uscc: content.subjectUscc };
  return BY_IDENTITY.first(db, values);
}

/** Whoever speaks for one county only neither corrects nor ends what is published for another. */
function assertOwnEntry(known: KnownExposure, { content, ownCounty }: PreparedExposure): void {
  if (!ownCounty || known.county === content.county) return;
  const message = `同一决定已作为${countyDefinition(known.county).label}的条目公开，不能由${countyDefinition(content.county).label}推送`;
  throw new ItemRejectedError([{ code: 'county-foreign', message }]);
}

/** Of persons only the masked name is kept: 甲乙 and 甲丙 of one decision look the same. */
function assertSamePerson(known: KnownExposure, { content, sourceItemId }: PreparedExposure): void {
  if (
    !SUBJECT_TYPES[known.subjectType].isPerson ||
    known.sourceKey !== content.sourceKey ||
    known.sourceItemId === sourceItemId
  )
    return;
  const message = '同一决定书中有遮蔽后同名的自然人，无法区分，需人工录入';
  throw new ItemRejectedError([{ code: 'person-ambiguous', message }]);
}

/** Rejected forms of an item, and what it lacked, need nobody's attention once it is accepted. */
export function settleExposure(db: Db, { sourceKey, sourceItemId }: RawItem, exposureId: string): void {
  settleIncomplete(db, { sourceKey, sourceItemId }, exposureId);
  SETTLE.run(db, { sourceKey, sourceItemId, exposureId });
}

/** Notes that an entry is still, or again, in its feed; writes at most once an hour. */
export function markExposureSeen(db: Db, id: string, context: WriteContext): void {
  const { now } = context;
  if (MARK_BACK.run(db, { id, now }).changes > 0) tellExposure(db, id, 'upsert', context);
  else MARK_SEEN.run(db, { id, now });
}

/**
 * Records what happened to an entry (repair, revocation, objection) and stops its publication when that ends it. Idempotent.
 * @throws Error when there is no such entry.
 */
export function recordExposureEvent(db: Db, id: string, event: ExposureEvent, context: WriteContext): void {
  db.$client
    .transaction(() => {
      if (!FIND.first(db, { id })) throw new Error(`没有这个条目：${id}`);
      if (addEvents(db, id, [event], context)) refreshInterval(db, id, context);
    })
    .immediate();
}
