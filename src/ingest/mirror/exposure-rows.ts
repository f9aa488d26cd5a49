import type { Db } from '#db/client.ts';
import type { PreparedExposure } from '#src/publish/exposures/prepare.ts';
import { addEvents, appendVersion, writeRow } from '#src/publish/exposures/rows.ts';
import { settleExposure } from '#src/publish/exposures/store.ts';
import { saveRawItem } from '#src/publish/items/raw-items.ts';
import type { SaveOutcome } from '#src/publish/notices/store.ts';
import { findRow, run } from '#src/publish/statements.ts';
import { rejected } from './change.ts';
import { isMirrored } from './sources.ts';
import type { Taking } from './subject.ts';

/** An entry as another portal tells it, checked. */
export interface ToldExposure extends PreparedExposure {
  goneFromSource: boolean;
}

interface KnownRow {
  id: string;
  sourceKey: string;
  board: string;
  decisionKey: string;
  version: number;
  hash: string;
  endedAt: string | null;
  publicUntil: string;
  isGone: number;
}

const KNOWN = `
  SELECT e.id, e.source_key AS sourceKey, e.board, e.decision_key AS decisionKey, e.version, v.hash,
    e.ended_at AS endedAt, e.public_until AS publicUntil, e.gone_at IS NOT NULL AS isGone
  FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version`;
const OTHER = `${KNOWN} WHERE e.decision_key = @decisionKey AND e.board = @board AND e.id <> @id
  AND (e.subject_key = @subjectKey OR e.subject_uscc = @uscc) ORDER BY e.id LIMIT 1`;

const findKnown = (db: Db, id: string) => findRow<KnownRow>(db, `${KNOWN} WHERE e.id = ?`, id);

/**
 * Stores an entry as the other portal tells it, with the events that it tells and none of our own making. The same decision
 * about the same subject that this portal has from elsewhere stays as it is.
 * @throws ItemRejectedError when the id is already that of another decision, or the decision that of another id
 */
export function saveToldExposure(told: ToldExposure, taking: Taking): SaveOutcome {
  const { db, mirror, raw, context } = taking;
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
  return write(db, told, known, { rawItemId, now: context.now });
}

function findOther(db: Db, { content, decisionKey, subjectKey }: ToldExposure): KnownRow | undefined {
  const { id, board, subjectUscc: uscc } = content;
  return findRow<KnownRow>(db, OTHER, { id, board, decisionKey, subjectKey, uscc });
}

function write(
  db: Db,
  told: ToldExposure,
  known: KnownRow | undefined,
  { rawItemId, now }: { rawItemId: number; now: string },
): SaveOutcome {
  const { id, sourceKey } = told.content;
  const happened = addEvents(db, id, told.events, now);
  const isSame = known?.hash === told.hash && known.sourceKey === sourceKey;
  if (isSame && !happened && known.endedAt === null && (known.isGone === 1) === told.goneFromSource) return 'unchanged';
  const version = known?.hash === told.hash ? known.version : (known?.version ?? 0) + 1;
  if (version !== known?.version) appendVersion(db, told, { id, version, rawItemId, now });
  writeRow(db, told, { id, version, now });
  run(db, 'UPDATE exposures SET source_key = ?, gone_at = ? WHERE id = ?', [
    sourceKey,
    told.goneFromSource ? now : null,
    id,
  ]);
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
  run(db, 'UPDATE exposures SET ended_at = @now, public_until = @now, updated_at = @now WHERE id = @id', {
    id,
    now: context.now,
  });
  return 'changed';
}
