import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { assertNever } from '#src/domain/exhaustive.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { WholeDraft } from '#src/publish/items/complete-draft.ts';
import type { DraftPool } from '#src/publish/items/draft-pool.ts';
import { overlayOf, type SourceOverlay } from '#src/publish/items/overlay.ts';
import { PoolClosedError } from '#src/publish/items/pool.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import type { ReadyItem } from '#src/publish/items/store-item.ts';
import { type LibraryItem, toLibraryItem } from '#src/publish/library/import.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import type { PushKind } from '../api/sync/schema.ts';
import { translateCodes, unmapped } from './codes.ts';
import { readItem, toExposureDraft, toNoticeDraft } from './read-item.ts';

/** Whose items they are, and what staff decided about their codes and about single ones. */
export interface PushOrigin {
  sourceKey: string;
  county: County;
  overlay: SourceOverlay;
}

/** An item that is ready to be stored: as the pull's items are, or an entry of the company library. */
export type PreparedItem = { completed: ReadyItem } | { library: LibraryItem };

/** An item that was read, with the draft that is still to be judged where there is one. */
export type UnjudgedItem = { item: ReadyItem; whole?: WholeDraft } | { library: LibraryItem };

/** Reads and prepares one item's JSON value as the pull does, on the pool's threads. @throws ItemRejectedError when it cannot even be read */
export async function prepareItem(
  kind: PushKind,
  value: unknown,
  origin: PushOrigin,
  pool: DraftPool,
): Promise<PreparedItem> {
  const read = readUnjudged(kind, value, origin);
  if ('library' in read) return read;
  const { item, whole } = read;
  if (!whole) return { completed: item };
  try {
    return { completed: { ...item, ...(await pool.run(whole)) } };
  } catch (error) {
    if (error instanceof PoolClosedError) throw error;
    return { completed: { ...item, error } };
  }
}

/** Reads one item's JSON value up to the draft that is to be judged. @throws ItemRejectedError when it cannot even be read */
export function readUnjudged(kind: PushKind, value: unknown, origin: PushOrigin): UnjudgedItem {
  switch (kind) {
    case 'organizations':
      return { library: toLibraryItem(readItem(kind, value)) };
    case 'notices': {
      const translated = translateCodes(value, origin.overlay.mappings);
      const item = unmapped(translated, () => readItem(kind, translated));
      if (!item.withdrawn) assertOwnCounty(item.county, origin.county);
      return toUnjudged({ ...toNoticeDraft(item), ...spokenFor(origin) }, origin);
    }
    case 'exposures': {
      const item = readItem(kind, value);
      assertOwnCounty(item.county, origin.county);
      const draft = { ...toExposureDraft(item), ...spokenFor(origin) };
      // Ids of rejected items are shown on the sync board: those of decisions may hold a person's name.
      return toUnjudged({ ...draft, sourceItemId: stableId('push', draft.sourceItemId) }, origin);
    }
    default:
      return assertNever(kind);
  }
}

/** The city speaks for all of its counties, as its site does; a county for itself. */
const spokenFor = ({ county }: PushOrigin) => (county === 'jining' ? {} : { ownCounty: true });

/** @throws ItemRejectedError when the sender may not speak for the county that an item names */
function assertOwnCounty(named: County | undefined, own: County): void {
  if (own === 'jining' || named === undefined || named === own) return;
  const [other, mine] = [named, own].map((county) => countyDefinition(county).label);
  const message = `县级密钥只能推送本县的内容：county 是 ${named}（${other}），密钥属于 ${own}（${mine}）；须为 ${own}，或者不填`;
  throw new ItemRejectedError([{ code: 'county-foreign', message, field: 'county' }]);
}

function toUnjudged(draft: NoticeDraft, origin: PushOrigin): UnjudgedItem {
  const listHash = draftHash(draft);
  const { sourceKey, county: publishedBy } = origin;
  const raw = {
    sourceKey,
    sourceItemId: draft.sourceItemId,
    contentHash: listHash + listHash,
    listItem: JSON.stringify(draft),
  };
  const item = { draft, known: undefined, raw };
  if (draft.withdrawn && !draft.exposure) return { item };
  return { item, whole: { draft, sourceKey, publishedBy, overlay: overlayOf(origin.overlay, draft) } };
}
