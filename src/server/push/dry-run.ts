import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DraftPool } from '#src/publish/items/draft-pool.ts';
import { loadOverlay } from '#src/publish/items/overlay.ts';
import { findKnown } from '#src/publish/notices/known.ts';
import type { DryRun } from '../api/sync/dry-run.ts';
import type { PushKind } from '../api/sync/schema.ts';
import { pushSourceKey } from './keys.ts';
import { prepareItem } from './prepare-item.ts';
import { toPublicReasons } from './public-reasons.ts';
import { parseItem } from './read-item.ts';

/** An item as JSON text, and who would push it. */
export interface Trial {
  kind: PushKind;
  text: string;
  county: County;
}

/** Judges an item by the rules of a push. Nothing is stored. Entries of exposure and library are told apart from known ones only when stored: `accepted`. */
export async function dryRunItem(db: Db, pool: DraftPool, { kind, text, county }: Trial): Promise<DryRun> {
  const sourceKey = pushSourceKey(county);
  try {
    const overlay = loadOverlay(db, { key: sourceKey, speaksForItself: false });
    const item = await prepareItem(kind, parseItem(text), { sourceKey, county, overlay }, pool);
    if ('library' in item) return { status: 'accepted', reasons: [] };
    const { draft, prepared, error } = item.completed;
    if (error !== undefined) throw error;
    if (draft.exposure) return { status: 'accepted', reasons: [] };
    const known = findKnown(db, sourceKey, draft);
    if (!prepared) return { status: known && !known.withdrawnAt ? 'changed' : 'unchanged', reasons: [] };
    const { id, title, category, stage, county: place, publishedAt, redacted } = prepared.content;
    const notice = { id, title, category, stage, county: place, publishedAt, redacted };
    const status = !known ? 'created' : known.hash === prepared.hash ? 'unchanged' : 'changed';
    return { status, reasons: prepared.remarks, notice };
  } catch (error) {
    return { status: 'rejected', reasons: toPublicReasons(error) };
  }
}
