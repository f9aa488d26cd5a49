import { and, asc, eq, ne, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, exposureVersions } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { Board } from '#src/domain/exposures/registry.ts';
import type { PreparedExposure } from '#src/publish/exposures/prepare.ts';
import { addEvents, appendVersion, tellExposure, writeRow } from '#src/publish/exposures/rows.ts';
import { settleExposure } from '#src/publish/exposures/store.ts';
import { saveRawItem } from '#src/publish/items/raw-items.ts';
import type { SaveOutcome } from '#src/publish/notices/store.ts';
import { removeExposure } from '#src/publish/removal/exposures.ts';
import { assertNotRemoved } from '#src/publish/removal/guard.ts';
import { removeUnlisted } from '#src/publish/removal/versions.ts';
import { type MirroredChange, rejected } from './change.ts';
import { isMirrored } from './sources.ts';
import type { Taking } from './subject.ts';

/** An entry as another portal tells it, checked. */
export interface ToldExposure extends PreparedExposure {
  goneFromSource: boolean;
}

const KNOWN = {
  id: exposures.id,
  sourceKey: exposures.sourceKey,
  board: exposures.board,
  decisionKey: exposures.decisionKey,
  version: exposures.version,
  hash: exposureVersions.hash,
  endedAt: exposures.endedAt,
  publicUntil: exposures.publicUntil,
  goneAt: exposures.goneAt,
};
type KnownRow = RowOf<typeof KNOWN>;

const isCurrent = and(eq(exposureVersions.exposureId, exposures.id), eq(exposureVersions.version, exposures.version));
const BY_ID = defineQuery((db, p: Params<{ id: string }>) =>
  db.select(KNOWN).from(exposures).innerJoin(exposureVersions, isCurrent).where(eq(exposures.id, p.id)),
);
interface Identity {
  id: string;
  board: Board;
  decisionKey: string;
  subjectKey: string;
  uscc: string | null;
}
const OTHER = defineQuery((db, p: Params<Identity>) =>
  db
    .select(KNOWN)
    .from(exposures)
    .innerJoin(exposureVersions, isCurrent)
    .where(
      and(
        eq(exposures.decisionKey, p.decisionKey),
        eq(exposures.board, p.board),
        ne(exposures.id, p.id),
        or(eq(exposures.subjectKey, p.subjectKey), eq(exposures.subjectUscc, p.uscc)),
      ),
    )
    .orderBy(asc(exposures.id))
    .limit(1),
);
const SET_ORIGIN = defineQuery((db, p: Params<{ id: string; sourceKey: string; goneAt: string | null }>) =>
  db.update(exposures).set({ sourceKey: p.sourceKey, goneAt: p.goneAt }).where(eq(exposures.id, p.id)),
);
const END = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db.update(exposures).set({ endedAt: p.now, publicUntil: p.now, updatedAt: p.now }).where(eq(exposures.id, p.id)),
);

const findKnown = (db: Db, id: string) => BY_ID.first(db, { id });

/**
 * Stores an entry as the other portal tells it, with the events that it tells and none of our own making. The same decision
 * about the same subject that this portal has from elsewhere stays as it is.
 * @throws ItemRejectedError when the id is already that of another decision, or the decision that of another id
 */
export function saveToldExposure(told: ToldExposure, taking: Taking): SaveOutcome {
  const { db, mirror, raw, context } = taking;
  assertNotRemoved(db, 'exposure', [told.content.id], { hash: told.hash });
  const known = findKnown(db, told.content.id);
  if (known && !isMirrored(db, known.sourceKey, mirror)) return 'unchanged';
  if (known && (known.board !== told.content.board || known.decisionKey !== told.decisionKey))
    throw rejected('id', '编号已是另一决定的条目', 'id');
  const other = findOther(db, told);
  if (other && isMirrored(db, other.sourceKey, mirror))
    throw rejected('identity', '同一决定、同一主体已有另一编号', 'id');
  // Ours stands for it, and it must not stand beside ours as it was before.
  if (other) return endExposure(told.content.id, taking);
  const rawItemId = saveRawItem(db, raw, { ...context, state: 'accepted', reasons: [], exposureId: told.content.id });
  settleExposure(db, raw, told.content.id);
  return write(db, told, known, rawItemId, context);
}

function findOther(db: Db, { content, decisionKey, subjectKey }: ToldExposure): KnownRow | undefined {
  const { id, board, subjectUscc: uscc } = content;
  return OTHER.first(db, { id, board, decisionKey, subjectKey, uscc });
}

function write(
  db: Db,
  told: ToldExposure,
  known: KnownRow | undefined,
  rawItemId: number,
  context: WriteContext,
): SaveOutcome {
  const { id, sourceKey } = told.content;
  const happened = addEvents(db, id, told.events, context);
  const isSame = known?.hash === told.hash && known.sourceKey === sourceKey;
  if (isSame && !happened && known.endedAt === null && (known.goneAt !== null) === told.goneFromSource)
    return 'unchanged';
  const version = known?.hash === told.hash ? known.version : (known?.version ?? 0) + 1;
  if (version !== known?.version) appendVersion(db, told, { id, version, rawItemId }, context);
  writeRow(db, told, { id, version }, context);
  SET_ORIGIN.run(db, { id, sourceKey, goneAt: told.goneFromSource ? context.now : null });
  return known ? 'changed' : 'created';
}

/**
 * Ends the publication of an entry that the other portal publishes no longer, whatever its dates say, until that portal tells it
 * again. One that this portal has from elsewhere stays.
 */
export function endExposure(id: string, { db, mirror, raw, context }: Taking): SaveOutcome {
  const known = findKnown(db, id);
  if (!known || known.endedAt !== null || !isMirrored(db, known.sourceKey, mirror)) return 'unchanged';
  if (known.publicUntil <= context.now) return 'unchanged';
  saveRawItem(db, raw, { ...context, state: 'accepted', reasons: [], exposureId: id });
  END.run(db, { id, now: context.now });
  tellExposure(db, id, 'upsert', context);
  return 'changed';
}

/** Destroys here what the other portal destroyed by law. An entry that this portal has from elsewhere stays: its own source answers for it. */
export function removeToldExposure(id: string, reason: string, { db, mirror, context }: Taking): SaveOutcome {
  const known = findKnown(db, id);
  if (!known || !isMirrored(db, known.sourceKey, mirror)) return 'unchanged';
  removeExposure(db, id, { ...context, reason });
  return 'changed';
}

/** Destroys here the versions of an entry that the other portal destroyed by law; those of an entry from elsewhere stay. */
export function removeLostVersions(
  { id, removedVersions, keptHashes = [] }: MirroredChange,
  { db, mirror, context }: Taking,
  outcome: SaveOutcome,
): SaveOutcome {
  const { reason } = removedVersions?.at(-1) ?? {};
  const known = findKnown(db, id);
  if (reason === undefined || !known || !isMirrored(db, known.sourceKey, mirror)) return outcome;
  const removed = removeUnlisted(db, 'exposure', id, keptHashes, { ...context, reason });
  return removed > 0 && outcome === 'unchanged' ? 'changed' : outcome;
}
